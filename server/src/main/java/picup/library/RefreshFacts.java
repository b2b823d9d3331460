package picup.library;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.media.RequestFacts;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.platform.jobs.RecurringJob;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// After an upgrade to a Picup that finds more in files ([Facts#VERSION]), reads those again that an older one has read. Each is
/// marked when it is asked for, with the job that reads it: what cannot be read is not asked for every night.
@Component
@InRole(Role.WORKER)
class RefreshFacts implements RecurringJob<RefreshFacts.Outdated> {
    record Outdated() {}

    static final JobKind<Outdated> KIND = new JobKind<>(StorageLanes.SHORT, "refresh-facts", Outdated.class, 5, Duration.ofMinutes(1));
    static final UUID FIRST = new UUID(0, 0);

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration NEXT_BATCH = Duration.ofSeconds(10);
    private static final int BATCH = 500;

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final RequestFacts facts;
    private final Jobs jobs;
    private final InstantSource clock;

    RefreshFacts(JdbcClient sql, TransactionTemplate transaction, RequestFacts facts, Jobs jobs, InstantSource clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.facts = facts;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Outdated> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Outdated job() {
        return new Outdated();
    }

    private record Found(MemberId owner, Digest digest, FileKind kind) {}

    @Override
    public void run(Outdated outdated) {
        if (jobs.pending(StorageLanes.SHORT) >= ReadAllFacts.FEW_WAITING) {
            return;
        }
        Integer found = transaction.execute(_ -> askForBatch());
        if (found != null && found == BATCH) {
            var soon = clock.instant().plus(NEXT_BATCH);
            jobs.addOnce(KIND, "more-" + soon.getEpochSecond(), new Outdated(), Priority.BULK, soon);
        }
    }

    private int askForBatch() {
        var found = sql.sql("""
                UPDATE storage.picture SET facts_version = :version WHERE (owner_id, id) IN (
                    SELECT owner_id, id FROM storage.picture WHERE state = 'ready' AND facts_version < :version LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING owner_id, digest, kind
                """)
                .param("version", Facts.VERSION).param("limit", BATCH)
                .query((row, number) -> new Found(new MemberId(row.getObject(1, UUID.class)), new Digest(row.getBytes(2)),
                        FileKind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)))).list();
        found.forEach(each -> facts.again(each.owner(), each.digest(), each.kind(), "version-" + Facts.VERSION, Priority.BULK));
        return found.size();
    }
}
