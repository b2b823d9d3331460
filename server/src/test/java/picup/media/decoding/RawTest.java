package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.FileKind;
import picup.decoder.Likeness;

/// RAW: the camera's own picture where it is good enough, libraw's where it isn't, each turned once.
class RawTest {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 400;
    private static final int TURN_RIGHT = 6;

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
    void thePreviewOfTheCameraIsShownAndTurnedOnce() throws Exception {
        Path picture = new MadeFiles(folder).patches("preview.png");
        Path large = folder.resolve("preview.jpg");
        MadeFiles.run("vips", "jpegsave", resized(picture, WIDTH, HEIGHT).toString(), large.toString(), "--Q", "95");
        Path raw = Files.write(folder.resolve("good-preview.dng"),
                MadeStills.negative(WIDTH, HEIGHT, TURN_RIGHT, Files.readAllBytes(large), WIDTH, HEIGHT));
        assertThat(Samples.kind(raw)).contains(FileKind.RAW);

        Shown shown = Shown.by(pool, raw, folder);

        assertUpright(shown);
        Path turned = folder.resolve("turned.png");
        MadeFiles.run("vips", "rot", large.toString(), turned.toString(), "d90");
        assertThat(Likeness.difference(shown.preview(), turned)).isLessThan(4);
    }

    @Test
    void aTinyPreviewIsNoPictureSoTheRawIsDeveloped() throws Exception {
        Path tiny = new MadeFiles(folder).jpeg("tiny.jpg", 60, 40);
        Path raw = Files.write(folder.resolve("tiny-preview.dng"), MadeStills.negative(WIDTH, HEIGHT, TURN_RIGHT, Files.readAllBytes(tiny), 60, 40));

        Shown shown = Shown.by(pool, raw, folder);

        assertUpright(shown);
        // The bars lie now: red above, green, blue; a mosaic that nobody developed would be grey all over.
        int width = Integer.parseInt(MadeFiles.run("vipsheader", "-f", "width", shown.preview().toString()).strip());
        int height = Integer.parseInt(MadeFiles.run("vipsheader", "-f", "height", shown.preview().toString()).strip());
        assertThat(width).isGreaterThan(150);
        for (int bar = 0; bar < 3; bar++) {
            String[] colour = MadeFiles.run("vips", "getpoint", shown.preview().toString(), Integer.toString(width / 2),
                    Integer.toString(height * (2 * bar + 1) / 6)).strip().split(" ");
            for (int other = 0; other < 3; other++) {
                if (other != bar) {
                    assertThat(Double.parseDouble(colour[bar])).as("bar " + bar).isGreaterThan(Double.parseDouble(colour[other]) + 60);
                }
            }
        }
    }

    private static void assertUpright(Shown shown) {
        assertThat(shown.facts().image().width()).isEqualTo(HEIGHT);
        assertThat(shown.facts().image().height()).isEqualTo(WIDTH);
        assertThat(shown.facts().image().orientation()).isEqualTo(TURN_RIGHT);
    }

    private static Path resized(Path picture, int width, int height) throws Exception {
        Path resized = folder.resolve("resized.v");
        MadeFiles.run("vips", "resize", picture.toString(), resized.toString(), Double.toString((double) width / MadeFiles.PATCHES_WIDTH),
                "--vscale", Double.toString((double) height / MadeFiles.PATCHES_HEIGHT));
        return resized;
    }
}
