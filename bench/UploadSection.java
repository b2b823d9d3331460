import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Originals through `POST /api/pictures`, beside the plain tools that do as much: hash, copy, flush.
final class UploadSection implements Bench.Section {
    private static final int PHOTOS = 60;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("""
                Plain: `sha256sum` + `cp` of the files + one `sync -f` at the end. Picup flushes every original and its folder before each
                answer, so the line with a flush of each file is the fair one. Decoders make renditions meanwhile on the same cores; the last
                line holds them still, to show what storing alone costs. Aim: within 1.5×.
                """);
        results.table("files", "at a time", "what", "originals/s", "MB/s", "× of plain", "× of plain with a flush each");
        for (int parallel : List.of(1, 4)) {
            compare(setup, results, "%d generated, 12 megapixels".formatted(PHOTOS),
                    Photos.in(setup.scratch().resolve("upload-photos-" + parallel), PHOTOS), parallel);
        }
        var samples = setup.root().resolve("../shared/samples/open").normalize();
        if (Files.isDirectory(samples)) {
            compare(setup, results, "the shared samples", samples(samples), 4);
        } else {
            results.say("\nThe shared samples are not there and were skipped.");
        }
    }

    private static List<Path> samples(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().toLowerCase().matches(".*\\.(jpe?g|png|webp|gif|heic|mp4|mov)")).sorted().toList();
        }
    }

    private static void compare(Bench.Setup setup, Results results, String what, List<Path> files, int parallel) throws Exception {
        double plain = plain(setup, files, parallel, "sha256sum \"$1\" >/dev/null && cp \"$1\" \"$0/$(echo \"$1\" | tr / _)\"", true);
        double flushing = plain(setup, files, parallel,
                "t=\"$0/$(echo \"$1\" | tr / _)\"; sha256sum \"$1\" >/dev/null && cp \"$1\" \"$t\" && sync \"$t\" \"$0\"", false);
        double picup = picup(setup, files, parallel, false);
        double storing = picup(setup, files, parallel, true);
        double megabytes = Photos.megabytes(files);
        results.row(what, parallel, "sha256sum + cp + sync", files.size() / plain, megabytes / plain, 1.0, plain / flushing);
        results.row(what, parallel, "the same with a flush each", files.size() / flushing, megabytes / flushing, flushing / plain, 1.0);
        results.row(what, parallel, "**Picup**", files.size() / picup, megabytes / picup, picup / plain, picup / flushing);
        results.row(what, parallel, "**Picup**, decoders held still", files.size() / storing, megabytes / storing, storing / plain, storing / flushing);
    }

    private static double plain(Bench.Setup setup, List<Path> files, int parallel, String each, boolean syncAtEnd) throws Exception {
        var target = Files.createTempDirectory(setup.scratch(), "plain-");
        var list = Files.writeString(target.resolveSibling(target.getFileName() + ".list"), String.join("\0", files.stream().map(Path::toString).toList()));
        var command = "xargs -0 -n 1 -P %d sh -c '%s' %s < %s".formatted(parallel, each, target, list) + (syncAtEnd ? " && sync -f " + target : "");
        double seconds = Machine.seconds(setup.scratch(), "sh", "-c", command);
        Machine.delete(target);
        return seconds;
    }

    private static double picup(Bench.Setup setup, List<Path> files, int parallel, boolean holdDecoders) throws Exception {
        var data = Files.createTempDirectory(setup.scratch(), "upload-");
        try (var running = new Running(setup.server(), data); var threads = Executors.newFixedThreadPool(parallel)) {
            running.signUp();
            warmUp(setup, running);
            if (holdDecoders) {
                Machine.holdDecoders(running.server.toHandle());
            }
            long began = System.nanoTime();
            var uploads = new ArrayList<Callable<Integer>>();
            files.forEach(file -> uploads.add(() -> status(running, file)));
            for (var upload : threads.invokeAll(uploads)) {
                upload.get();
            }
            return (System.nanoTime() - began) / 1e9;
        } finally {
            Machine.delete(data);
        }
    }

    /// Some samples are twins of others or no pictures for this version; the bytes went all the same.
    private static int status(Running running, Path file) throws Exception {
        try {
            running.upload(file, true);
            return 201;
        } catch (IllegalStateException answeredOtherwise) {
            return 0;
        }
    }

    private static void warmUp(Bench.Setup setup, Running running) throws Exception {
        var ids = new ArrayList<String>();
        for (var photo : Photos.in(setup.scratch().resolve("warm-up"), 20)) {
            ids.add(running.upload(photo, true));
        }
        running.awaitSettled(ids);
    }
}
