import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Resident memory of all processes together, idle and importing.
final class MemorySection implements Bench.Section {
    private static final int IDLE_SECONDS = 60;
    private static final int PHOTOS = 120;
    private static final int PARALLEL = 4;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("Proportional set size of the server, PostgreSQL and decoders together. Aims: 450 MB idle, 800 MB importing.\n");
        results.table("when", "MB", "of which");
        var photos = Photos.in(setup.scratch().resolve("memory-photos"), PHOTOS);
        try (var running = new Running(setup.server(), setup.scratch().resolve("memory"))) {
            running.signUp();
            Thread.sleep(IDLE_SECONDS * 1000L);
            report(results, "idle, %d s after the start".formatted(IDLE_SECONDS), running);

            var sampler = new Sampler(running);
            var ids = new ArrayList<String>();
            try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
                for (var upload : threads.invokeAll(photos.stream().map(photo -> (Callable<String>) () -> running.upload(photo, true)).toList())) {
                    ids.add(upload.get());
                }
            }
            running.awaitSettled(ids);
            sampler.stop();
            results.row("importing %d photos of 12 megapixels, %d at a time, until all are shown: the most".formatted(PHOTOS, PARALLEL),
                    sampler.most, sampler.mostByKind);
            report(results, "just after", running);
            Thread.sleep(IDLE_SECONDS * 1500L);
            report(results, "idle again, %d s later".formatted(IDLE_SECONDS * 3 / 2), running);
        }
    }

    /// The peak, as seen every 200 ms.
    private static final class Sampler {
        private final Thread thread;
        private volatile double most;
        private volatile String mostByKind = "";

        Sampler(Running running) {
            thread = Thread.ofPlatform().start(() -> {
                while (!Thread.interrupted()) {
                    double now = Machine.pssMegabytes(running.server.toHandle());
                    if (now > most) {
                        most = now;
                        mostByKind = Machine.pssByKind(running.server.toHandle());
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                }
            });
        }

        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    private static void report(Results results, String when, Running running) {
        results.row(when, Machine.pssMegabytes(running.server.toHandle()), Machine.pssByKind(running.server.toHandle()));
    }
}
