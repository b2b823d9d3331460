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
import picup.decoder.Likeness;

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
                    double difference = Likeness.difference(first.resolve(rendition), out.resolve(rendition));
                    if (difference > 3) {
                        failures.add(rendition + " of orientation " + orientation + " differs by " + difference);
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void everyRealFileIsUpright() throws Exception {
        Path samples = Samples.folder("open").resolve("orientation");
        List<String> failures = new ArrayList<>();
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (String name : List.of("Landscape_%d.jpg", "Portrait_%d.jpg", "gen_png_%d.png", "gen_tif_%d.tif", "gen_webp_%d.webp")) {
                Shown first = Shown.by(pool, samples.resolve(name.formatted(1)), folder);
                for (int orientation = 2; orientation <= 8; orientation++) {
                    Shown other = Shown.by(pool, samples.resolve(name.formatted(orientation)), folder);
                    assertThat(other.facts().image().orientation()).isEqualTo(orientation);
                    // Whoever made these two turned them the wrong way: their pixels stand on their head, whoever shows them by EXIF.
                    boolean headDown = name.startsWith("gen_") && (orientation == 6 || orientation == 8);
                    differ(failures, name.formatted(orientation), headDown ? turnedOver(first) : first, other);
                }
            }
            Shown kimono = Shown.by(pool, samples.resolve("kimono.avif"), folder);
            for (String turned : List.of("kimono.rotate90.avif", "kimono.mirror-horizontal.avif")) {
                differ(failures, turned, kimono, Shown.by(pool, samples.resolve(turned), folder));
            }
        }
        assertThat(failures).isEmpty();
    }

    /// Pictures in HEIF are turned by properties of the container. What EXIF says besides is for other formats, and turning by
    /// it too would turn most pictures of phones twice.
    @Test
    void whereTheContainerTurnsExifDoesNot() throws Exception {
        Path photo = new MadeFiles(folder).patches("photo.png");
        Path tagged = folder.resolve("tagged.jpg");
        MadeFiles.run("vips", "jpegsave", photo.toString(), tagged.toString(), "--Q", "95");
        new MadeFiles(folder).tag(tagged, "-n", "-Orientation=6");
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")).withCount(1))) {
            for (String name : List.of("tagged.heic", "tagged.avif")) {
                Path file = folder.resolve(name);
                MadeFiles.run("vips", "heifsave", tagged.toString(), file.toString(), "--compression", name.endsWith("c") ? "hevc" : "av1", "--Q", "90");
                assertThat(MadeFiles.run("exiftool", "-n", "-s3", "-IFD0:Orientation", file.toString()).strip()).as("EXIF of " + name).isEqualTo("6");

                Shown shown = Shown.by(pool, file, folder);

                assertThat(shown.facts().image().orientation()).isEqualTo(1);
                assertThat(Likeness.difference(shown.preview(), photo)).as(name).isLessThan(4);
            }
        }
    }

    private Shown turnedOver(Shown shown) throws Exception {
        Path over = Files.createTempFile(folder, "over", ".png");
        MadeFiles.run("vips", "rot", shown.thumb().toString(), over.toString(), "d180");
        return new Shown(shown.facts(), over, over, shown.webp());
    }

    private static void differ(List<String> failures, String name, Shown first, Shown other) throws Exception {
        boolean sameSize = first.facts().image().width() == other.facts().image().width() && first.facts().image().height() == other.facts().image().height();
        double difference = sameSize ? Likeness.difference(first.thumb(), other.thumb()) : 255;
        if (difference > 6) {
            failures.add(name + " differs by " + difference);
        }
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
}
