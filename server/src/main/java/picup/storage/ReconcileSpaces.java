package picup.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;

/// Proves that what each space says it uses is the sum of its originals, and what it says is reserved the sum of its open uploads; and puts
/// right what is not.
///
/// Whatever changes one of these changes the other in the same transaction, so one snapshot of the database tells, without a lock: a space of a
/// million originals takes a second, and nobody waits for it. Only where a snapshot shows a drift, it is added up once more under the lock
/// of the space's row, which every change of its numbers takes, and repaired there.
@Component
@InRole(Role.WORKER)
public class ReconcileSpaces implements RecurringJob<ReconcileSpaces.Reconcile> {
    record Reconcile() {}

    /// @param used          what the space says
    /// @param usedBytes     what its originals add up to
    /// @param reserved      what the space says
    /// @param reservedBytes what its open uploads add up to
    public record Drift(MemberId owner, long used, long usedBytes, long reserved, long reservedBytes) {
        long bytes() {
            return Math.abs(used - usedBytes) + Math.abs(reserved - reservedBytes);
        }

        boolean any() {
            return bytes() != 0;
        }
    }

    static final JobKind<Reconcile> KIND = new JobKind<>(StorageLanes.SHORT, "reconcile-spaces", Reconcile.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSpaces.class);

    private final JdbcClient sql;
    private final List<Reserving> reserving;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;
    private volatile OptionalLong lastDriftBytes = OptionalLong.empty();

    ReconcileSpaces(JdbcClient sql, List<Reserving> reserving, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.reserving = reserving;
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    @Override
    public JobKind<Reconcile> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Reconcile job() {
        return new Reconcile();
    }

    @Override
    public void run(Reconcile job) {
        repair();
    }

    /// The spaces whose numbers are wrong. Reads only.
    public List<Drift> drifts() {
        var drifts = new ArrayList<Drift>();
        var after = new UUID(0, 0);
        for (var page = spaces(after); !page.isEmpty(); page = spaces(after)) {
            for (var owner : page) {
                Objects.requireNonNull(snapshot.execute(_ -> drift(owner, false))).filter(Drift::any).ifPresent(drifts::add);
            }
            after = page.getLast().value();
        }
        return drifts;
    }

    /// Puts right what is wrong.
    ///
    /// @return what was
    public List<Drift> repair() {
        var repaired = drifts().stream().map(Drift::owner).map(this::repair).flatMap(Optional::stream).toList();
        lastDriftBytes = OptionalLong.of(repaired.stream().mapToLong(Drift::bytes).sum());
        return repaired;
    }

    /// What the last [#repair] of this process found; empty before the first.
    OptionalLong lastDriftBytes() {
        return lastDriftBytes;
    }

    private Optional<Drift> repair(MemberId owner) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var drift = drift(owner, true).filter(Drift::any);
            drift.ifPresent(this::write);
            return drift;
        }));
    }

    private void write(Drift drift) {
        sql.sql("UPDATE storage.space SET used_bytes = :used, reserved_bytes = :reserved WHERE owner_id = :owner")
                .param("used", drift.usedBytes()).param("reserved", drift.reservedBytes()).param("owner", drift.owner().value()).update();
        LOG.error("The space of {} said {} bytes used and {} reserved, but its originals are {} and its open uploads {}. This was put right; "
                        + "it should not have happened, so please report it", drift.owner(), drift.used(), drift.reserved(), drift.usedBytes(), drift.reservedBytes());
    }

    /// The row first: under its lock, whatever was changed before is seen by the sums.
    private Optional<Drift> drift(MemberId owner, boolean locked) {
        record Said(long used, long reserved) {}
        return sql.sql("SELECT used_bytes, reserved_bytes FROM storage.space WHERE owner_id = :owner AND standing <> 'closed'" + (locked ? " FOR NO KEY UPDATE" : ""))
                .param("owner", owner.value()).query((row, _) -> new Said(row.getLong(1), row.getLong(2))).optional()
                .map(said -> new Drift(owner, said.used(), usedBytes(owner), said.reserved(), reserving.stream().mapToLong(each -> each.reservedBytes(owner)).sum()));
    }

    private long usedBytes(MemberId owner) {
        return sql.sql("SELECT coalesce(sum(size_bytes), 0)::bigint FROM storage.original WHERE owner_id = :owner")
                .param("owner", owner.value()).query(Long.class).single();
    }

    private List<MemberId> spaces(UUID after) {
        return sql.sql("SELECT owner_id FROM storage.space WHERE owner_id > :after ORDER BY owner_id LIMIT :limit")
                .param("after", after).param("limit", PAGE).query((row, _) -> new MemberId(row.getObject(1, UUID.class))).list();
    }
}
