package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.CannotStart;
import picup.platform.DurableFiles;
import picup.platform.Ids;
import picup.platform.database.PostgresServer;
import picup.storage.blob.AlteredBlob;
import picup.storage.blob.BlobStore;

/// Takes a backup while everybody goes on: first all rows, of one snapshot; then the originals that these rows refer to, as far as they are not
/// in the folder yet. The other way round, a picture that is added in between would come without its original. What is deleted in
/// between stays until the backup is done, by [BackupLease].
///
/// **Resumable:** a run that was broken off leaves the originals that it had copied. The next reads the rows anew, as a snapshot does not
/// outlive its connection, and copies the rest.
final class TakeBackup {
    private static final String POSTGRES_PASSWORD = "postgres-password";

    /// So many may be damaged, even of a small library.
    private static final int FEW = 20;

    /// @param copiedBytes which were not in the folder yet
    /// @param damaged     originals that are missing in the instance, or not what their digest says, and that no earlier backup has sound
    record Taken(String name, long originals, long originalBytes, long copiedBytes, long rows, List<String> damaged) {}

    private final PostgresServer database;
    private final Path secrets;
    private final BlobStore store;
    private final Progress progress;

    TakeBackup(PostgresServer database, Path data, BlobStore store, Progress progress) {
        this.database = database;
        this.secrets = data.resolve("secrets");
        this.store = store;
        this.progress = progress;
    }

    /// @param keep how many complete ones stay, this one included
    Taken run(BackupFolder folder, int keep, Instant now) throws IOException, SQLException {
        try (var _ = folder.lock().acquiredBy()) {
            folder.removeIncomplete();
            var name = BackupFolder.nameAt(now);
            if (Files.exists(folder.backup(name))) {
                throw new CannotStart("There is a backup of this very second in " + folder.path() + ".", "Try again.");
            }
            DurableFiles.createDirectories(folder.backup(name));
            try (var lease = lease(folder, name)) {
                return taken(folder, name, now, keep, lease);
            }
        }
    }

    private @Nullable BackupLease lease(BackupFolder folder, String name) throws SQLException {
        try (var connection = database.connect()) {
            return BackupLease.isNeeded(connection) ? new BackupLease(database, folder, name) : null;
        }
    }

    private Taken taken(BackupFolder folder, String name, Instant now, int keep, @Nullable BackupLease lease) throws IOException, SQLException {
        try {
            var taken = take(folder, name, now, lease == null ? Ids.next() : lease.id());
            prune(folder, keep);
            if (lease != null) {
                lease.done(taken);
            }
            return taken;
        } catch (IOException | SQLException | RuntimeException e) {
            if (lease != null) {
                lease.failed(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Taken take(BackupFolder folder, String name, Instant now, UUID id) throws IOException, SQLException {
        DumpTables.Dump dump;
        try (var connection = database.connect()) {
            dump = DumpTables.run(connection, folder.backup(name), false, progress);
        }
        var kept = copySecrets(folder.backup(name).resolve("secrets"));
        var copying = new Copying(new KeptOriginals(folder.originals()), dump.originals());
        progress.step("Copying the originals");
        KeptOriginals.forEach(folder.backup(name), dump.originals(), copying);
        DurableFiles.syncTree(folder.backup(name));
        var manifest = new Manifest(Manifest.FORMAT, id, now, dump.versions(), dump.tables(), dump.sequences(), dump.originals(), copying.damaged, kept);
        folder.write(name, manifest);
        return new Taken(name, dump.originals().count(), dump.originals().bytes(), copying.copiedBytes, manifest.rows(), copying.damaged);
    }

    private final class Copying implements KeptOriginals.Each {
        private final KeptOriginals kept;
        private final Manifest.Originals all;
        private final List<String> damaged = new ArrayList<>();
        private long copiedBytes;
        private long doneBytes;

        Copying(KeptOriginals kept, Manifest.Originals all) {
            this.kept = kept;
            this.all = all;
        }

        @Override
        public void take(KeptOriginals.Listed listed) throws IOException {
            if (Thread.interrupted()) {
                throw new java.io.InterruptedIOException("The backup was broken off. The next one goes on there.");
            }
            if (!kept.has(listed)) {
                if (copied(listed)) {
                    copiedBytes += listed.sizeBytes();
                } else {
                    damaged.add(listed.digest().hex());
                    requireFew();
                }
            }
            doneBytes += listed.sizeBytes();
            progress.at(doneBytes, all.bytes());
        }

        private boolean copied(KeptOriginals.Listed listed) throws IOException {
            try (var bytes = store.read(listed.digest(), 0)) {
                return kept.keep(listed, bytes);
            } catch (NoSuchFileException | AlteredBlob e) {
                return false;
            }
        }

        /// A store that is not there has nothing, and that is no backup.
        private void requireFew() throws IOException {
            if (damaged.size() > Manifest.MOST_DAMAGED || damaged.size() > FEW && damaged.size() > all.count() / 2) {
                throw new IOException("%,d originals are missing or damaged in the store '%s'. That is no state to back up; older backups were left as they are."
                        .formatted(damaged.size(), store.name()));
            }
        }
    }

    /// All but the password of the embedded PostgreSQL, which another one has not.
    private List<String> copySecrets(Path to) throws IOException {
        var names = new ArrayList<String>();
        if (Files.isDirectory(secrets)) {
            try (var files = Files.walk(secrets)) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    var name = secrets.relativize(file).toString();
                    if (!name.equals(POSTGRES_PASSWORD)) {
                        copySecret(file, to.resolve(name));
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    static void copySecret(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        protect(to.getParent(), "rwx------");
        Files.write(to, new byte[0]);
        protect(to, "rw-------"); // before there is anything in it
        Files.write(to, Files.readAllBytes(from));
        DurableFiles.sync(to);
    }

    /// As far as the file system knows rights. Some of backup disks do not.
    private static void protect(Path path, String rights) throws IOException {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        } catch (UnsupportedOperationException e) {
            // whoever has the disk has the backup
        }
    }

    private static void prune(BackupFolder folder, int keep) throws IOException {
        var complete = folder.complete();
        for (var name : complete.subList(0, Math.max(0, complete.size() - keep))) {
            folder.remove(name);
        }
        new KeptOriginals(folder.originals()).prune(folder.complete().stream().map(folder::backup).toList());
    }
}
