package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.Limits;
import tools.jackson.databind.JsonNode;

/// Files made to hurt: each ends one way or another, soon, and the pool goes on.
class HostileTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /// Of cores, all of which a decoder may use until its deadline; three seconds for its start and for ending it.
    private static final Duration MOST_USED = DEADLINE.multipliedBy(Runtime.getRuntime().availableProcessors()).plusSeconds(3);

    /// Of the clock: while a decoder waits for a core its time stands still, but for ten deadlines at most; twice if it outgrew its grant,
    /// each time for what it needs and for its answer.
    private static final Duration LONGEST = DEADLINE.multipliedBy(40).plusSeconds(30);

    /// `USER_HZ`, in which `/proc` counts (proc(5)): 100 on all that Linux runs on.
    private static final long MS_A_TICK = 10;

    @TempDir
    Path folder;

    @Test
    void everyHostileFileEndsWithinItsTimeAndThePoolGoesOn() throws Exception {
        Path samples = Samples.folder("hostile-open");
        Path out = Files.createDirectory(folder.resolve("out"));
        Path photo = new MadeFiles(folder).jpeg("photo.jpg", 640, 480);
        JsonNode expected = Samples.json(samples.resolve("expect.json"));
        Map<String, Integer> outcomes = new TreeMap<>();
        Limits limits = new Limits(Limits.MAX_PIXELS, Limits.MAX_FRAMES, Limits.MAX_MEMORY_BYTES, DEADLINE);
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (Path file : files(samples)) {
                Optional<FileKind> kind = Samples.kind(file);
                String wanted = expectation(expected, samples.relativize(file).toString());
                requireKind(file, kind, wanted);
                if (kind.isEmpty()) {
                    outcomes.merge("refused by its first bytes", 1, Integer::sum);
                    continue;
                }
                for (DecodeRequest.Task task : tasks(kind.get())) {
                    long start = System.nanoTime();
                    Duration usedBefore = usedByDecoders();
                    String outcome = outcome(pool, new DecodeRequest(task, file, out, kind.get(), limits));
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    outcomes.merge(outcome, 1, Integer::sum);
                    if (outcome.startsWith("lost") || took.toMillis() > 3000) {
                        System.out.println(samples.relativize(file) + ": " + outcome + " after " + took.toMillis() + " ms");
                    }
                    assertThat(usedByDecoders().minus(usedBefore)).as(file + " " + task + ": time of cores").isLessThan(MOST_USED);
                    assertThat(took).as(file + " " + task).isLessThan(LONGEST);
                    assertThat(outcome).as(file + " " + task).isNotIn("lost LIED", "lost OUTGREW", "lost NOT_STARTED");
                    if (wanted.contains("no OOM")) {
                        assertThat(outcome).as(file + ": " + wanted).isNotEqualTo("lost OUT_OF_MEMORY");
                    }
                    if (wanted.contains("import of the photo goes on") && !kind.get().sidecar()) {
                        assertThat(outcome).as(file + ": " + wanted).isEqualTo("decoded");
                    }
                }
            }
            System.out.println(outcomes);

            assertThat(pool.decode(DecodeRequest.render(photo, out, FileKind.JPEG))).isInstanceOf(DecodeAnswer.Decoded.class);
            assertThat(outcomes).containsKeys("decoded", "refused UNREADABLE", "refused TOO_MANY_PIXELS");
        }
        assertThat(Files.list(Path.of("/tmp"))).noneMatch(file -> file.getFileName().toString().startsWith("CANARY-"));
    }

    /// By all that this process has started: what has ended, and what still runs.
    private static Duration usedByDecoders() {
        ProcessHandle self = ProcessHandle.current();
        try (Stream<ProcessHandle> running = self.descendants()) {
            long ticks = ticks(self, 13, 14) + running.mapToLong(process -> ticks(process, 11, 14)).sum();
            return Duration.ofMillis(ticks * MS_A_TICK);
        }
    }

    /// Fields of `/proc/<pid>/stat` after the name (proc(5)): 11 and 12 are its own time, 13 and 14 that of its children that ended.
    private static long ticks(ProcessHandle process, int first, int last) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return IntStream.rangeClosed(first, last).mapToLong(field -> Long.parseLong(fields[field])).sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    private static DecodeRequest.Task[] tasks(FileKind kind) {
        if (kind.sidecar()) {
            return new DecodeRequest.Task[] {DecodeRequest.Task.DESCRIBE};
        }
        return kind.video() ? new DecodeRequest.Task[] {DecodeRequest.Task.RENDER, DecodeRequest.Task.PLAYABLE, DecodeRequest.Task.FACTS}
                : new DecodeRequest.Task[] {DecodeRequest.Task.RENDER, DecodeRequest.Task.FACTS};
    }

    /// In words, for people; what of them can be held against a decoder is.
    private static String expectation(JsonNode expected, String file) {
        return expected.path(file).path("expect").asString("");
    }

    private static void requireKind(Path file, Optional<FileKind> kind, String expected) {
        for (FileKind real : new FileKind[] {FileKind.JPEG, FileKind.PNG}) {
            if (expected.equals("real type (" + real.extension().replace("jpg", "jpeg") + ") detected")) {
                assertThat(kind).as(file.toString()).contains(real);
            }
        }
    }

    private static String outcome(DecoderPool pool, DecodeRequest request) throws InterruptedException {
        try {
            return switch (pool.decode(request)) {
                case DecodeAnswer.Decoded _ -> "decoded";
                case DecodeAnswer.Described _ -> "described";
                case DecodeAnswer.Edited _ -> "edited";
                case DecodeAnswer.Refused refused -> "refused " + refused.reason();
            };
        } catch (DecoderLost lost) {
            return "lost " + lost.why();
        }
    }

    private static List<Path> files(Path samples) throws Exception {
        try (Stream<Path> files = Files.walk(samples)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
