package picup.platform;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where browsers reach this instance. What is bound to an address for good (passkeys, the way back from an OpenID
/// provider) asks here and never believes the `Host` of a request, which the sender chooses.
///
/// @param publicUrl scheme, host and port, such as `https://photos.example`; null when nobody has said. Then only
///                  `localhost` is known to be us: no other machine can be reached by that name
@ConfigurationProperties(prefix = "picup", ignoreUnknownFields = true)
public record PublicAddress(@Nullable URI publicUrl) {
    private static final String LOCALHOST = "localhost";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public PublicAddress {
        publicUrl = publicUrl == null || publicUrl.toString().isBlank() ? null : checked(publicUrl);
    }

    /// The origin (RFC 6454) of the instance, for a request that came to `scheme://host:port`. Empty when nobody has said.
    public Optional<URI> origin(String scheme, String host, int port) {
        if (publicUrl != null) {
            return Optional.of(publicUrl);
        }
        return host.equalsIgnoreCase(LOCALHOST) ? Optional.of(written(scheme, LOCALHOST, port)) : Optional.empty();
    }

    private static URI checked(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean bare = url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null
                && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
        if (!web || !bare) {
            throw new IllegalArgumentException(
                    "picup.public-url must be like https://photos.example or http://localhost:8080, without a path, but is " + url);
        }
        return written(url.getScheme(), url.getHost(), url.getPort());
    }

    private static URI written(String scheme, String host, int port) {
        var lower = scheme.toLowerCase(Locale.ROOT);
        boolean usual = port < 0 || port == (lower.equals("https") ? HTTPS_PORT : HTTP_PORT);
        return URI.create(lower + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port));
    }
}
