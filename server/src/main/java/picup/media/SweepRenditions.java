package picup.media;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;
import picup.storage.Ledger;
import picup.storage.StorageLanes;

/// Removes what crashes and races leave among the renditions. All of it could be made again, so nothing here has to be certain.
@Component
@InRole(Role.WORKER)
class SweepRenditions implements RecurringJob<SweepRenditions.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-renditions", Sweep.class, 3, Duration.ofMinutes(1));

    /// Longer than any decoder may take.
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int FOLDERS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(SweepRenditions.class);

    private final Renditions renditions;
    private final Ledger ledger;
    private final InstantSource clock;

    SweepRenditions(Renditions renditions, Ledger ledger, InstantSource clock) {
        this.renditions = renditions;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public JobKind<Sweep> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Sweep job() {
        return new Sweep();
    }

    @Override
    public void run(Sweep sweep) throws IOException {
        var before = clock.instant().minus(GRACE);
        int workbenches = renditions.sweepWorkbenches(before);
        int orphans = 0;
        for (int folder = 0; folder < FOLDERS; folder++) {
            orphans += renditions.sweep(folder, before, ledger::heldAmong);
        }
        LOG.info("Swept {} workbenches and the renditions of {} originals that are gone", workbenches, orphans);
    }
}
