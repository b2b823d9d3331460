package picup.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import picup.platform.database.PostgresServer;
import picup.platform.database.SchemaMigrations;

/// What the first start of a Picup makes before it is ready, and what costs most of it: PostgreSQL unpacked, initialised and migrated. Made once
/// by each JVM of the tests; whoever needs a Picup, and not the first start of one, begins with a copy.
///
/// That a first start makes all of it from nothing is held by those who look at that: `EmbeddedPostgresTest`, `PowerCutJourneyTest`, and the browser journeys,
/// which begin with an empty folder.
public final class PreparedPostgres {
    private static final class Made {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("picup-prepared");
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // PostgreSQL may run as another user
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                try (var postgres = PostgresServer.alone(folder)) {
                    for (var schema : new String[] {"member", "storage"}) {
                        new SchemaMigrations(schema).migrate(postgres.source());
                    }
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PreparedPostgres() {}

    static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder with the programs, for `picup.postgres-programs`.
    public static Path programs() {
        return Made.FOLDER.resolve("postgres");
    }

    /// With the password that it was made with.
    ///
    /// @param data a data folder that has no PostgreSQL; made if absent
    public static void copyTo(Path data) {
        try {
            Files.createDirectories(data);
            for (var part : new String[] {"postgres", "secrets"}) {
                var copying = new ProcessBuilder("cp", "-a", Made.FOLDER.resolve(part).toString(), data.toString()).inheritIO().start();
                if (copying.waitFor() != 0) {
                    throw new IOException("cp of " + part + " ended with " + copying.exitValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
