package picup.library.upload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// The right of one request to write to an upload, as long as nobody newer comes.
///
/// A connection that was cut may look alive for a while: the client is back by another one, and the first still waits for bytes. So the owner of
/// the turn has its lock all the time *but while it waits for the client*, and there a newer request may end the turn: what has arrived is
/// kept, and whatever the old connection still brings is not written any more.
final class Turn implements Closeable {
    /// What the owner may be busy with: the flush of some megabytes, the transaction after it. A client tries again later.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    interface Step {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Turn> released;
    private @Nullable Closeable excluding;
    private Step keeping = () -> {};
    private @Nullable ProblemException endedBy;
    private boolean over;

    /// Begins as the calling thread's.
    ///
    /// @param released what to do when it is over
    Turn(Consumer<Turn> released) {
        this.released = released;
        lock.lock();
    }

    /// @param excluding other processes; closed at the end
    void excludes(Closeable excluding) {
        this.excluding = excluding;
    }

    /// @param step what the end of the turn, whoever brings it about, begins with
    void keepAtTheEnd(Step step) {
        keeping = step;
    }

    /// Reads from the client, as [InputStream#read]. Meanwhile others may end the turn.
    ///
    /// @throws ProblemException the reason why the turn is over; what was read is not to be used
    int read(InputStream in, byte[] into, int from, int most) throws IOException {
        int read;
        lock.unlock();
        try {
            read = in.read(into, from, most);
        } finally {
            lock.lock();
        }
        if (endedBy != null) {
            throw endedBy;
        }
        return read;
    }

    /// Ends the turn of another.
    ///
    /// @param because what its owner will be told
    /// @throws ProblemException `upload-busy` when the owner is in the middle of something
    void end(ProblemException because) throws IOException {
        if (!lockedSoon()) {
            throw busy();
        }
        try {
            if (!over) {
                endedBy = because;
                finish();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean lockedSoon() {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!over) {
                finish();
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish() throws IOException {
        over = true;
        try {
            keeping.run();
        } finally {
            try {
                if (excluding != null) {
                    excluding.close();
                }
            } finally {
                released.accept(this);
            }
        }
    }

    static ProblemException busy() {
        return Problem.UPLOAD_BUSY.because("Another request writes to this upload at the moment. Ask for its offset and try again shortly.")
                .with("retryAfterSeconds", 1);
    }
}
