package picup.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import picup.platform.database.EmbeddedPostgres;

/// A fresh, migrated database on a real PostgreSQL. One server a test run, in a temporary folder; one database a call.
public record TestDatabase(String url, String username, String password) {
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var folder = Files.createTempDirectory("picup-test-postgres");
                PreparedPostgres.copyTo(folder);
                var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    PreparedPostgres.delete(folder);
                }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// An empty database with the schemas `member` and `storage` migrated: a copy of the one that the prepared server has.
    public static TestDatabase create() {
        return created("TEMPLATE picup");
    }

    /// An empty database, for a product that migrates it itself.
    public static TestDatabase empty() {
        return created("");
    }

    private static TestDatabase created(String how) {
        var postgres = Server.POSTGRES;
        var server = postgres.jdbcUrl().substring(0, postgres.jdbcUrl().lastIndexOf('/') + 1);
        var name = "test_" + Ids.next().toString().replace("-", "");
        // not by the one that is copied: nobody may be connected to it
        try (var connection = DriverManager.getConnection(server + "postgres", postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " " + how);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(server + name, postgres.username(), postgres.password());
    }

    public DataSource pool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return pool;
    }
}
