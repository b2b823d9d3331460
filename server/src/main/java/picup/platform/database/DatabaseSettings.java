package picup.platform.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which PostgreSQL to use.
///
/// @param url            JDBC URL of an external PostgreSQL; absent, Picup starts one of its own under the data folder
/// @param username       user of the external PostgreSQL
/// @param password       password of the external PostgreSQL
/// @param connections    size of the pool. Ten serve two cores well (connections = 2 × cores + disks, rounded up for
///                       job lanes); beyond that PostgreSQL only queues
/// @param connectTimeout how long a request waits for a connection before it is refused
@ConfigurationProperties(prefix = "picup.database", ignoreUnknownFields = false)
public record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("10") int connections,
        @DefaultValue("10s") Duration connectTimeout) {
    public DatabaseSettings {
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "picup.database.url must start with jdbc:postgresql: (PostgreSQL is the only database), but is " + url);
        }
        if (connections < 4 || connections > 1000) {
            throw new IllegalArgumentException("picup.database.connections must be between 4 and 1000, but is " + connections);
        }
    }
}
