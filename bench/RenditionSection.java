import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Renditions beside libvips at the same sizes, and how long a person waits for the thumbnail of an upload.
final class RenditionSection implements Bench.Section {
    private static final int PHOTOS = 200;
    private static final int SINGLE = 30;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var photos = Photos.in(setup.scratch().resolve("rendition-photos"), PHOTOS);
        results.say("%d photos of 12 megapixels, each to a short side of 256 and of 1440 pixels as JPEG. For Picup: from the first upload to the last"
                .formatted(PHOTOS) + " rendition, the storing included; its CPU seconds are those of all its processes. Aim: 60 CPU-seconds, and within 1.2× of libvips alone.\n");
        results.table("what", "renditions/s", "renditions per CPU-second", "CPU-ms a photo", "CPU-s of all");
        plain(setup, photos, results);
        decoderAlone(photos, setup.scratch(), results);
        try (var running = new Running(setup.server(), setup.scratch().resolve("renditions"))) {
            running.signUp();
            running.awaitSettled(uploadAll(running, Photos.in(setup.scratch().resolve("rendition-warm-up"), 10)));
            picup(running, photos, results);
            latency(running, Photos.in(setup.scratch().resolve("latency-photos"), SINGLE), results);
        }
    }

    private static void plain(Bench.Setup setup, List<Path> photos, Results results) throws Exception {
        var target = Files.createDirectories(setup.scratch().resolve("vipsthumbnail"));
        var cores = Runtime.getRuntime().availableProcessors();
        // `x256` is the height: the short side of these. `times` at the end tells the CPU seconds of the children.
        var command = "export VIPS_CONCURRENCY=1; printf '%%s\\0' %s/*.jpg | xargs -0 -n 1 -P %d sh -c 'vipsthumbnail -s x256 -o %s/%%s-256.jpg \"$0\" && vipsthumbnail -s x1440 -o %s/%%s-1440.jpg \"$0\"'; times"
                .formatted(photos.getFirst().getParent(), cores, target, target);
        long began = System.nanoTime();
        var times = Machine.output(setup.scratch(), "bash", "-c", command);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = Machine.cpuOfChildren(times);
        results.row("libvips alone: `vipsthumbnail`, twice each", 2 * photos.size() / seconds, 2 * photos.size() / cpu, cpu * 1000 / photos.size(), cpu);
    }

    /// What decodes, without upload, database and supervision: the class that a decoder runs, given the photos one after the other.
    private static void decoderAlone(List<Path> photos, Path scratch, Results results) throws Exception {
        var out = Files.createDirectories(scratch.resolve("decoder-alone"));
        var decoder = new PlainDecoder();
        try (decoder) {
            long began = System.nanoTime();
            for (var photo : photos) {
                decoder.render(photo, out);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpu = decoder.cpuSeconds();
            results.row("one decoder alone, facts and placeholder included", 2 * photos.size() / seconds, 2 * photos.size() / cpu, cpu * 1000 / photos.size(), cpu);
        }
    }

    private static List<String> uploadAll(Running running, List<Path> photos) throws Exception {
        var ids = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var upload : threads.invokeAll(photos.stream().map(photo -> (Callable<String>) () -> running.upload(photo, true)).toList())) {
                ids.add(upload.get());
            }
        }
        return ids;
    }

    private static void picup(Running running, List<Path> photos, Results results) throws Exception {
        var before = Machine.cpu(running.server.toHandle());
        long began = System.nanoTime();
        running.awaitSettled(uploadAll(running, photos));
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = Machine.cpu(running.server.toHandle()).minus(before).toMillis() / 1000.0;
        results.row("**Picup**, upload and all", 2 * photos.size() / seconds, 2 * photos.size() / cpu, cpu * 1000 / photos.size(), cpu);
    }

    private static void latency(Running running, List<Path> photos, Results results) throws Exception {
        var fromSend = new double[photos.size()];
        var fromAnswer = new double[photos.size()];
        for (int i = 0; i < photos.size(); i++) {
            long began = System.nanoTime();
            var id = running.upload(photos.get(i), false);
            long answered = System.nanoTime();
            while (running.get("/api/pictures/" + id + "/renditions/thumb").statusCode() != 200) {
                Thread.sleep(3);
            }
            fromSend[i] = (System.nanoTime() - began) / 1e6;
            fromAnswer[i] = (System.nanoTime() - answered) / 1e6;
        }
        results.say("\nOne upload at a time, until its thumbnail can be fetched. Aim: 250 ms.\n");
        results.table("from", "median ms", "p95 ms");
        results.row("the first byte sent", Results.median(fromSend), Results.percentile(fromSend, 0.95));
        results.row("the answer to the upload", Results.median(fromAnswer), Results.percentile(fromAnswer, 0.95));
    }
}
