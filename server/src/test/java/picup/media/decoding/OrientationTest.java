package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;

/// All eight ways to hold a camera, by comparing pixels: a size alone doesn't tell a picture from its mirror image.
class OrientationTest {

    /// For each orientation, what a camera held that way has stored, made from the upright picture (EXIF 2.32, tag 274).
    private static final List<List<String>> STORED = List.of(
            List.of(), List.of("flip horizontal"), List.of("rot d180"), List.of("flip vertical"),
            List.of("rot d90", "flip horizontal"), List.of("rot d270"), List.of("rot d270", "flip horizontal"), List.of("rot d90"));

    @TempDir
    Path folder;

    @Test
    void allEightOrientationsShowTheSamePicture() throws Exception {
        Path upright = folder.resolve("upright.v");
        MadeFiles.run("vips", "xyz", folder.resolve("xy.v").toString(), "600", "400");
        MadeFiles.run("vips", "cast", folder.resolve("xy.v").toString(), folder.resolve("ramp.v").toString(), "uchar");
        MadeFiles.run("vips", "bandjoin_const", folder.resolve("ramp.v").toString(), folder.resolve("rgb.v").toString(), "90");
        MadeFiles.run("vips", "copy", folder.resolve("rgb.v").toString(), upright.toString(), "--interpretation", "srgb");
        List<String> failures = new ArrayList<>();
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")).withCount(1))) {
            Path first = null;
            for (int orientation = 1; orientation <= 8; orientation++) {
                Path photo = stored(upright, orientation);
                Path out = Files.createDirectory(folder.resolve("out" + orientation));
                DecodeAnswer answer = pool.decode(DecodeRequest.render(photo, out, FileKind.JPEG));
                assertThat(answer).isInstanceOfSatisfying(DecodeAnswer.Decoded.class, decoded -> {
                    assertThat(decoded.facts().image().width()).isEqualTo(600);
                    assertThat(decoded.facts().image().height()).isEqualTo(400);
                });
                first = first == null ? out : first;
                for (String rendition : List.of("preview", "thumb")) {
                    double difference = difference(first.resolve(rendition), out.resolve(rendition));
                    if (difference > 3) {
                        failures.add(rendition + " of orientation " + orientation + " differs by " + difference);
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private Path stored(Path upright, int orientation) throws Exception {
        Path now = upright;
        for (String step : STORED.get(orientation - 1)) {
            Path next = folder.resolve(orientation + "-" + step.replace(' ', '-') + ".v");
            String[] words = step.split(" ");
            MadeFiles.run("vips", words[0], now.toString(), next.toString(), words[1]);
            now = next;
        }
        Path photo = folder.resolve("photo" + orientation + ".jpg");
        MadeFiles.run("vips", "jpegsave", now.toString(), photo.toString(), "--Q", "95");
        new MadeFiles(folder).tag(photo, "-n", "-Orientation=" + orientation);
        return photo;
    }

    private double difference(Path one, Path other) throws Exception {
        Path subtracted = folder.resolve("difference.v");
        Path absolute = folder.resolve("absolute.v");
        MadeFiles.run("vips", "subtract", one.toString(), other.toString(), subtracted.toString());
        MadeFiles.run("vips", "abs", subtracted.toString(), absolute.toString());
        return Double.parseDouble(MadeFiles.run("vips", "avg", absolute.toString()).strip());
    }
}
