package picup.library.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.ProblemException;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;
import picup.storage.StorageLanes;
import picup.storage.UploadParts;

/// The reconcile of uploads: finishes those whose every byte came and whose client never asked again, ends those that were given up, forgets what ended a
/// day ago, and removes the bytes of what is no open upload's.
@Component
@InRole(Role.WORKER)
class SweepUploads implements RecurringJob<SweepUploads.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-uploads", Sweep.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(1);

    /// Of each kind in one run; the rest waits an hour.
    private static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(SweepUploads.class);

    private final Uploads uploads;
    private final FinishUpload finishing;
    private final EndUpload ending;
    private final UploadParts parts;
    private final InstantSource clock;

    SweepUploads(Uploads uploads, FinishUpload finishing, EndUpload ending, UploadParts parts, InstantSource clock) {
        this.uploads = uploads;
        this.finishing = finishing;
        this.ending = ending;
        this.parts = parts;
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

    /// @throws IOException when one could not be finished; after all others
    @Override
    public void run(Sweep sweep) throws IOException {
        var failure = finish();
        int expired = 0;
        for (var upload : uploads.expired(clock.instant(), MOST)) {
            expired += ending.expire(upload) ? 1 : 0;
        }
        int forgotten = uploads.forget(clock.instant());
        LOG.info("Swept uploads: {} expired, {} forgotten, bytes of {} removed", expired, forgotten, removeStrays());
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable IOException finish() {
        IOException failure = null;
        for (var upload : uploads.unfinished(MOST)) {
            try {
                finishing.again(upload.owner(), upload.id());
            } catch (ProblemException e) {
                LOG.info("The upload {} cannot be finished now: {}", upload.id(), e.getMessage()); // somebody is at it, or may not write
            } catch (IOException e) {
                failure = e;
            }
        }
        return failure;
    }

    /// The files first: each of an open upload has had its row before it was made.
    private int removeStrays() {
        var strays = new HashSet<>(parts.all());
        uploads.openAmong(strays).forEach(strays::remove);
        strays.forEach(parts::remove);
        return strays.size();
    }
}
