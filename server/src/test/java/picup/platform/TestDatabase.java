package picup.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import picup.platform.database.EmbeddedPostgres;

/// A fresh, migrated database on a real PostgreSQL. One server a test run, in a temporary folder; one database a call.
public record TestDatabase(String url, String username, String password) {
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var folder = Files.createTempDirectory("picup-test-postgres");
                var postgres = EmbeddedPostgres.start(folder, folder.resolve("secrets"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    delete(folder);
                }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (var paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// An empty database with the schemas `member` and `storage` migrated.
    public static TestDatabase create() {
        var database = empty();
        for (var schema : new String[] {"member", "storage"}) {
            Flyway.configure().dataSource(database.url, database.username, database.password)
                    .schemas(schema).locations("classpath:db/" + schema).load().migrate();
        }
        return database;
    }

    /// An empty database, for a product that migrates it itself.
    public static TestDatabase empty() {
        var postgres = Server.POSTGRES;
        var name = "test_" + Ids.next().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var url = postgres.jdbcUrl().substring(0, postgres.jdbcUrl().lastIndexOf('/') + 1) + name;
        return new TestDatabase(url, postgres.username(), postgres.password());
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
