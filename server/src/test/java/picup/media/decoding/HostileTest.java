package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.Limits;

/// Files made to hurt: each ends one way or another, soon, and the pool goes on.
class HostileTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void everyHostileFileEndsWithinItsTimeAndThePoolGoesOn() throws Exception {
        Path samples = Samples.folder("hostile-open");
        Path out = Files.createDirectory(folder.resolve("out"));
        Path photo = new MadeFiles(folder).jpeg("photo.jpg", 640, 480);
        Map<String, Integer> outcomes = new TreeMap<>();
        Limits limits = new Limits(Limits.MAX_PIXELS, Limits.MAX_FRAMES, Limits.MAX_MEMORY_BYTES, DEADLINE);
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (Path file : files(samples)) {
                Optional<FileKind> kind = Samples.kind(file);
                if (kind.isEmpty()) {
                    outcomes.merge("refused by its first bytes", 1, Integer::sum);
                    continue;
                }
                for (DecodeRequest.Task task : kind.get().video() ? DecodeRequest.Task.values() : new DecodeRequest.Task[] {DecodeRequest.Task.RENDER}) {
                    long start = System.nanoTime();
                    String outcome = outcome(pool, new DecodeRequest(task, file, out, kind.get(), limits));
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    outcomes.merge(outcome, 1, Integer::sum);
                    if (outcome.startsWith("lost") || took.toMillis() > 3000) {
                        System.out.println(samples.relativize(file) + ": " + outcome + " after " + took.toMillis() + " ms");
                    }
                    assertThat(took).as(file.toString()).isLessThan(DEADLINE.plusSeconds(3));
                }
            }
            System.out.println(outcomes);

            assertThat(pool.decode(DecodeRequest.render(photo, out, FileKind.JPEG))).isInstanceOf(DecodeAnswer.Decoded.class);
            assertThat(outcomes).containsKeys("decoded", "refused UNREADABLE", "refused TOO_MANY_PIXELS");
        }
        assertThat(Files.list(Path.of("/tmp"))).noneMatch(file -> file.getFileName().toString().startsWith("CANARY-"));
    }

    private static String outcome(DecoderPool pool, DecodeRequest request) throws InterruptedException {
        try {
            return switch (pool.decode(request)) {
                case DecodeAnswer.Decoded _ -> "decoded";
                case DecodeAnswer.Described described -> throw new AssertionError("a picture was described as a sidecar: " + described);
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
