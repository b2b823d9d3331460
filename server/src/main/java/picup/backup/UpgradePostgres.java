package picup.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.CannotStart;
import picup.platform.FileTree;
import picup.platform.Ids;
import picup.platform.database.OlderPostgres;

/// Moves the embedded database to the next major version of PostgreSQL, at the first start of a release that brings it: a dump by the old
/// programs, restored by the new ones, and counted. The old data stays where it was, for whoever wants to go back to the release before.
public final class UpgradePostgres {
    private static final Logger LOG = LoggerFactory.getLogger(UpgradePostgres.class);

    private UpgradePostgres() {}

    /// A look at the folder when there is nothing to do.
    ///
    /// @throws CannotStart when it cannot be done; the old data is as it was
    public static void ifNeeded(Path data) {
        OlderPostgres.in(data).ifPresent(UpgradePostgres::upgrade);
    }

    private static void upgrade(OlderPostgres postgres) {
        LOG.info("Moving the database from PostgreSQL {} to {}", postgres.major(), postgres.newMajor());
        try {
            FileTree.delete(postgres.between());
            var manifest = dump(postgres);
            try (var database = postgres.startNew()) {
                LoadTables.run(database, postgres.between(), manifest, Progress.quiet());
            }
            postgres.replace();
            LOG.info("The database is of PostgreSQL {} now, with all of its {} rows. When you are content, remove the old one: {}",
                    postgres.newMajor(), manifest.rows(), postgres.oldData());
        } catch (IOException e) {
            throw new UncheckedIOException("The database cannot be moved to PostgreSQL " + postgres.newMajor() + "; the old one is as it was", e);
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be moved to PostgreSQL " + postgres.newMajor() + "; the old one is as it was", e);
        }
    }

    private static Manifest dump(OlderPostgres postgres) throws IOException, SQLException {
        Files.createDirectories(postgres.between());
        try (var database = postgres.startOld(); var connection = database.connect()) {
            var dump = DumpTables.run(connection, postgres.between(), true, Progress.quiet());
            return new Manifest(Manifest.FORMAT, Ids.next(), Instant.now(), dump.versions(), dump.tables(), dump.sequences(), dump.originals(), List.of(), List.of());
        }
    }
}
