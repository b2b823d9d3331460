package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.member.RecoverAccounts;
import picup.platform.FileTree;
import picup.platform.MemberId;
import picup.platform.database.PostgresServer;

/// Proves that a backup can be restored, by doing it: every original is read and hashed, all rows get into a database of their own and are
/// counted, a Picup starts over them, and members sign in there and look at some of their pictures. The originals are linked from the
/// scratch instance, so it takes no room for them; it only ever reads them. What it made is thrown away.
final class VerifyBackup {
    private static final int MEMBERS = 5;
    private static final int PICTURES_EACH = 20;

    /// @param looked  pictures that were fetched over HTTP and compared
    /// @param defects what is not as it was; empty when everything is
    record Verified(String name, UUID id, long originals, long rows, int looked, List<String> defects) {
        boolean sound() {
            return defects.isEmpty();
        }

        String summary() {
            return sound() ? "%,d originals read, %,d rows restored, %,d pictures looked at".formatted(originals, rows, looked)
                    : "%,d defects; the first: %s".formatted(defects.size(), defects.getFirst());
        }
    }

    /// Somebody to look for, and at what.
    record Looker(RecoverAccounts.Recovered account, List<Sample> pictures) {}

    record Sample(UUID picture, String sha256, long sizeBytes) {}

    private final BackupFolder folder;
    private final Progress progress;

    VerifyBackup(BackupFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    Verified run(String name) throws IOException, SQLException, InterruptedException {
        var manifest = folder.manifest(name);
        var scratch = Files.createTempDirectory("picup-verify-").toRealPath();
        try {
            return verified(name, manifest, scratch);
        } finally {
            FileTree.delete(scratch);
        }
    }

    private Verified verified(String name, Manifest manifest, Path scratch) throws IOException, SQLException, InterruptedException {
        openToPostgres(scratch);
        var data = Files.createDirectories(scratch.resolve("data"));
        var defects = new ArrayList<String>();
        manifest.damaged().forEach(digest -> defects.add("original " + digest + " was missing or damaged when the backup was taken"));
        var restoring = new RestoreBackup(folder, data, Optional.empty(), progress);
        restoring.copySecrets(name, manifest);
        var restored = restoring.restore(name, manifest, linkInto(data.resolve("originals")));
        restored.damaged().stream().filter(digest -> !manifest.damaged().contains(digest)).forEach(digest -> defects.add("original " + digest + " is damaged in the backup"));
        var lookers = lookers(data, manifest, defects);
        int looked = 0;
        if (manifest.versions().size() == DumpTables.SCHEMAS.size()) {
            progress.step("Starting the scratch instance");
            try (var picup = ScratchPicup.start(data, scratch.resolve("server.log"))) {
                for (var looker : lookers) {
                    looked += picup.look(looker, defects);
                }
            }
        }
        return new Verified(name, manifest.id(), manifest.originals().count(), manifest.rows(), looked, defects);
    }

    /// PostgreSQL may run as another user.
    private static void openToPostgres(Path scratch) throws IOException {
        Files.setPosixFilePermissions(scratch, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static RestoreBackup.Originals linkInto(Path originals) throws IOException {
        new picup.storage.blob.DiskBlobs(originals); // makes the folders
        var linked = new KeptOriginals(originals);
        return (from, listed) -> {
            if (!from.isSound(listed)) {
                return false;
            }
            Files.createSymbolicLink(linked.file(listed.digest()), from.file(listed.digest()).toAbsolutePath());
            return true;
        };
    }

    /// Counts what hangs together, and chooses who looks at what. Before a Picup runs there, as it would purge what is due.
    private List<Looker> lookers(Path data, Manifest manifest, List<String> defects) {
        if (!manifest.versions().keySet().containsAll(DumpTables.SCHEMAS)) {
            return List.of();
        }
        try (var database = PostgresServer.alone(data)) {
            var sql = JdbcClient.create(database.source());
            long dangling = sql.sql("""
                    SELECT count(*) FROM storage.picture p WHERE NOT EXISTS (SELECT FROM storage.original o WHERE o.owner_id = p.owner_id AND o.digest = p.digest)
                    """).query(Long.class).single();
            if (dangling > 0) {
                defects.add("%,d pictures have no original".formatted(dangling));
            }
            long drifting = sql.sql("""
                    SELECT count(*) FROM storage.space s WHERE standing <> 'closed'
                    AND used_bytes <> coalesce((SELECT sum(size_bytes) FROM storage.original o WHERE o.owner_id = s.owner_id), 0)
                    """).query(Long.class).single();
            if (drifting > 0) {
                defects.add("%,d spaces say another use than the sum of their originals".formatted(drifting));
            }
            return chosen(sql);
        }
    }

    private static List<Looker> chosen(JdbcClient sql) {
        var accounts = new RecoverAccounts(sql);
        var members = sql.sql("""
                SELECT s.owner_id FROM storage.space s
                WHERE s.standing = 'open' AND EXISTS (SELECT FROM storage.picture p WHERE p.owner_id = s.owner_id AND p.trashed_at IS NULL)
                ORDER BY random() LIMIT :most
                """).param("most", MEMBERS).query(UUID.class).list();
        var lookers = new ArrayList<Looker>();
        for (var member : members) {
            accounts.letIn(new MemberId(member)).ifPresent(account -> lookers.add(new Looker(account, sql.sql("""
                    SELECT id, encode(digest, 'hex'), size_bytes FROM storage.picture WHERE owner_id = :owner AND trashed_at IS NULL ORDER BY random() LIMIT :most
                    """).param("owner", member).param("most", PICTURES_EACH)
                    .query((row, _) -> new Sample(row.getObject(1, UUID.class), row.getString(2), row.getLong(3))).list())));
        }
        return lookers;
    }

    /// Tells the instance that was backed up, where its administrators see it.
    static void tell(PostgresServer live, Verified verified) {
        JdbcClient.create(live.source()).sql("UPDATE storage.backup SET verified_at = now(), verified = :sound, verification = :summary WHERE id = :id")
                .param("sound", verified.sound()).param("summary", verified.summary()).param("id", verified.id()).update();
    }
}
