import java.nio.file.Path;
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

            double most = 0;
            var mostByKind = "";
            var ids = new ArrayList<String>();
            try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
                var uploads = photos.stream().map(photo -> threads.submit((Callable<String>) () -> running.upload((Path) photo, true))).toList();
                for (var upload : uploads) {
                    while (!upload.isDone()) {
                        Thread.sleep(200);
                        double now = Machine.pssMegabytes(running.server.toHandle());
                        if (now > most) {
                            most = now;
                            mostByKind = Machine.pssByKind(running.server.toHandle());
                        }
                    }
                    ids.add(upload.get());
                }
            }
            results.row("importing %d photos of 12 megapixels, %d at a time: the most".formatted(PHOTOS, PARALLEL), most, mostByKind);
            running.awaitSettled(ids);
            report(results, "just after", running);
            Thread.sleep(IDLE_SECONDS * 1500L);
            report(results, "idle again, %d s later".formatted(IDLE_SECONDS * 3 / 2), running);
        }
    }

    private static void report(Results results, String when, Running running) {
        results.row(when, Machine.pssMegabytes(running.server.toHandle()), Machine.pssByKind(running.server.toHandle()));
    }
}
