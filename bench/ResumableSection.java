import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// One large file and many small ones, in pieces by tus and as a form, beside `cp` and `sync`.
final class ResumableSection implements Bench.Section {
    private static final long LARGE_BYTES = Long.getLong("picup.bench.large", 2_000_000_000L);
    private static final int SMALL = Integer.getInteger("picup.bench.small", 1000);
    private static final int SMALL_BYTES = 100_000;
    private static final int PARALLEL = 4;

    /// As the web app and the importer send them.
    private static final int CHUNK_BYTES = 32 << 20;
    private static final int BLOCK_BYTES = 1 << 20;

    private interface Sending {
        void send(Running running, Path file) throws Exception;
    }

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("""
                Plain: `sha256sum` + `cp` + `sync` of the file. Pieces are of %d MB and flushed every 16 MB; the digest runs along, so nothing is read twice.
                The server's memory is its proportional set size, looked at ten times a second: before, and the most meanwhile. Decoders are held still.
                S3: a server of files on this machine's disk, which flushes nothing; by *S3 parts* the client hashes the file first, sends parts of 32 MB past the server, and the server reads all of it back.
                """.formatted(CHUNK_BYTES >> 20));
        large(setup, results);
        small(setup, results);
    }

    private static void large(Bench.Setup setup, Results results) throws Exception {
        var file = file(setup.scratch().resolve("large.jpg"), LARGE_BYTES, 1);
        results.table("one file of %,d MB".formatted(LARGE_BYTES / 1_000_000), "s", "MB/s", "× of cp + sync", "server MB before", "most");
        double copying = plain(setup, "cp \"$1\" \"$0/copy\" && sync \"$0/copy\"", file);
        row(results, "cp + sync", LARGE_BYTES, copying, copying, null);
        row(results, "sha256sum + cp + sync", LARGE_BYTES, plain(setup, "sha256sum \"$1\" >/dev/null && cp \"$1\" \"$0/copy\" && sync \"$0/copy\"", file), copying, null);
        row(results, "**tus**", LARGE_BYTES, copying, setup, List.of(file), 1, ResumableSection::inPieces);
        row(results, "**form**", LARGE_BYTES, copying, setup, List.of(file), 1, (running, each) -> running.upload(each, true));
        inBucket(setup, results, file, copying);
        Files.delete(file);
    }

    /// The same file where originals are in a bucket: past the server, and through it.
    private static void inBucket(Bench.Setup setup, Results results, Path file, double copying) throws Exception {
        if (!BucketServer.there(setup.root())) {
            results.say("\nNot measured: parts straight to a bucket, for which the tests must have been built (`./picup test`).\n");
            return;
        }
        inBucket(setup, results, "**S3 parts**", file, copying, PartsToBucket::send);
        inBucket(setup, results, "**tus**, kept in S3", file, copying, ResumableSection::inPieces);
    }

    private static void inBucket(Bench.Setup setup, Results results, String what, Path file, double copying, Sending sending) throws Exception {
        var folder = Files.createTempDirectory(setup.scratch(), "bucket-");
        try (var bucket = new BucketServer(setup.root(), folder)) {
            row(results, what, LARGE_BYTES, copying, setup, List.of(file), 1, sending, bucket.settings());
        } finally {
            Machine.delete(folder);
        }
    }

    private static void small(Bench.Setup setup, Results results) throws Exception {
        var folder = Files.createDirectories(setup.scratch().resolve("small"));
        var files = new ArrayList<Path>();
        for (int i = 0; i < SMALL; i++) {
            files.add(file(folder.resolve("small-%04d.jpg".formatted(i)), SMALL_BYTES, i + 2));
        }
        long bytes = (long) SMALL * SMALL_BYTES;
        results.table("%,d files of %d KB, %d at a time".formatted(SMALL, SMALL_BYTES / 1000, PARALLEL), "s", "MB/s", "× of cp + sync", "server MB before", "most");
        var each = "ls \"$1\"/* | xargs -n 1 -P %d sh -c 't=\"$0/$(basename \"$1\")\"; cp \"$1\" \"$t\" && sync \"$t\" \"$0\"' \"$0\"".formatted(PARALLEL);
        double copying = plain(setup, each, folder);
        row(results, "cp + sync of each", bytes, copying, copying, null);
        row(results, "**tus**, one request each", bytes, copying, setup, files, PARALLEL, ResumableSection::withCreation);
        row(results, "**form**", bytes, copying, setup, files, PARALLEL, (running, file) -> running.upload(file, true));
    }

    /// The head of a photo and random bytes: a JPEG as far as anybody looks.
    private static Path file(Path file, long sizeBytes, int seed) throws IOException {
        var random = new SplittableRandom(seed);
        var block = new byte[(int) Math.min(BLOCK_BYTES, sizeBytes)];
        random.nextBytes(block);
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < sizeBytes; at += block.length) {
                var bytes = ByteBuffer.wrap(block, 0, (int) Math.min(block.length, sizeBytes - at));
                bytes.putLong(0, at);
                if (at == 0) {
                    bytes.putInt(0, 0xFFD8FFE0).putShort(4, (short) 16).put(6, "JFIF\0".getBytes());
                }
                out.write(bytes);
            }
        }
        return file;
    }

    private static double plain(Bench.Setup setup, String command, Path from) throws Exception {
        var target = Files.createTempDirectory(setup.scratch(), "plain-");
        double seconds = Machine.seconds(setup.scratch(), "sh", "-c", command, target.toString(), from.toString());
        Machine.delete(target);
        return seconds;
    }

    private static void row(Results results, String what, long bytes, double copying, Bench.Setup setup, List<Path> files, int parallel, Sending sending, String... settings) throws Exception {
        var data = Files.createTempDirectory(setup.scratch(), "resumable-");
        try (var running = new Running(setup.server(), data, settings); var threads = Executors.newFixedThreadPool(parallel)) {
            running.signUp();
            running.awaitSettled(List.of(running.upload(Photos.in(setup.scratch().resolve("first"), 1).getFirst(), true)));
            Machine.holdDecoders(running.server.toHandle());
            try (var memory = new Memory(running.server.toHandle())) {
                long began = System.nanoTime();
                var all = new ArrayList<Callable<Void>>();
                files.forEach(file -> all.add(() -> {
                    sending.send(running, file);
                    return null;
                }));
                for (var each : threads.invokeAll(all)) {
                    each.get();
                }
                row(results, what, bytes, (System.nanoTime() - began) / 1e9, copying, memory);
            }
        } finally {
            Machine.delete(data);
        }
    }

    private static void row(Results results, String what, long bytes, double seconds, double copying, Memory memory) {
        results.row(what, seconds, bytes / 1e6 / seconds, seconds / copying, memory == null ? "" : "%.0f".formatted(memory.before), memory == null ? "" : "%.0f".formatted(memory.most));
    }

    private static void inPieces(Running running, Path file) throws Exception {
        var begun = running.http.send(running.request("/api/uploads").header("Tus-Resumable", "1.0.0").header("Upload-Length", "" + Files.size(file))
                .POST(BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        var upload = begun.headers().firstValue("Location").orElseThrow();
        try (var in = Files.newInputStream(file)) {
            long offset = 0;
            for (var chunk = in.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = in.readNBytes(CHUNK_BYTES)) {
                var answer = running.http.send(running.request(upload).header("Tus-Resumable", "1.0.0").header("Upload-Offset", "" + offset)
                        .header("Content-Type", "application/offset+octet-stream").method("PATCH", BodyPublishers.ofByteArray(chunk)).build(), BodyHandlers.ofByteArray());
                require(204, answer.statusCode(), answer.uri());
                offset += chunk.length;
            }
        }
    }

    private static void withCreation(Running running, Path file) throws Exception {
        var answer = running.http.send(running.request("/api/uploads").header("Tus-Resumable", "1.0.0").header("Upload-Length", "" + Files.size(file))
                .header("Content-Type", "application/offset+octet-stream").POST(BodyPublishers.ofFile(file)).build(), BodyHandlers.ofByteArray());
        require(201, answer.statusCode(), answer.uri());
    }

    private static void require(int status, int answered, URI address) {
        if (answered != status) {
            throw new IllegalStateException(address + " answered " + answered);
        }
    }

    /// Looks at the server, without its children, until it is closed.
    private static final class Memory implements AutoCloseable {
        private static final long PAUSE_NANOS = 100_000_000;

        final double before;
        volatile double most;
        private final Thread looking;

        Memory(ProcessHandle server) {
            before = Machine.pssOf(server);
            most = before;
            looking = Thread.ofPlatform().daemon().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    most = Math.max(most, Machine.pssOf(server));
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
        }

        @Override
        public void close() {
            looking.interrupt();
        }
    }
}
