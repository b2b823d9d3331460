package picup.library.direct;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.storage.StorageLanes;

/// Ends the direct uploads that were given up, whose space and parts go with them, and forgets what ended a day ago.
@Component
@InRole(Role.WORKER)
class SweepDirectUploads implements JobHandler<SweepDirectUploads.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-direct-uploads", Sweep.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(1);

    /// In one run; the rest waits an hour.
    private static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(SweepDirectUploads.class);

    private final DirectUploads uploads;
    private final EndDirectUpload ending;
    private final Jobs jobs;
    private final InstantSource clock;

    SweepDirectUploads(DirectUploads uploads, EndDirectUpload ending, Jobs jobs, InstantSource clock) {
        this.uploads = uploads;
        this.ending = ending;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Sweep> kind() {
        return KIND;
    }

    /// Puts the next sweep on the calendar, at start-up and after each one.
    void scheduleNext() {
        jobs.addNext(KIND, new Sweep(), EVERY);
    }

    @Override
    public void run(Sweep sweep) throws IOException {
        scheduleNext();
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
