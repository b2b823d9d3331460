package picup.storage.scrub;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.Unavailable;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.NotNow;
import picup.platform.jobs.RecurringJob;
import picup.storage.StorageLanes;
import picup.storage.blob.BlobStore;
import picup.storage.blob.SecondStore;
import picup.storage.scrub.DueOriginals.Due;
import picup.storage.scrub.DueOriginals.Why;

/// Once a minute, reads back what it is time for, one original after the other, until nothing is left.
@Component
@InRole(Role.WORKER)
class ScrubOriginals implements RecurringJob<ScrubOriginals.Round> {
    record Round() {}

    static final JobKind<Round> KIND = new JobKind<>(StorageLanes.CARE, "scrub-originals", Round.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration CUT_OFF = Duration.ofHours(24);
    private static final Logger LOG = LoggerFactory.getLogger(ScrubOriginals.class);

    private final DueOriginals due;
    private final TendOriginal tend;
    private final Transfer transfer;
    private final SecondStore copies;
    private final Pace pace;
    private final InstantSource clock;
    private final AtomicBoolean underWay = new AtomicBoolean();

    ScrubOriginals(DueOriginals due, TendOriginal tend, Transfer transfer, SecondStore copies, Pace pace, InstantSource clock) {
        this.due = due;
        this.tend = tend;
        this.transfer = transfer;
        this.copies = copies;
        this.pace = pace;
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

    /// A round that takes longer than a minute is all there is in this process; the next ones find it under way and end.
    @Override
    public void run(Round round) throws Exception {
        if (underWay.compareAndSet(false, true)) {
            try {
                tendAll();
            } finally {
                underWay.set(false);
            }
        }
    }

    /// @return how many were looked at
    int tendAll() throws IOException, NotNow, InterruptedException {
        int tended = 0;
        var second = second();
        while (!pace.stopping()) {
            var next = next(second);
            if (next.isEmpty()) {
                break;
            }
            var original = next.get();
            if (!tended(original, second) && second != null) {
                second = null; // it is away, or full: this round looks after the first store alone
            }
            tended++;
        }
        return tended;
    }

    /// @return null when there is none, or it is away
    private @Nullable BlobStore second() {
        try {
            var second = copies.open();
            if (second != null) {
                transfer.sweep(second, clock.instant().minus(CUT_OFF));
            }
            return second;
        } catch (IOException e) {
            LOG.warn("The second store is away, so no copies are made: {}", e.getMessage());
            return null;
        }
    }

    private Optional<Due> next(@Nullable BlobStore second) {
        for (var why : Why.values()) {
            var found = why == Why.NEVER_COPIED && second == null ? Optional.<Due>empty() : due.claim(why);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// @return false when the second store did not do what it should
    private boolean tended(Due original, @Nullable BlobStore second) throws IOException, NotNow, InterruptedException {
        try {
            return tend.run(original, second).copy() != null;
        } catch (NotNow | InterruptedException | Unavailable e) {
            due.giveBack(original);
            throw e;
        } catch (IOException e) {
            LOG.error("The original {} cannot be read back, and is tried again in an hour", original.digest(), e);
            due.postpone(original);
            return true;
        }
    }
}
