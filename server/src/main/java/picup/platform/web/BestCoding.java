package picup.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/// Shows the resolvers behind it only the best coding that the client takes. Spring's `EncodedResourceResolver` gives the
/// first that the client *names*, and every browser names gzip first, though brotli is a fifth smaller (index.js: 53 kB
/// instead of 61); it also takes `br;q=0` for a yes.
final class BestCoding extends AbstractResourceResolver {
    /// The best one first. The build of the web app lays all of them beside every text file.
    private static final List<String> CODINGS = List.of("br", "gzip");
    private static final String NONE = "identity";

    @Override
    protected @Nullable Resource resolveResourceInternal(@Nullable HttpServletRequest request, String path,
            List<? extends Resource> locations, ResourceResolverChain chain) {
        return chain.resolveResource(request == null ? null : new OneCoding(request), path, locations);
    }

    @Override
    protected @Nullable String resolveUrlPathInternal(String path, List<? extends Resource> locations, ResourceResolverChain chain) {
        return chain.resolveUrlPath(path, locations);
    }

    static String best(@Nullable String acceptEncoding) {
        var accepted = acceptEncoding == null ? List.<String>of() : List.of(acceptEncoding.toLowerCase(Locale.ROOT).split(","));
        return CODINGS.stream()
                .filter(coding -> accepted.stream().anyMatch(one -> takes(one, coding)))
                .findFirst().orElse(NONE);
    }

    /// RFC 9110, section 12.4.2: a weight of zero means "not acceptable". Other weights are of no interest, since a client
    /// that takes a coding at all is served best by the shorter bytes.
    private static boolean takes(String accepted, String coding) {
        var parts = accepted.replace(" ", "").split(";", 2);
        return parts[0].equals(coding) && (parts.length == 1 || !parts[1].matches("q=0(\\.0*)?"));
    }

    private static final class OneCoding extends HttpServletRequestWrapper {
        OneCoding(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            String value = super.getHeader(name);
            return HttpHeaders.ACCEPT_ENCODING.equalsIgnoreCase(name) ? best(value) : value;
        }
    }
}
