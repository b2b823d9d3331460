package picup.media.decoding;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;

/// Decoder processes, kept warm: one always (unless told otherwise), others while there is work for them.
///
/// All decoders are started by one thread that lives as long as the pool. That isn't for order: the kernel kills a decoder
/// when the *thread* that started it ends, and carrier threads of virtual threads end whenever they have nothing to do.
public class DecoderPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DecoderPool.class.getName());

    private final DecoderSettings settings;
    private final DecodingBudget budget;
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("decoder-starter").factory());

    /// Guards `idle`, `all` and `closed`. Held for moments only, never while a process is waited for.
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Decoder> idle = new ArrayDeque<>();
    private final Set<Decoder> all = new HashSet<>();
    private boolean closed;

    /// What every decoder is started with. Used by the starting thread alone, which finds it out before the first start:
    /// trying what the system allows takes a while, and whoever makes a pool shouldn't wait for it.
    private @Nullable Launch launch;

    private record Launch(DecoderProgram program, Sandbox sandbox) {}

    /// One that shares with nobody.
    public DecoderPool(DecoderSettings settings) {
        this(settings, new DecodingBudget(settings.count(), settings.count() * settings.memoryBytes()));
    }

    public DecoderPool(DecoderSettings settings, DecodingBudget budget) {
        this.settings = settings;
        this.budget = budget;
        long everyMs = Math.max(1, settings.idle().toMillis() / 2);
        starter.scheduleWithFixedDelay(this::endTheIdle, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    public DecodeAnswer decode(DecodeRequest request) throws DecoderLost, InterruptedException {
        return decode(request, Urgency.INTERACTIVE);
    }

    /// Waits for its turn, then for the answer; fine on a virtual thread. Results are in the request's output folder
    /// when this returns [DecodeAnswer.Decoded]; after anything else there may be some of them, to be ignored.
    ///
    /// @throws DecoderLost              the decoder is gone, with one attempt at this file; the pool goes on
    /// @throws IllegalArgumentException when the input doesn't exist
    public DecodeAnswer decode(DecodeRequest request, Urgency urgency) throws DecoderLost, InterruptedException {
        try (DecodingBudget.Turn turn = budget.turn(urgency)) {
            try {
                return decode(request, turn, 0);
            } catch (DecoderLost lost) {
                if (lost.why() != DecoderLost.Cause.OUTGREW) {
                    throw lost;
                }
                turn.giveBack();
                return decode(request, turn, Math.min(request.limits().maxMemoryBytes(), settings.memoryBytes()));
            }
        }
    }

    private DecodeAnswer decode(DecodeRequest request, DecodingBudget.Turn turn, long leastBytes) throws DecoderLost, InterruptedException {
        Decoder decoder = take();
        boolean answered = false;
        try {
            DecodeAnswer answer = decoder.ask(request, turn, leastBytes);
            answered = true;
            return answer;
        } catch (IllegalArgumentException noSuchFile) {
            // The decoder never heard of it.
            answered = true;
            throw noSuchFile;
        } finally {
            giveBack(decoder, answered);
        }
    }

    /// Ends all decoders; those who wait for one get [DecoderLost].
    @Override
    public void close() {
        Set<Decoder> running;
        lock.lock();
        try {
            closed = true;
            running = new HashSet<>(all);
            all.clear();
            idle.clear();
        } finally {
            lock.unlock();
        }
        running.forEach(Decoder::close);
        starter.submit(() -> {
            if (launch != null) {
                launch.program().close();
            }
        });
        starter.shutdown();
    }

    /// The process ids of all decoders: for looking at them from outside.
    Set<Long> pids() {
        lock.lock();
        try {
            Set<Long> pids = new HashSet<>();
            all.forEach(decoder -> pids.add(decoder.pid()));
            return pids;
        } finally {
            lock.unlock();
        }
    }

    /// How many decoders wait for work.
    int idle() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    private Decoder take() throws DecoderLost, InterruptedException {
        while (true) {
            Decoder decoder;
            lock.lock();
            try {
                refuseIfClosed();
                decoder = idle.pollFirst();
            } finally {
                lock.unlock();
            }
            if (decoder == null) {
                return startOne();
            }
            if (decoder.fit()) {
                return decoder;
            }
            retire(decoder);
        }
    }

    private void giveBack(Decoder decoder, boolean answered) {
        lock.lock();
        try {
            if (answered && !closed && decoder.fit()) {
                idle.addFirst(decoder);
                return;
            }
        } finally {
            lock.unlock();
        }
        retire(decoder);
        warm();
    }

    private Decoder startOne() throws DecoderLost, InterruptedException {
        Decoder decoder = onStarter(this::launched);
        boolean kept = false;
        lock.lock();
        try {
            kept = !closed;
            if (kept) {
                all.add(decoder);
            }
        } finally {
            lock.unlock();
        }
        boolean ready = false;
        try {
            if (!kept) {
                throw new DecoderLost(DecoderLost.Cause.CLOSED, "the pool is closed");
            }
            decoder.awaitReady();
            ready = true;
            return decoder;
        } finally {
            if (!ready) {
                retire(decoder);
            }
        }
    }

    private Decoder launched() throws IOException {
        if (launch == null) {
            WorkFolder.sweep(settings.workFolder());
            launch = new Launch(DecoderProgram.copy(), Sandbox.detect(settings));
        }
        return Decoder.start(launch.program(), launch.sandbox(), settings);
    }

    private Decoder onStarter(Callable<Decoder> start) throws DecoderLost, InterruptedException {
        try {
            return starter.submit(start).get();
        } catch (RejectedExecutionException | CancellationException closing) {
            throw new DecoderLost(DecoderLost.Cause.CLOSED, "the pool is closed", closing);
        } catch (ExecutionException e) {
            throw new DecoderLost(DecoderLost.Cause.NOT_STARTED, String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    private void refuseIfClosed() throws DecoderLost {
        if (closed) {
            throw new DecoderLost(DecoderLost.Cause.CLOSED, "the pool is closed");
        }
    }

    private void retire(Decoder decoder) {
        lock.lock();
        try {
            idle.remove(decoder);
            all.remove(decoder);
        } finally {
            lock.unlock();
        }
        decoder.close();
    }

    /// Starts a decoder in the background, if the settings want one, so that the next picture doesn't wait for it.
    public void warm() {
        lock.lock();
        try {
            if (closed || all.size() >= settings.warm()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("decoder-warming").start(() -> {
            try {
                giveBack(startOne(), true);
            } catch (DecoderLost e) {
                LOG.log(Level.WARNING, "no decoder could be warmed; the next request tries again: {0}", e.getMessage());
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void endTheIdle() {
        while (true) {
            Decoder oldest;
            lock.lock();
            try {
                oldest = all.size() > settings.warm() ? idle.peekLast() : null;
                if (oldest == null || !oldest.idleFor(settings.idle())) {
                    return;
                }
                idle.removeLast();
            } finally {
                lock.unlock();
            }
            retire(oldest);
        }
    }
}
