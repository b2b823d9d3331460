package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.Likeness;

/// What moves keeps moving: every frame, in its turn.
class AnimationTest {

    private static final int FRAMES = 7;
    private static final String[] MOVING = {"-f", "lavfi", "-i", "testsrc2=s=160x120:r=5", "-frames:v", Integer.toString(FRAMES)};

    @TempDir
    static Path folder;

    private static DecoderPool pool;

    @BeforeAll
    static void startPool() {
        pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")));
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void everyFrameOfEveryKindIsKept() throws Exception {
        Map<String, String[]> kinds = new LinkedHashMap<>();
        kinds.put("moving.gif", new String[] {"-f", "gif"});
        kinds.put("moving.webp", new String[] {"-c:v", "libwebp_anim", "-loop", "0", "-f", "webp"});
        kinds.put("moving.png", new String[] {"-plays", "0", "-f", "apng"});
        kinds.put("moving.avif", new String[] {"-c:v", "libaom-av1", "-cpu-used", "8", "-pix_fmt", "yuv420p", "-f", "avif"});
        for (Map.Entry<String, String[]> kind : kinds.entrySet()) {
            String[] arguments = new String[MOVING.length + kind.getValue().length];
            System.arraycopy(MOVING, 0, arguments, 0, MOVING.length);
            System.arraycopy(kind.getValue(), 0, arguments, MOVING.length, kind.getValue().length);
            Path file = new MadeFiles(folder).video(kind.getKey(), arguments);

            Shown shown = Shown.by(pool, file, folder);

            assertThat(shown.facts().image().frames()).as("facts of " + kind.getKey()).isEqualTo(FRAMES);
            assertThat(shown.webp()).as(kind.getKey()).isTrue();
            assertThat(shown.frames()).as("frames of " + kind.getKey()).isEqualTo(FRAMES);
            assertThat(changes(shown.preview())).as("change between the frames of " + kind.getKey()).isGreaterThan(1);
        }
    }

    @Test
    void realAnimationsKeepTheirFramesAndTheirOpacity() throws Exception {
        Path samples = Samples.folder("open");
        Map<String, Integer> known = Map.of(
                "gif/animated-loop-3.gif", 10, "gif/dispose_prev.gif", 5,
                "avif/colors-animated-8bpc-alpha-exif-xmp.avif", 5, "avif/colors-animated-12bpc-keyframes-0-2-3.avif", 5);
        for (Map.Entry<String, Integer> each : known.entrySet()) {
            Shown shown = Shown.by(pool, samples.resolve(each.getKey()), folder);
            assertThat(shown.facts().image().frames()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(shown.frames()).as(each.getKey()).isEqualTo(each.getValue());
        }
        // libwebp shows frames that don't differ from the one before as one, for the time of all: 22 and 9 pictures are different.
        for (Map.Entry<String, Integer> each : Map.of("gif/chi.gif", 22, "gif/rotating-squares.gif", 9).entrySet()) {
            Path file = samples.resolve(each.getKey());
            Shown shown = Shown.by(pool, file, folder);
            assertThat(shown.facts().image().frames()).as(each.getKey()).isEqualTo(each.getKey().contains("chi") ? 31 : 30);
            assertThat(shown.frames()).as("different pictures of " + each.getKey()).isEqualTo(each.getValue());
            assertThat(milliseconds(shown.preview())).as("time of " + each.getKey()).isEqualTo(milliseconds(file));
        }
        Shown transparent = Shown.by(pool, samples.resolve("avif/colors-animated-8bpc-alpha-exif-xmp.avif"), folder);
        assertThat(MadeFiles.run("vipsheader", "-f", "bands", transparent.preview().toString()).strip()).isEqualTo("4");
    }

    @Test
    void aStillIsNoAnimation() throws Exception {
        Shown shown = Shown.by(pool, new MadeFiles(folder).patches("still.png"), folder);
        assertThat(shown.facts().image().frames()).isEqualTo(1);
        assertThat(shown.webp()).isFalse();
    }

    private static int milliseconds(Path file) throws Exception {
        return Arrays.stream(MadeFiles.run("vipsheader", "-f", "delay", file.toString()).strip().split(" +")).mapToInt(Integer::parseInt).sum();
    }

    private static double changes(Path preview) throws Exception {
        Path first = Files.createTempFile(folder, "first", ".png");
        Path last = Files.createTempFile(folder, "last", ".png");
        MadeFiles.run("vips", "copy", preview + "[page=0]", first.toString());
        MadeFiles.run("vips", "copy", preview + "[page=" + (FRAMES - 1) + "]", last.toString());
        return Likeness.difference(first, last);
    }
}
