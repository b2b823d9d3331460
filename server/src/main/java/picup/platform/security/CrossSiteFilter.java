package picup.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import picup.platform.Problem;

/// Refuses changes that another site makes a browser ask for (CSRF), without tokens: the browser says where a request
/// comes from, and a page cannot make it lie. `Sec-Fetch-Site` is sent over https and on localhost; in a home network
/// over plain http there is `Origin`, which every browser sends with an unsafe request. What sends neither is no
/// browser, and has no cookies that somebody else filled.
///
/// This holds for sign-in and sign-up too, where no cookie is needed: otherwise a page could sign its visitor in to the
/// account of the page's owner, and get the visitor's next pictures. A request with a bearer token is exempt, since no
/// page can add that header across sites.
class CrossSiteFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final int DEFAULT_PORT = -1;

    private final Refusals refusals;

    CrossSiteFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (allowed(request)) {
            chain.doFilter(request, response);
        } else {
            refusals.answer(request, response, Problem.CROSS_SITE.because(
                    "Open Picup itself and try again there; another site may not change anything here"));
        }
    }

    private static boolean allowed(HttpServletRequest request) {
        if (SAFE_METHODS.contains(request.getMethod()) || SessionFilter.bearer(request) != null) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_SITES.contains(site);
        }
        String origin = request.getHeader("Origin");
        return origin == null || isOurs(origin, request);
    }

    /// Compares host and port but not the scheme: a proxy that ends TLS and forgets to say so leaves us with http, and
    /// the browser with https. Each side's default port therefore counts as none.
    private static boolean isOurs(String origin, HttpServletRequest request) {
        try {
            var uri = URI.create(origin);
            return uri.getHost() != null
                    && uri.getHost().equalsIgnoreCase(request.getServerName())
                    && port(uri.getScheme(), uri.getPort()) == port(request.getScheme(), request.getServerPort());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(String scheme, int port) {
        boolean usual = "https".equalsIgnoreCase(scheme) ? port == 443 : port == 80;
        return usual ? DEFAULT_PORT : port;
    }
}
