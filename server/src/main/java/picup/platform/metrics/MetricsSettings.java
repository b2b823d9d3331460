package picup.platform.metrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where metrics can be read, in the text format of Prometheus, at `/metrics`. Never on the port that people use: there is nothing to sign
/// in with, so who reaches the port may read.
///
/// @param port    absent, there are none and they cost nothing
/// @param address to listen on; this machine alone by default
@ConfigurationProperties(prefix = "picup.metrics", ignoreUnknownFields = false)
record MetricsSettings(@Nullable Integer port, @DefaultValue("127.0.0.1") String address) {
    MetricsSettings {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new IllegalArgumentException("picup.metrics.port must be between 0 (any free one) and 65535, but is " + port);
        }
    }
}
