package picup.library.search;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.platform.jobs.RecurringJob;
import picup.storage.StorageLanes;

/// Comes by for pictures whose words are due: those of before there were words, after an upgrade a whole library, and what was changed on a
/// way that told nobody.
@Component
@InRole(Role.WORKER)
class KeepFindable implements RecurringJob<KeepFindable.Round> {
    record Round() {}

    static final JobKind<Round> KIND = new JobKind<>(StorageLanes.SHORT, "keep-findable", Round.class, 5, Duration.ofMinutes(1));

    private static final Duration EVERY = Duration.ofMinutes(1);

    /// The owner's lock is held for a batch, some 50 ms.
    private static final int BATCH = 200;

    /// Then whoever waits in the same lane has a turn.
    private static final int BATCHES = 20;
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final MakePicturesFindable making;
    private final Jobs jobs;
    private final InstantSource clock;

    KeepFindable(MakePicturesFindable making, Jobs jobs, InstantSource clock) {
        this.making = making;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Round> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Round job() {
        return new Round();
    }

    @Override
    public void run(Round round) {
        for (int batch = 0; batch < BATCHES; batch++) {
            if (making.some(BATCH) == 0) {
                return;
            }
        }
        var soon = clock.instant().plus(BREATH);
        jobs.addOnce(KIND, "more-" + soon.getEpochSecond(), new Round(), Priority.BULK, soon);
    }
}
