package picup.storage;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import picup.events.Listener;

/// The listeners of the storage side over any database, without Spring's context.
public final class StorageByHand {
    private StorageByHand() {}

    public static Map<String, Listener> listeners(JdbcClient sql) {
        var configuration = new StorageConfiguration();
        return Map.of("openSpaceAtSignUp", configuration.openSpaceAtSignUp(new Spaces(sql, new StorageSettings(DataSize.ofTerabytes(1), DataSize.ofGigabytes(64), DataSize.ofGigabytes(1)))));
    }
}
