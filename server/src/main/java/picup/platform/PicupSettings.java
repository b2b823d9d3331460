package picup.platform;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where this instance lives, and which part of Picup it is.
///
/// @param data      folder of everything Picup keeps: originals, renditions, the embedded database, generated secrets
/// @param roles     what this process does; all of it when none is named
/// @param memberUrl where the role `member` is reached, for a process without it: the keys that verify access tokens come
///                  from there; absent, they are read from `secrets/access-token-keys` in the data folder
@ConfigurationProperties(prefix = "picup", ignoreUnknownFields = true)
public record PicupSettings(
        @DefaultValue("data") Path data, @DefaultValue({"member", "storage", "worker"}) Set<Role> roles, @Nullable URI memberUrl) {
    public PicupSettings {
        data = data.toAbsolutePath().normalize();
        roles = Role.orAll(roles);
        if (memberUrl != null && memberUrl.toString().isBlank()) {
            memberUrl = null;
        }
        if (memberUrl != null && (memberUrl.getHost() == null || !Set.of("http", "https").contains(memberUrl.getScheme()))) {
            throw new IllegalArgumentException("picup.member-url must be like http://member:8080, but is " + memberUrl);
        }
    }

    /// Generated secrets, readable by the server alone.
    public Path secrets() {
        return data.resolve("secrets");
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
