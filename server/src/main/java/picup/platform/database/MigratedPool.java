package picup.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// A pool that gives nobody a connection before its schemas are migrated.
///
/// Migrating begins at once, beside the start of all that will ask for connections later: looking that there is nothing to
/// do takes a tenth of a warm start.
class MigratedPool extends HikariDataSource implements SmartInitializingSingleton {
    private final CompletableFuture<@Nullable Void> migrated = new CompletableFuture<>();

    MigratedPool(HikariConfig config, List<SchemaMigrations> schemas) {
        config.copyStateTo(this); // the pool itself is made by the first connection
        Thread.ofPlatform().name("migrations").daemon().start(() -> {
            try {
                schemas.forEach(schema -> schema.migrate(new BeforeMigration()));
                migrated.complete(null);
            } catch (Throwable e) {
                migrated.completeExceptionally(e);
            }
        });
    }

    /// @throws RuntimeException or Error, with which migrating failed
    @Override
    public Connection getConnection() throws SQLException {
        requireMigrated();
        return super.getConnection();
    }

    /// A start without a migrated database fails, also when nobody has asked for a connection yet.
    @Override
    public void afterSingletonsInstantiated() {
        requireMigrated();
    }

    private void requireMigrated() {
        try {
            migrated.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private Connection unmigrated() throws SQLException {
        return super.getConnection();
    }

    private final class BeforeMigration extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return unmigrated();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return unmigrated();
        }
    }
}
