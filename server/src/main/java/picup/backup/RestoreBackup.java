package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.CannotStart;
import picup.platform.FileTree;
import picup.platform.Ids;
import picup.platform.database.PostgresServer;
import picup.storage.blob.DiskBlobs;

/// Makes an instance of a backup, in a folder that has none: secrets, originals, then the rows. The originals are hashed on the way. A run
/// that was broken off goes on; until it is done, no Picup starts there.
final class RestoreBackup {
    /// What else of an instance lies in its folder can be made again.
    private static final String POSTGRES = "postgres";

    /// @param damaged  originals of the backup that are not what their digest says, and were left out
    /// @param copied   how many were copied by this run; the others were there
    record Restored(String name, Manifest manifest, long copied, List<String> damaged) {}

    /// How originals get into the new instance.
    interface Originals {
        /// @return false when the bytes in the backup are not those of the digest
        boolean bring(KeptOriginals from, KeptOriginals.Listed listed) throws IOException;
    }

    private final BackupFolder folder;
    private final Path data;
    private final Optional<PostgresServer> external;
    private final Progress progress;

    /// @param external absent for the embedded PostgreSQL
    RestoreBackup(BackupFolder folder, Path data, Optional<PostgresServer> external, Progress progress) {
        this.folder = folder;
        this.data = data;
        this.external = external;
        this.progress = progress;
    }

    /// @throws CannotStart when the folder or the database is not empty
    Restored run(String name) throws IOException, SQLException {
        var manifest = folder.manifest(name);
        if (external.isPresent()) {
            requireNoRows(external.get());
        }
        var mark = Unfinished.begin(data, "./picup restore %s --at %s --data %s".formatted(folder.path(), name, data), List.of(), "Name a new folder with --data.");
        copySecrets(name, manifest);
        var disk = new DiskBlobs(data.resolve("originals"));
        var restored = restore(name, manifest, copyTo(disk));
        mark.end();
        return restored;
    }

    /// As [#run], by which way the originals come is the caller's.
    Restored restore(String name, Manifest manifest, Originals originals) throws IOException, SQLException {
        progress.step("Bringing the originals");
        var bringing = new Bringing(new KeptOriginals(folder.originals()), originals, manifest.originals().bytes());
        KeptOriginals.forEach(folder.backup(name), manifest.originals(), bringing);
        if (external.isEmpty()) {
            FileTree.delete(data.resolve(POSTGRES)); // half of a database, of the run before
        }
        try (var database = external.isPresent() ? external.get() : PostgresServer.alone(data)) {
            LoadTables.run(database, folder.backup(name), manifest, progress);
            if (manifest.versions().containsKey("storage")) {
                beginAnew(database, bringing.damaged);
            }
        }
        return new Restored(name, manifest, bringing.copied, bringing.damaged);
    }

    void copySecrets(String name, Manifest manifest) throws IOException {
        for (var secret : manifest.secrets()) {
            TakeBackup.copySecret(folder.backup(name).resolve("secrets").resolve(secret), data.resolve("secrets").resolve(secret));
        }
    }

    private static void requireNoRows(PostgresServer database) {
        var sql = JdbcClient.create(database.source());
        for (var table : List.of("member.account", "storage.space")) {
            boolean there = sql.sql("SELECT to_regclass(:table) IS NOT NULL").param("table", table).query(Boolean.class).single();
            if (there && sql.sql("SELECT EXISTS (SELECT FROM " + table + ")").query(Boolean.class).single()) {
                throw new CannotStart("The database of PICUP_DATABASE_URL is not empty: " + table + " has rows.", "Nothing was changed. Name an empty database.");
            }
        }
    }

    /// What holds elsewhere and not here: no original has been read back yet or is in a second store, no upload is under way, and there are no
    /// labels.
    private static void beginAnew(PostgresServer database, List<String> damaged) {
        var sql = JdbcClient.create(database.source());
        sql.sql("UPDATE storage.blob SET state = 'sound', checked_at = NULL, copy_state = NULL, copy_checked_at = NULL, claim = NULL, claimed_until = NULL").update();
        damaged.forEach(each -> sql.sql("UPDATE storage.blob SET state = 'missing' WHERE digest = decode(:digest, 'hex')").param("digest", each).update());
        sql.sql("UPDATE storage.space SET reserved_bytes = 0 WHERE reserved_bytes > 0").update();
        sql.sql("INSERT INTO storage.label_due (digest) SELECT DISTINCT digest FROM storage.original").update();
        sql.sql("INSERT INTO storage.label_due (member_id) SELECT owner_id FROM storage.space").update();
    }

    /// A copy and never a link, so that whatever happens to the instance does not happen to its backup.
    private static Originals copyTo(DiskBlobs disk) {
        return (from, listed) -> {
            if (disk.sizeBytes(listed.digest()).orElse(-1) == listed.sizeBytes()) {
                return true; // of the run before, which had hashed it
            }
            var beside = disk.incoming().resolve(Ids.next().toString());
            try (var bytes = Files.newInputStream(from.file(listed.digest()))) {
                boolean sound = KeptOriginals.copied(listed, bytes, beside);
                if (sound) {
                    disk.put(listed.digest(), beside);
                }
                return sound;
            } catch (NoSuchFileException e) {
                return false;
            } finally {
                Files.deleteIfExists(beside);
            }
        };
    }

    private final class Bringing implements KeptOriginals.Each {
        private final KeptOriginals from;
        private final Originals how;
        private final long allBytes;
        private final List<String> damaged = new java.util.ArrayList<>();
        private long copied;
        private long doneBytes;

        Bringing(KeptOriginals from, Originals how, long allBytes) {
            this.from = from;
            this.how = how;
            this.allBytes = allBytes;
        }

        @Override
        public void take(KeptOriginals.Listed listed) throws IOException {
            if (Thread.interrupted()) {
                throw new java.io.InterruptedIOException("It was broken off.");
            }
            if (how.bring(from, listed)) {
                copied++;
            } else if (damaged.size() < Manifest.MOST_DAMAGED) {
                damaged.add(listed.digest().hex());
            }
            doneBytes += listed.sizeBytes();
            progress.at(doneBytes, allBytes);
        }
    }
}
