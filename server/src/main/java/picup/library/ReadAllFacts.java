package picup.library;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.media.RequestFacts;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Goes through all pictures of a member, a batch at a time: the next is asked for when few wait, so that a million files that
/// nobody waits for stand before no import. How far it has come is a row, so a restart goes on there.
@Component
@InRole(Role.WORKER)
class ReadAllFacts implements JobHandler<ReadAllFacts.Mine> {
    record Mine(MemberId owner) {}

    static final JobKind<Mine> KIND = new JobKind<>(StorageLanes.SHORT, "read-all-facts", Mine.class, 20, Duration.ofSeconds(5));

    static final int BATCH = 200;

    /// Jobs of the lane that may wait when another batch is added.
    static final int FEW_WAITING = 1000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final RequestFacts facts;
    private final ReadFactsAgain reading;
    private final Jobs jobs;
    private final InstantSource clock;

    ReadAllFacts(JdbcClient sql, TransactionTemplate transaction, RequestFacts facts, ReadFactsAgain reading, Jobs jobs, InstantSource clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.facts = facts;
        this.reading = reading;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Mine> kind() {
        return KIND;
    }

    private record Found(UUID id, Digest digest, FileKind kind) {}

    @Override
    public void run(Mine job) {
        boolean room = jobs.pending(StorageLanes.SHORT) < FEW_WAITING;
        transaction.executeWithoutResult(_ -> {
            if (room) {
                askForBatch(job.owner());
            } else {
                jobs.addOnce(KIND, job.owner() + "-waiting-" + clock.instant().toEpochMilli(), job, Priority.BULK, clock.instant().plus(PAUSE));
            }
        });
    }

    private void askForBatch(MemberId owner) {
        var after = sql.sql("SELECT after FROM storage.facts_reading WHERE owner_id = :owner FOR UPDATE")
                .param("owner", owner.value()).query(UUID.class).optional();
        if (after.isEmpty()) {
            return; // done, or the member is gone
        }
        var batch = sql.sql("SELECT id, digest, kind FROM storage.picture WHERE owner_id = :owner AND id > :after AND state = 'ready' ORDER BY id LIMIT :limit")
                .param("owner", owner.value()).param("after", after.get()).param("limit", BATCH)
                .query((row, number) -> new Found(row.getObject(1, UUID.class), new Digest(row.getBytes(2)),
                        FileKind.valueOf(row.getString(3).toUpperCase(java.util.Locale.ROOT)))).list();
        batch.forEach(each -> facts.again(owner, each.digest(), each.kind(), ReadFactsAgain.ASKED, Priority.BULK));
        if (batch.size() < BATCH) {
            sql.sql("DELETE FROM storage.facts_reading WHERE owner_id = :owner").param("owner", owner.value()).update();
            return;
        }
        var last = batch.getLast().id();
        sql.sql("UPDATE storage.facts_reading SET after = :last WHERE owner_id = :owner").param("owner", owner.value()).param("last", last).update();
        reading.later(owner, last, clock.instant().plus(PAUSE));
    }
}
