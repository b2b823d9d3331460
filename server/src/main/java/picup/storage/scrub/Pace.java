package picup.storage.scrub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.NotNow;
import picup.storage.Originals;
import picup.storage.StorageLanes;
import picup.storage.StorageSettings;
import picup.storage.UploadParts;

/// How fast a worker may read back: never faster than the setting, all its threads together, and next to nothing while people are at work: while
/// uploads come in here, or somebody waits for a job in any process.
///
/// **Not for ever.** Where people never stop, it goes on by a piece after [#LONGEST_WAIT]: at 4 MB each ten seconds a terabyte is read back
/// in thirty days all the same.
@Component
@InRole(Role.WORKER)
class Pace implements SmartLifecycle {
    private static final long PIECE_BYTES = 4_000_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    /// Later than the jobs start and earlier than they are stopped, so that no shutdown waits for a film to be read.
    private static final int PHASE = 1;

    private final long bytesPerSecond;
    private final Originals originals;
    private final UploadParts parts;
    private final Jobs jobs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean running = true;
    private long nextNanos = System.nanoTime();
    private long untilAsking;

    Pace(StorageSettings settings, Originals originals, UploadParts parts, Jobs jobs) {
        this.parts = parts;
        this.bytesPerSecond = settings.scrubRate().toBytes();
        this.originals = originals;
        this.jobs = jobs;
    }

    /// Waits until so many bytes more may be read.
    ///
    /// @throws NotNow when the process stops
    void take(long bytes) throws NotNow, InterruptedException {
        lock.lock();
        try {
            untilAsking -= bytes;
            if (untilAsking <= 0) {
                untilAsking = PIECE_BYTES;
                waitForPeople();
            }
            long now = System.nanoTime();
            long mine = Math.max(now, nextNanos);
            nextNanos = mine + (long) (bytes * 1e9 / bytesPerSecond);
            waitFor(mine - now);
        } finally {
            lock.unlock();
        }
    }

    private void waitForPeople() throws NotNow, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (peopleAreAtWork() && System.nanoTime() < deadline) {
            waitFor(ASK_AGAIN.toNanos());
        }
    }

    private boolean peopleAreAtWork() {
        return originals.arriving() + parts.arriving() > 0 || jobs.somebodyWaits(StorageLanes.SHORT);
    }

    private void waitFor(long nanos) throws NotNow, InterruptedException {
        for (long left = nanos; running && left > 0; ) {
            left = stopped.awaitNanos(left);
        }
        if (!running) {
            throw new NotNow("This process is stopping", Duration.ofSeconds(1));
        }
    }

    boolean stopping() {
        lock.lock();
        try {
            return !running;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        set(true);
    }

    @Override
    public void stop() {
        set(false);
    }

    private void set(boolean running) {
        lock.lock();
        try {
            this.running = running;
            stopped.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return !stopping();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
