package picup.library.label;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.PicupSettings;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Writes the labels of what has changed, a batch at a time. Any number of changes of one original in a batch are one file.
///
/// **No change is forgotten.** A row of `label_due` goes in the transaction that read the state and wrote the file, so after a crash it is
/// written once more. **None is written backwards**: one writer at a time, under a lock of that transaction. It holds its connection while it
/// writes some hundred small files to the disk of this machine, a second of a bulk job; a network is not waited for.
@Component
@InRole(Role.WORKER)
public class WriteLabels implements RecurringJob<WriteLabels.Due> {
    record Due() {}

    static final JobKind<Due> KIND = new JobKind<>(StorageLanes.SHORT, "write-labels", Due.class, 20, Duration.ofSeconds(30));

    /// What a lost database costs at most: the last changes before it was lost.
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final int BATCH = 200;
    private static final long LOCK = 0x6c6162656c73L; // "labels"

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final LabelRows rows;
    private final LabelFiles files;

    WriteLabels(JdbcClient sql, TransactionTemplate transaction, LabelRows rows, PicupSettings picup) {
        this.sql = sql;
        this.transaction = transaction;
        this.rows = rows;
        this.files = new LabelFiles(picup.data());
    }

    @Override
    public JobKind<Due> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Due job() {
        return new Due();
    }

    @Override
    public void run(Due due) throws InterruptedException {
        while (someWritten()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the process is stopping");
            }
        }
    }

    /// Until nothing is due.
    public void writeAll() {
        while (someWritten()) {
            // the next batch
        }
    }

    private record Change(long id, @Nullable Digest digest, @Nullable MemberId member) {}

    /// @return false when nothing was due, or another is writing
    private boolean someWritten() {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var changes = alone() ? due() : List.<Change>of();
            if (changes.isEmpty()) {
                return false;
            }
            try {
                write(changes);
            } catch (IOException e) {
                throw new UncheckedIOException("The labels beside the originals cannot be written", e);
            }
            sql.sql("DELETE FROM storage.label_due WHERE id = ANY (:ids)").param("ids", changes.stream().map(Change::id).toArray(Long[]::new)).update();
            return true;
        }));
    }

    private boolean alone() {
        return sql.sql("SELECT pg_try_advisory_xact_lock(:key)").param("key", LOCK).query(Boolean.class).single();
    }

    private List<Change> due() {
        return sql.sql("SELECT id, digest, member_id FROM storage.label_due ORDER BY id LIMIT :most").param("most", BATCH)
                .query((row, _) -> {
                    var digest = row.getBytes(2);
                    var member = row.getObject(3, UUID.class);
                    return new Change(row.getLong(1), digest == null ? null : new Digest(digest), member == null ? null : new MemberId(member));
                }).list();
    }

    /// The state is read after the changes, in statements that see what has been committed by then.
    private void write(List<Change> changes) throws IOException {
        var digests = new LinkedHashSet<Digest>();
        var members = new LinkedHashSet<MemberId>();
        for (var change : changes) {
            if (change.digest() != null) {
                digests.add(change.digest());
            }
            if (change.member() != null) {
                members.add(change.member());
            }
        }
        var folders = new HashSet<Path>();
        writeOriginals(digests, folders);
        for (var member : members) {
            writeMember(member, folders);
        }
        LabelFiles.sync(folders);
    }

    private void writeOriginals(Collection<Digest> digests, Set<Path> folders) throws IOException {
        var labels = rows.labels(digests);
        for (var digest : digests) {
            var label = labels.get(digest);
            if (label == null) {
                LabelFiles.remove(files.of(digest)); // nobody holds it any more, so nobody's name stays
            } else {
                folders.add(LabelFiles.write(files.of(digest), out -> out.append(label)));
            }
        }
    }

    private void writeMember(MemberId member, Set<Path> folders) throws IOException {
        if (rows.isMember(member)) {
            folders.add(LabelFiles.write(files.of(member), out -> rows.writeMember(member, out)));
        } else {
            LabelFiles.remove(files.of(member));
        }
    }
}
