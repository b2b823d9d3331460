package picup.library.direct;

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
import picup.storage.StorageLanes;

/// Ends the direct uploads that were given up, whose space and parts go with them, and forgets what ended a day ago.
@Component
@InRole(Role.WORKER)
class SweepDirectUploads implements RecurringJob<SweepDirectUploads.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-direct-uploads", Sweep.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(1);

    /// In one run; the rest waits an hour.
    private static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(SweepDirectUploads.class);

    private final DirectUploads uploads;
    private final EndDirectUpload ending;
    private final InstantSource clock;

    SweepDirectUploads(DirectUploads uploads, EndDirectUpload ending, InstantSource clock) {
        this.uploads = uploads;
        this.ending = ending;
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
        int expired = 0;
        for (var upload : uploads.expired(clock.instant(), MOST)) {
            expired += ending.expire(upload) ? 1 : 0;
        }
        int forgotten = uploads.forget(clock.instant());
        if (expired + forgotten > 0) {
            LOG.info("Swept direct uploads: {} expired, {} forgotten", expired, forgotten);
        }
    }
}
