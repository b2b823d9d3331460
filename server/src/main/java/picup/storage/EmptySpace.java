package picup.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// Removes everything of a closed space, in transactions of a bounded size. What has gone is gone, so a run that was cut
/// off is simply begun again.
///
/// ```
/// MemberDeleted ──▶ closed ──job──▶ pictures, albums, … ──▶ ledger ──▶ nothing but the tombstone
///                                                             └──jobs──▶ bytes that nobody else holds, renditions
/// ```
@Component
class EmptySpace implements JobHandler<EmptySpace.Closed> {
    record Closed(MemberId owner) {}

    static final JobKind<Closed> KIND = new JobKind<>(StorageLanes.SHORT, "empty-space", Closed.class, 50, Duration.ofSeconds(5));

    /// Rows a transaction: a few hundred milliseconds, during which nobody but the gone member would wait.
    static final int BATCH = 500;

    private final Spaces spaces;
    private final List<Belongings> belongings;
    private final TransactionTemplate transaction;
    private final Jobs jobs;

    EmptySpace(Spaces spaces, List<Belongings> belongings, TransactionTemplate transaction, Jobs jobs) {
        this.spaces = spaces;
        this.belongings = belongings;
        this.transaction = transaction;
        this.jobs = jobs;
    }

    /// In the surrounding transaction. Any number of askers make one job.
    void later(MemberId owner) {
        jobs.addOnce(KIND, owner.toString(), new Closed(owner), Priority.BULK, Instant.EPOCH);
    }

    @Override
    public JobKind<Closed> kind() {
        return KIND;
    }

    @Override
    public void run(Closed job) {
        if (!spaces.isClosed(job.owner())) {
            throw new IllegalStateException("The space of " + job.owner() + " is not closed, so nothing was removed from it");
        }
        belongings.forEach(each -> remove(each, job.owner()));
        spaces.emptied(job.owner());
    }

    private void remove(Belongings from, MemberId owner) {
        for (int gone = BATCH; gone > 0; ) {
            Integer some = transaction.execute(_ -> from.removeSome(owner, BATCH));
            gone = some == null ? 0 : some;
        }
    }
}
