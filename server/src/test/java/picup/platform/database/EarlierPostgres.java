package picup.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// A data folder as a release with PostgreSQL 17 has left it.
public final class EarlierPostgres {
    private static final Path ARTIFACT = Path.of("target/older-postgres/postgres-17.jar");
    private static final int MAJOR = 17;

    private EarlierPostgres() {}

    /// Its programs lie in the data folder afterwards.
    public static PostgresServer start(Path data) throws IOException {
        var binaries = data.resolve("postgres/binaries-17");
        try (var jar = new JarFile(ARTIFACT.toFile());
                var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(jar.getInputStream(jar.getEntry(PostgresBinaries.archive())))))) {
            PostgresBinaries.unpack(tar, binaries);
        }
        return PostgresServer.of(EmbeddedPostgres.over(data.resolve("postgres"), data.resolve("secrets"), "data-" + MAJOR, new PostgresBinaries(binaries, MAJOR)).started());
    }
}
