package picup.platform.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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
        return new PostgresServer(postgres.jdbcUrl(), postgres.username(), postgres.password(), postgres::close);
    }

    /// Begins to start the embedded server of `data` in the background, so that it is up when Spring needs it.
    public static void startEarly(Path data) {
        STARTING.computeIfAbsent(data, folder -> {
            var started = new CompletableFuture<EmbeddedPostgres>();
            // A platform thread that outlives the start: the server's parent must not be a pool's thread.
            Thread.ofPlatform().name("postgres-start").daemon().start(() -> {
                try {
                    started.complete(EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets")));
                } catch (Throwable e) {
                    started.completeExceptionally(e);
                }
            });
            return started;
        });
        // When the start fails before the context owns the server, nobody else would stop it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTING.values().forEach(starting -> starting.thenAccept(EmbeddedPostgres::close))));
    }

    @Override
    public void close() {
        stop.run();
    }
}
