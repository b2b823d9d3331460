package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.label.LabelFiles;
import picup.library.label.RecoverRows;
import picup.member.RecoverAccounts;
import picup.platform.CannotStart;
import picup.platform.DurableFiles;
import picup.platform.FileTree;
import picup.platform.MemberId;
import picup.platform.database.PostgresServer;
import picup.platform.database.SchemaMigrations;

/// Rebuilds a library whose database is gone, from the originals and the labels beside them. What labels do not tell is gone: passwords, passkeys,
/// sessions, invitations, the audit log; so everybody gets a new password. A run that was broken off begins again, as all it made is a database.
final class RecoverLibrary {
    private static final int FOLDERS = 256;
    private static final int MOST_TOLD = 1000;

    /// @param accounts  with their new passwords, the administrator first
    /// @param unclaimed originals without a label: moved to `unclaimed`, as nobody knows whose they are
    /// @param missing   digests of originals whose label is there and whose bytes are not
    /// @param troubles  labels that cannot be read, and what else is not as it was
    record Recovered(List<RecoverAccounts.Recovered> accounts, long pictures, long sidecars, long unclaimed, List<String> missing, List<String> troubles) {}

    private final Path data;
    private final Progress progress;
    private final LabelFiles labels;

    RecoverLibrary(Path data, Progress progress) {
        this.data = data;
        this.progress = progress;
        this.labels = new LabelFiles(data);
    }

    /// @throws CannotStart when there is a database, or nothing to recover
    Recovered run() throws IOException, SQLException {
        if (!Files.isDirectory(data.resolve("originals"))) {
            throw new CannotStart("There are no originals in " + data + ".", "Say with --data where they are: the folder that has 'originals' in it.");
        }
        if (labels.labelledMembers().isEmpty()) {
            throw new CannotStart("There are no labels beside the originals in " + data + ".", "Restore a backup, or import the originals: ./picup import " + data.resolve("originals"));
        }
        var mark = Unfinished.begin(data, "./picup recover --data " + data, List.of("originals", "renditions", "secrets", "work", "cache", "unclaimed"),
                "A database that is lost must be out of the way: move it elsewhere first.");
        FileTree.delete(data.resolve("postgres")); // half of a database, of the run before
        try (var database = PostgresServer.alone(data)) {
            progress.step("Making the tables");
            DumpTables.SCHEMAS.forEach(schema -> new SchemaMigrations(schema).migrate(database.source()));
            try (var connection = database.connect()) {
                var recovered = new Recovery(new SingleConnectionDataSource(connection, true)).run();
                mark.end();
                return recovered;
            }
        }
    }

    private final class Recovery {
        private final TransactionTemplate transaction;
        private final RecoverRows rows;
        private final RecoverAccounts accounts;
        private final List<RecoverAccounts.Recovered> made = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private long pictures;
        private long sidecars;
        private long unclaimed;

        Recovery(SingleConnectionDataSource database) {
            var sql = JdbcClient.create(database);
            // Whatever a power cut takes is made again, so no commit waits for the disk.
            sql.sql("SET synchronous_commit = off").update();
            this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
            this.rows = new RecoverRows(sql);
            this.accounts = new RecoverAccounts(sql);
        }

        Recovered run() throws IOException {
            progress.step("Reading the labels of members");
            for (var member : labels.labelledMembers()) {
                recover(member);
            }
            progress.step("Reading the labels of originals");
            for (int folder = 0; folder < FOLDERS; folder++) {
                for (var found : labels.inFolder(folder)) {
                    recover(found);
                }
                progress.at(folder + 1, FOLDERS);
            }
            progress.step("Joining what belongs together");
            Long lost = transaction.execute(_ -> rows.join());
            if (lost != null && lost > 0) {
                trouble("%,d pictures were in albums that no label tells of".formatted(lost));
            }
            return new Recovered(made, pictures, sidecars, unclaimed, missing, troubles);
        }

        private void recover(MemberId id) {
            inTransaction("the member " + id, () -> addAccount(rows.member(id, labels.of(id))));
        }

        /// The first id is the oldest account, most likely the one that founded the instance.
        private void addAccount(RecoverRows.Member member) {
            made.add(accounts.add(member.id(), member.username(), member.displayName(), member.suspended()));
            if (made.size() == 1) {
                accounts.administer(member.id());
            }
        }

        private void recover(LabelFiles.Found found) throws IOException {
            var original = found.original();
            boolean labelled = found.label() != null && inTransaction("the original " + found.digest(), () -> {
                var recovered = rows.original(found, original == null);
                recovered.newcomers().forEach(this::addAccount);
                pictures += recovered.pictures();
                sidecars += recovered.sidecars();
            });
            if (labelled && original == null && missing.size() < MOST_TOLD) {
                missing.add(found.digest().hex());
            } else if (!labelled && original != null) {
                DurableFiles.createDirectories(data.resolve("unclaimed"));
                Files.move(original, data.resolve("unclaimed").resolve(found.digest().hex()), StandardCopyOption.ATOMIC_MOVE);
                unclaimed++;
            }
        }

        private interface Step {
            void run() throws IOException;
        }

        /// One label that is no good spoils nothing but itself.
        private boolean inTransaction(String what, Step step) {
            try {
                transaction.executeWithoutResult(_ -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                return true;
            } catch (DataAccessException e) {
                trouble(what + " cannot be recovered: " + e.getMostSpecificCause().getMessage());
            } catch (java.io.UncheckedIOException | IllegalArgumentException e) {
                trouble(what + " cannot be recovered: " + e.getMessage());
            }
            return false;
        }

        private void trouble(String what) {
            if (troubles.size() < MOST_TOLD) {
                troubles.add(what);
            }
        }
    }
}
