package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.Limits;
import picup.decoder.RenditionFile;

/// Broken files through real decoders: whatever happens happens to the decoder, within its limits.
///
/// `./picup bench --fuzz MINUTES` does the same for as long as one wants and from another seed each time.
class FuzzTest {

    /// Found by fuzzing, and mended since: a source below `open`, and a seed of [Mutation].
    private static final Map<String, Long> FINDS = Map.of();

    private static final Duration TESTS = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long SEED_OF_TESTS = 27;

    /// Larger ones only take longer.
    private static final long LARGEST_SOURCE_BYTES = 3 << 20;

    private static final long BUDGET_BYTES = 1600L << 20;

    /// What two decoders fill between two looks (100 ms) before they are ended.
    private static final long OVERSHOOT_BYTES = 600L << 20;

    @TempDir
    Path folder;

    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    private final List<String> notable = new CopyOnWriteArrayList<>();
    private final List<String> defects = new CopyOnWriteArrayList<>();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong mostResidentBytes = new AtomicLong();
    private List<Path> sources = List.of();
    private List<byte[]> pieces = List.of();
    private Path root = Path.of("");

    @Test
    void brokenFilesHurtNobodyButTheirDecoder() throws Exception {
        String minutes = System.getProperty("picup.fuzz.minutes");
        Duration time = minutes == null ? TESTS : Duration.ofMinutes(Long.parseLong(minutes));
        long seed = minutes == null ? SEED_OF_TESTS : System.currentTimeMillis();
        gatherSources();
        Path photo = new MadeFiles(folder).jpeg("photo.jpg", 640, 480);
        DecodingBudget budget = new DecodingBudget(2, BUDGET_BYTES);
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")), budget);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Map.Entry<String, Long> find : FINDS.entrySet()) {
                sendBroken(pool, root.resolve(find.getKey()), find.getValue());
            }
            long end = System.nanoTime() + time.toNanos();
            AtomicLong next = new AtomicLong(seed);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                work.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        long mine = next.getAndIncrement();
                        sendBroken(pool, sources.get((int) Math.floorMod(mine * 31, sources.size())), mine);
                    }
                    return null;
                }));
            }
            Future<?> watch = threads.submit(() -> watch(pool, work));
            for (Future<?> each : work) {
                each.get();
            }
            watch.get();
            assertThat(pool.decode(DecodeRequest.render(photo, Files.createDirectory(folder.resolve("after")), FileKind.JPEG)))
                    .as("the pool goes on").isInstanceOf(DecodeAnswer.Decoded.class);
            assertThat(budget.state()).isEqualTo(new DecodingBudget.State(0, 0, 0));
        }
        report(seed, time);
        assertThat(defects).isEmpty();
        assertThat(mostResidentBytes.get()).as("resident bytes of all decoders").isLessThan(BUDGET_BYTES + OVERSHOOT_BYTES);
        assertThat(files.get()).isPositive();
    }

    private void gatherSources() throws Exception {
        Optional<Path> open = Stream.of("..", ".").map(project -> Path.of(project, "..", "shared", "samples", "open")).filter(Files::isDirectory).findFirst();
        root = open.isPresent() ? open.get().toAbsolutePath().normalize() : madeSources();
        try (Stream<Path> all = Files.walk(root)) {
            sources = all.filter(Files::isRegularFile).filter(FuzzTest::usable).sorted().toList();
        }
        List<byte[]> some = new ArrayList<>();
        for (int i = 0; i < sources.size(); i += Math.max(1, sources.size() / 40)) {
            some.add(Arrays.copyOf(Files.readAllBytes(sources.get(i)), (int) Math.min(Files.size(sources.get(i)), 200_000)));
        }
        pieces = some;
    }

    private Path madeSources() throws Exception {
        Path made = Files.createDirectory(folder.resolve("made"));
        MadeFiles files = new MadeFiles(made);
        files.jpeg("a.jpg", 800, 600);
        files.interlacedPng("b.png", 300, 200);
        files.video("c.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        files.video("d.webm", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=1", "-c:v", "libvpx");
        return made;
    }

    private static boolean usable(Path file) {
        try {
            return Files.size(file) > 64 && Files.size(file) <= LARGEST_SOURCE_BYTES && Samples.kind(file).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void sendBroken(DecoderPool pool, Path source, long seed) throws Exception {
        String name = root.relativize(source) + " " + seed;
        byte[] bytes = Mutation.of(Files.readAllBytes(source), pieces, seed);
        Optional<FileKind> kind = FileKind.of(Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD_BYTES)));
        files.incrementAndGet();
        if (kind.isEmpty()) {
            count("refused by its first bytes");
            return;
        }
        Path mine = Files.createTempDirectory(folder, "broken-");
        Path file = Files.write(mine.resolve("file"), bytes);
        Path out = Files.createDirectory(mine.resolve("out"));
        long start = System.nanoTime();
        DecodeRequest request = new DecodeRequest(task(kind.get(), seed), file, out, kind.get(),
                new Limits(Limits.MAX_PIXELS, Limits.MAX_FRAMES, Limits.MAX_MEMORY_BYTES, DEADLINE));
        String outcome = outcome(pool, request, name);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        count(outcome);
        // On a busy machine a decoder that waits for a core is given up to ten times as long, twice if it outgrew its grant.
        if (took.compareTo(DEADLINE.multipliedBy(20).plusSeconds(30)) > 0) {
            defects.add(name + " took " + took);
        }
        if (outcome.startsWith("lost")) {
            notable.add(name + ": " + outcome + " after " + took.toMillis() + " ms");
        }
        try (Stream<Path> made = Files.walk(mine)) {
            List<String> names = Arrays.stream(RenditionFile.Name.values()).map(RenditionFile.Name::fileName).toList();
            made.filter(Files::isRegularFile).filter(path -> !path.equals(file) && !names.contains(path.getFileName().toString()))
                    .forEach(path -> defects.add(name + " left " + path));
        }
        assertThat(Files.mismatch(file, Files.write(mine.resolve("as-it-was"), bytes))).as(name + " is as it was").isEqualTo(-1);
        WorkFolder.deleteAll(mine);
    }

    private static DecodeRequest.Task task(FileKind kind, long seed) {
        if (kind.sidecar()) {
            return DecodeRequest.Task.DESCRIBE;
        }
        boolean playable = kind.video() && seed % 4 == 0;
        return playable ? DecodeRequest.Task.PLAYABLE : seed % 16 == 1 ? DecodeRequest.Task.FACTS : DecodeRequest.Task.RENDER;
    }

    private String outcome(DecoderPool pool, DecodeRequest request, String name) throws InterruptedException {
        try {
            return switch (pool.decode(request, Urgency.BULK)) {
                case DecodeAnswer.Decoded _ -> "decoded";
                case DecodeAnswer.Described _ -> "described";
                case DecodeAnswer.Edited _ -> "edited";
                case DecodeAnswer.Refused refused -> {
                    // What isn't the file's fault must not be told as if it were.
                    if (refused.detail().contains("NullPointer") || refused.detail().contains("ClassCast") || refused.detail().contains("IllegalState")) {
                        notable.add(name + ": " + refused.detail());
                    }
                    yield "refused " + refused.reason();
                }
            };
        } catch (DecoderLost lost) {
            if (lost.why() == DecoderLost.Cause.LIED || lost.why() == DecoderLost.Cause.OUTGREW || lost.why() == DecoderLost.Cause.NOT_STARTED) {
                defects.add(name + ": " + lost.getMessage());
            }
            return "lost " + lost.why();
        }
    }

    /// As the kernel counts them, until the work is done.
    private long watch(DecoderPool pool, List<Future<?>> work) throws Exception {
        while (!work.stream().allMatch(Future::isDone)) {
            long bytes = pool.pids().stream().flatMap(pid -> ProcessHandle.of(pid).stream()).mapToLong(process -> new ProcessTree(process).residentBytes()).sum();
            mostResidentBytes.accumulateAndGet(bytes, Math::max);
            try {
                work.getFirst().get(250, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillBusy) {
                continue;
            }
        }
        return 0;
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private void report(long seed, Duration time) {
        System.out.println("| fuzz | |\n| --- | --- |\n| sources | " + sources.size() + " |\n| files | " + files + " in " + time + ", seeds from " + seed + " |");
        outcomes.forEach((outcome, count) -> System.out.println("| " + outcome + " | " + count + " |"));
        System.out.println("| most memory of all decoders | " + (mostResidentBytes.get() >> 20) + " MB of " + (BUDGET_BYTES >> 20) + " |");
        notable.forEach(each -> System.out.println("| notable | " + each + " |"));
        defects.forEach(each -> System.out.println("| defect | " + each + " |"));
    }
}
