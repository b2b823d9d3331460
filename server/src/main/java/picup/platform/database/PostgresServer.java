package picup.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picup.platform.CannotStart;

/// How to reach PostgreSQL, whoever runs it.
public record PostgresServer(String jdbcUrl, String username, String password, Runnable stop) implements AutoCloseable {
    private static final Map<Path, CompletableFuture<EmbeddedPostgres>> STARTING = new ConcurrentHashMap<>();

    static PostgresServer external(DatabaseSettings settings) {
        var username = settings.username() == null ? "picup" : settings.username();
        var password = settings.password() == null ? "" : settings.password();
        return new PostgresServer(String.valueOf(settings.url()), username, password, () -> {});
    }

    static PostgresServer embedded(Path data) {
        startEarly(data);
        var postgres = STARTING.remove(data).join();
        return of(postgres);
    }

    /// The embedded server of `data` for somebody at the machine: the one that a running Picup has started, or one of our own.
    ///
    /// @throws CannotStart when there is no database in that folder
    public static PostgresServer forOperator(Path data) {
        var folder = data.resolve("postgres");
        if (!Files.exists(folder.resolve(EmbeddedPostgres.dataOf(EmbeddedPostgres.MAJOR)))) {
            throw new CannotStart("There is no Picup in " + data + ".", "Say with --data or PICUP_DATA where it keeps its data.");
        }
        try {
            return of(EmbeddedPostgres.start(folder, data.resolve("secrets")));
        } catch (CannotStart running) {
            return ofRunning(folder, data.resolve("secrets"));
        }
    }

    /// The fourth line of the file is the port (PostgreSQL, miscadmin.h, LOCK_FILE_LINE_PORT).
    private static PostgresServer ofRunning(Path folder, Path secrets) {
        try {
            var port = Integer.parseInt(Files.readAllLines(folder.resolve(EmbeddedPostgres.dataOf(EmbeddedPostgres.MAJOR)).resolve("postmaster.pid")).get(3).strip());
            return new PostgresServer("jdbc:postgresql://127.0.0.1:" + port + "/picup", "picup", Secret.keptIn(secrets.resolve("postgres-password")), () -> {});
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new CannotStart("A Picup is just starting or stopping in " + folder.getParent() + ".", "Try again in a moment.");
        }
    }

    static PostgresServer of(EmbeddedPostgres postgres) {
        return new PostgresServer(postgres.jdbcUrl(), postgres.username(), postgres.password(), postgres::close);
    }

    /// Begins to start the embedded server of `data` in the background, so that it is up when Spring needs it.
    ///
    /// @throws CannotStart when another Picup uses the folder
    public static void startEarly(Path data) {
        STARTING.computeIfAbsent(data, folder -> {
            var started = new CompletableFuture<EmbeddedPostgres>();
            var postgres = EmbeddedPostgres.over(folder.resolve("postgres"), folder.resolve("secrets"));
            // A platform thread that outlives the start: the server's parent must not be a pool's thread.
            Thread.ofPlatform().name("postgres-start").daemon().start(() -> {
                try {
                    started.complete(postgres.started());
                } catch (Throwable e) {
                    started.completeExceptionally(e);
                }
            });
            return started;
        });
        // When the start fails before the context owns the server, nobody else would stop it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTING.values().forEach(starting -> starting.thenAccept(EmbeddedPostgres::close))));
    }

    /// An external one, as the environment says, or else the embedded one of `data`, as [#forOperator].
    public static PostgresServer ofEnvironment(Path data) {
        return externalOfEnvironment().orElseGet(() -> forOperator(data));
    }

    /// An external one, as the environment says.
    public static Optional<PostgresServer> externalOfEnvironment() {
        var url = System.getenv("PICUP_DATABASE_URL");
        return url == null || url.isBlank() ? Optional.empty() : Optional.of(external(new DatabaseSettings(
                url, System.getenv("PICUP_DATABASE_USERNAME"), System.getenv("PICUP_DATABASE_PASSWORD"), 4, Duration.ofSeconds(10))));
    }

    /// The embedded one of `data`, made if there is none.
    ///
    /// @throws CannotStart when another Picup uses the folder
    public static PostgresServer alone(Path data) {
        return of(EmbeddedPostgres.start(data.resolve("postgres"), data.resolve("secrets")));
    }

    /// A connection beside the pool.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, username, password);
    }

    /// Of connections beside the pool, a new one each time.
    public DataSource source() {
        return new DriverManagerDataSource(jdbcUrl, username, password);
    }

    @Override
    public void close() {
        stop.run();
    }
}
