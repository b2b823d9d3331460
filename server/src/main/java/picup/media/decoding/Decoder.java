package picup.media.decoding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.DecoderMain;
import picup.decoder.Wire;

/// One decoder process, used by one caller at a time.
///
/// Answers are read by a thread of this class, because a read from a pipe can't be interrupted: the caller waits for the
/// thread instead, looks at the clock and at the memory now and then, and kills the process when it must.
final class Decoder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Decoder.class.getName());

    /// 100 ms: a decompression bomb fills some 100 MB between two looks; the look costs a millisecond.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int LONGEST_STRETCH = 10;

    private static final int COMPLAINT_CHARS = 2000;

    private final Process process;
    private final ProcessTree tree;
    private final WorkFolder work;
    private final DecoderSettings settings;
    private final StringBuffer complaint = new StringBuffer();

    /// Reads one answer after the other: a photo whose facts are asked for gives two, too many to start a thread for each.
    private final ExecutorService answers;
    private int files;
    private long idleSinceNanos = System.nanoTime();
    private volatile boolean closed;

    private Decoder(Process process, WorkFolder work, DecoderSettings settings) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
        this.work = work;
        this.settings = settings;
        this.answers = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("decoder-" + process.pid() + "-answers").factory());
        Thread.ofPlatform().daemon().name("decoder-" + process.pid() + "-complaints").start(this::listenToComplaints);
    }

    /// Returns at once; [#awaitReady] waits. The calling thread must live as long as the decoder: the kernel kills the
    /// decoder when the thread that started it ends (`PR_SET_PDEATHSIG`).
    static Decoder start(DecoderProgram program, Sandbox sandbox, DecoderSettings settings) throws IOException {
        WorkFolder work = WorkFolder.create(settings.workFolder(), sandbox);
        try {
            List<String> command = new ArrayList<>(sandbox.prefix(work.path(), program.folder()));
            command.addAll(program.command(sandbox.seen(program.folder())));
            ProcessBuilder builder = new ProcessBuilder(command).directory(work.path().toFile());
            builder.environment().clear();
            builder.environment().putAll(environment());
            return new Decoder(builder.start(), work, settings);
        } catch (IOException | RuntimeException e) {
            work.close();
            throw e;
        }
    }

    /// Nothing of ours: no secret, no proxy, no home.
    private static Map<String, String> environment() {
        return Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "LANG", "C.UTF-8",
                "TZ", "UTC",
                // In its own folder. Java is told by its flags.
                "TMPDIR", WorkFolder.TEMPORARY,
                // glibc keeps an arena for each thread otherwise, and what is free in one is no use to another.
                "MALLOC_ARENA_MAX", "2",
                // libvips reports what is odd about a file through its error buffer; this keeps it from printing that, too.
                "VIPS_WARNING", "0");
    }

    void awaitReady() throws DecoderLost, InterruptedException {
        CompletableFuture<Boolean> ready = read(in -> {
            Wire.readReady(in);
            return true;
        });
        await(ready, settings.startWithin(), this::withinItsOwnLimit, DecoderLost.Cause.NOT_STARTED);
    }

    /// The decoder says what the file needs, gets it from the budget, and only then decodes.
    ///
    /// @param leastBytes of memory, whatever the decoder says
    DecodeAnswer ask(DecodeRequest request, DecodingBudget.Turn turn, long leastBytes) throws DecoderLost, InterruptedException {
        try {
            files++;
            send(Wire.request(work.stage(request)));
        } catch (NoSuchFileException noInput) {
            throw new IllegalArgumentException("there is no file " + request.input(), noInput);
        } catch (IOException e) {
            throw lost(DecoderLost.Cause.CRASHED, "it can't be given the file: " + e.getMessage());
        }
        Duration deadline = request.limits().deadline().compareTo(settings.deadline()) < 0 ? request.limits().deadline() : settings.deadline();
        long memoryBytes = Math.min(request.limits().maxMemoryBytes(), settings.memoryBytes());
        long needs = await(read(Wire::readNeeds), deadline, this::withinItsOwnLimit, DecoderLost.Cause.HUNG);
        if (!turn.take(Math.clamp(Math.max(needs, leastBytes), 1, memoryBytes))) {
            throw lost(DecoderLost.Cause.NO_ROOM, needs + " bytes are more than a video leaves");
        }
        send(Wire.go());
        DecodeAnswer answer = await(read(Wire::readAnswer), deadline, resident -> withinItsGrant(resident, turn, memoryBytes), DecoderLost.Cause.HUNG);
        try {
            switch (answer) {
                case DecodeAnswer.Decoded decoded -> work.collect(decoded.renditions(), request.outputFolder(), settings.maxOutputBytes());
                case DecodeAnswer.Edited edited -> work.collect(edited.renditions(), request.outputFolder(), settings.maxOutputBytes());
                case DecodeAnswer.Described _, DecodeAnswer.Refused _ -> {}
            }
            work.clear();
            idleSinceNanos = System.nanoTime();
            return answer;
        } catch (IOException | UncheckedIOException e) {
            throw lost(DecoderLost.Cause.LIED, "its results can't be taken: " + e);
        }
    }

    private void send(byte[] frame) throws DecoderLost {
        try {
            process.getOutputStream().write(frame);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw lost(DecoderLost.Cause.CRASHED, "it took no request: " + e.getMessage());
        }
    }

    private void withinItsOwnLimit(long residentBytes) throws DecoderLost {
        within(residentBytes, settings.memoryBytes());
    }

    private void within(long residentBytes, long limitBytes) throws DecoderLost {
        if (residentBytes > limitBytes) {
            throw lost(DecoderLost.Cause.OUT_OF_MEMORY, residentBytes + " bytes resident: at most " + limitBytes);
        }
    }

    /// What was said before was an estimate: more is given where there is more, and a quarter of it to spare.
    private void withinItsGrant(long residentBytes, DecodingBudget.Turn turn, long limitBytes) throws DecoderLost {
        within(residentBytes, limitBytes);
        if (residentBytes > turn.bytes() && !turn.grow(Math.min(residentBytes / 4 * 5, limitBytes))) {
            throw lost(DecoderLost.Cause.OUTGREW, residentBytes + " bytes resident: it had said " + turn.bytes());
        }
    }

    boolean fit() {
        return process.isAlive() && files < settings.filesBeforeReplacement();
    }

    boolean idleFor(Duration duration) {
        return System.nanoTime() - idleSinceNanos > duration.toNanos();
    }

    long pid() {
        return process.pid();
    }

    /// Ends the process and everything it started. Whoever waits for an answer gets [DecoderLost].
    @Override
    public void close() {
        closed = true;
        tree.kill();
        answers.shutdown();
        process.onExit().join();
        try {
            work.close();
        } catch (UncheckedIOException e) {
            // What a taken-over decoder has locked is swept at the next start; the caller's answer isn't to blame.
            LOG.log(Level.WARNING, "a decoder's folder can't be removed: {0}", e.getMessage());
        }
    }

    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private <T> CompletableFuture<T> read(Reading<T> reading) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            answers.execute(() -> {
                try {
                    result.complete(reading.from(process.getInputStream()));
                } catch (IOException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closedMeanwhile) {
            result.completeExceptionally(new IOException("The decoder was closed", closedMeanwhile));
        }
        return result;
    }

    private interface Watch {
        void look(long residentBytes) throws DecoderLost;
    }

    /// @param limit the time spent waiting for a core does not count, up to [#LONGEST_STRETCH] times the limit
    private <T> T await(CompletableFuture<T> result, Duration limit, Watch memory, DecoderLost.Cause tooLate)
            throws DecoderLost, InterruptedException {
        long began = System.nanoTime();
        // From the first look on: it walks through all processes of the machine, which takes longer than most answers.
        Duration waitedBefore = null;
        long end = began + limit.toNanos();
        try {
            while (true) {
                long left = end - System.nanoTime();
                if (left <= 0 && waitedBefore != null) {
                    Duration waited = tree.waitedForCores().minus(waitedBefore);
                    end = began + Math.min(limit.plus(waited).toNanos(), limit.multipliedBy(LONGEST_STRETCH).toNanos());
                    left = end - System.nanoTime();
                }
                if (left <= 0) {
                    throw lost(tooLate, "no answer within " + limit);
                }
                try {
                    return result.get(Math.min(left, BETWEEN_LOOKS.toNanos()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException stillBusy) {
                    waitedBefore = waitedBefore == null ? tree.waitedForCores() : waitedBefore;
                    memory.look(tree.residentBytes());
                }
            }
        } catch (ExecutionException e) {
            throw lost(e.getCause());
        } catch (InterruptedException e) {
            tree.kill();
            throw e;
        }
    }

    private DecoderLost lost(Throwable reason) throws InterruptedException {
        if (closed) {
            return lost(DecoderLost.Cause.CLOSED, "the pool is closed");
        }
        if (reason instanceof Wire.Malformed) {
            return lost(DecoderLost.Cause.LIED, reason.getMessage());
        }
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            return lost(DecoderLost.Cause.LIED, "it closed its pipe and went on: " + reason.getMessage());
        }
        int exit = process.exitValue();
        boolean heap = exit == DecoderMain.EXIT_OUT_OF_MEMORY;
        return lost(heap ? DecoderLost.Cause.OUT_OF_MEMORY : DecoderLost.Cause.CRASHED, "it ended with " + exit);
    }

    private DecoderLost lost(DecoderLost.Cause cause, String detail) {
        tree.kill();
        String said = complaint.toString().strip();
        return new DecoderLost(cause, detail + (said.isEmpty() ? "" : "; it said: " + said));
    }

    /// Keeps the last of it. The pipe must be emptied in any case, or the decoder would wait for us.
    private void listenToComplaints() {
        byte[] buffer = new byte[1024];
        try (InputStream in = process.getErrorStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                complaint.append(new String(buffer, 0, n, StandardCharsets.UTF_8).replaceAll("[^\\P{Cc}\\n]", "?"));
                complaint.delete(0, Math.max(0, complaint.length() - COMPLAINT_CHARS));
            }
        } catch (IOException ended) {
            return;
        }
    }
}
