package picup.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where this instance lives.
///
/// @param data folder of everything Picup keeps: originals, renditions, the embedded database, generated secrets
@ConfigurationProperties(prefix = "picup", ignoreUnknownFields = true)
public record PicupSettings(@DefaultValue("data") Path data) {
    public PicupSettings {
        data = data.toAbsolutePath().normalize();
    }

    /// Generated secrets, readable by the server alone.
    public Path secrets() {
        return data.resolve("secrets");
    }
}
