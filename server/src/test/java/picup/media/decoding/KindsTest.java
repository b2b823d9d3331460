package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.Likeness;

/// Every kind of still, in every shape that a tool here can make: each has to look like the picture it was made from. (Real ones are in `CorpusTest`.)
class KindsTest {

    @TempDir
    static Path folder;

    private static DecoderPool pool;
    private static Path picture;

    @BeforeAll
    static void makeAPicture() throws Exception {
        pool = new DecoderPool(DecoderSettings.defaults(Files.createDirectory(folder.resolve("work"))));
        picture = new MadeFiles(folder).patches("picture.png");
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void whatVipsWritesIsShownAsItWas() throws Exception {
        Map<String, String[]> shapes = new TreeMap<>();
        shapes.put("plain.jpg", new String[] {"jpegsave", "--Q", "95"});
        shapes.put("progressive.jpg", new String[] {"jpegsave", "--Q", "95", "--interlace"});
        shapes.put("plain.png", new String[] {"pngsave"});
        shapes.put("interlaced.png", new String[] {"pngsave", "--interlace"});
        shapes.put("few-colours.png", new String[] {"pngsave", "--palette"});
        shapes.put("plain.webp", new String[] {"webpsave", "--Q", "95"});
        shapes.put("lossless.webp", new String[] {"webpsave", "--lossless"});
        shapes.put("plain.gif", new String[] {"gifsave"});
        shapes.put("plain.tif", new String[] {"tiffsave"});
        shapes.put("tiled.tif", new String[] {"tiffsave", "--tile", "--compression", "deflate"});
        shapes.put("big.tif", new String[] {"tiffsave", "--bigtiff", "--compression", "lzw"});
        shapes.put("pyramid.tif", new String[] {"tiffsave", "--tile", "--pyramid", "--tile-width", "64", "--tile-height", "64"});
        shapes.put("jpeg.tif", new String[] {"tiffsave", "--compression", "jpeg", "--Q", "95"});
        shapes.put("plain.jp2", new String[] {"jp2ksave", "--Q", "60"});
        shapes.put("plain.heic", new String[] {"heifsave", "--compression", "hevc", "--Q", "90"});
        shapes.put("plain.avif", new String[] {"heifsave", "--compression", "av1", "--Q", "90", "--effort", "1"});
        shapes.put("plain.jxl", new String[] {"jxlsave", "--distance", "0.5"});
        for (Map.Entry<String, String[]> shape : shapes.entrySet()) {
            Path file = folder.resolve(shape.getKey());
            String[] how = shape.getValue();
            MadeFiles.run(Stream.concat(Stream.of("vips", how[0], picture.toString(), file.toString()), Stream.of(how).skip(1)).toArray(String[]::new));
            assertLooksLikeThePicture(file, shape.getKey().equals("plain.gif") ? 8 : 4);
        }
    }

    @Test
    void sixteenBitsAndFloatsAreShownAsTheyWere() throws Exception {
        Path sixteen = folder.resolve("sixteen.v");
        MadeFiles.run("vips", "colourspace", picture.toString(), sixteen.toString(), "rgb16");
        for (String name : List.of("sixteen.png", "sixteen.tif", "sixteen.jxl", "sixteen.jp2")) {
            MadeFiles.run("vips", "copy", sixteen.toString(), folder.resolve(name).toString());
            assertLooksLikeThePicture(folder.resolve(name), 4);
        }
        Path linear = folder.resolve("linear.v");
        MadeFiles.run("vips", "colourspace", picture.toString(), linear.toString(), "scrgb");
        MadeFiles.run("vips", "copy", linear.toString(), folder.resolve("linear.tif").toString());
        assertLooksLikeThePicture(folder.resolve("linear.tif"), 4);
    }

    @Test
    void bitmapsAndIconsOfEveryDepthAreShownAsTheyWere() throws Exception {
        MadeFiles made = new MadeFiles(folder);
        for (String depth : List.of("bgr24", "bgra", "rgb565le", "rgb555le", "pal8")) {
            assertLooksLikeThePicture(made.video(depth + ".bmp", "-i", picture.toString(), "-pix_fmt", depth), depth.startsWith("rgb5") ? 6 : depth.equals("pal8") ? 20 : 4);
        }
        Path icon = made.video("large.ico", "-i", picture.toString(), "-vf", "scale=240:160:flags=neighbor", "-c:v", "bmp", "-pix_fmt", "bgra");
        Path small = folder.resolve("small.png");
        MadeFiles.run("vips", "shrink", picture.toString(), small.toString(), "2", "2");
        assertThat(Likeness.difference(Shown.by(pool, icon, folder).preview(), small)).isLessThan(5);
    }

    @Test
    void runLengthsOfOldBitmapsAreUnpacked() throws Exception {
        // In squares of 16 pixels, each a block of the JPEG, 4 × 2 of them, bottom row first: four of colour 1; then 2, 0, a jump, 2.
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        for (int y = 0; y < 32; y++) {
            runs.writeBytes(y < 16 ? new byte[] {64, 1, 0, 0} : new byte[] {16, 2, 16, 0, 0, 2, 16, 0, 16, 2, 0, 0});
        }
        runs.writeBytes(new byte[] {0, 1});
        Path file = folder.resolve("runs.bmp");
        Files.write(file, MadeStills.bitmap8(64, 32, 1, runs.toByteArray(), 0x000000, 0xff0000, 0x0000ff));
        Path expected = folder.resolve("runs.png");
        Files.write(folder.resolve("runs.rgb"), new byte[] {
            0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, -1,
            -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0});
        MadeFiles.run("vips", "rawload", folder.resolve("runs.rgb").toString(), folder.resolve("runs.v").toString(), "4", "2", "3");
        MadeFiles.run("vips", "zoom", folder.resolve("runs.v").toString(), folder.resolve("squares.v").toString(), "16", "16");
        MadeFiles.run("vips", "copy", folder.resolve("squares.v").toString(), expected.toString(), "--interpretation", "srgb");
        assertThat(Likeness.difference(Shown.by(pool, file, folder).preview(), expected)).isLessThan(4);
    }

    @Test
    void aPhotoshopDocumentShowsItsPictureAndTakesNoSelectionForOpacity() throws Exception {
        byte[] rgb = Files.readAllBytes(rawPicture());
        for (boolean packed : new boolean[] {false, true}) {
            Path file = folder.resolve("document-" + packed + ".psd");
            Files.write(file, MadeStills.photoshop(MadeFiles.PATCHES_WIDTH, MadeFiles.PATCHES_HEIGHT, rgb, packed, false));
            assertLooksLikeThePicture(file, 4);
        }
        Path layered = folder.resolve("transparent.psd");
        Files.write(layered, MadeStills.photoshop(MadeFiles.PATCHES_WIDTH, MadeFiles.PATCHES_HEIGHT, rgb, true, true));
        assertThat(Shown.by(pool, layered, folder).webp()).as("a layer's opacity").isTrue();
    }

    @Test
    void jpegsThatNoBrowserShowsAreRefusedWithTheReason() throws Exception {
        byte[] jpeg = Files.readAllBytes(new MadeFiles(folder).jpeg("eight.jpg", 64, 64));
        int frame = MadeStills.indexOf(jpeg, (byte) 0xff, (byte) 0xc0);
        byte[] twelve = jpeg.clone();
        twelve[frame + 4] = 12;
        byte[] lossless = jpeg.clone();
        lossless[frame + 1] = (byte) 0xc3;
        assertRefused(Files.write(folder.resolve("twelve.jpg"), twelve), DecodeAnswer.Reason.UNSUPPORTED, "12 bits");
        assertRefused(Files.write(folder.resolve("lossless.jpg"), lossless), DecodeAnswer.Reason.UNSUPPORTED, "lossless");
    }

    @Test
    void headersThatLieAboutTheirSizeAreRefusedBeforeAnythingIsDecoded() throws Exception {
        byte[] nothing = new byte[64];
        assertRefused(Files.write(folder.resolve("bomb.bmp"), MadeStills.bitmap8(60_000, 60_000, 0, nothing, 0)), DecodeAnswer.Reason.TOO_MANY_PIXELS, "MB to decode");
        assertRefused(Files.write(folder.resolve("empty.bmp"), MadeStills.bitmap8(5_000, 5_000, 0, nothing, 0)), DecodeAnswer.Reason.UNREADABLE, "missing");
        assertRefused(Files.write(folder.resolve("bomb.psd"), MadeStills.photoshop(60_000, 60_000, new byte[0], false, false)),
                DecodeAnswer.Reason.TOO_MANY_PIXELS, "MB to decode");
        assertRefused(Files.write(folder.resolve("empty.psd"), MadeStills.photoshop(3_000, 3_000, new byte[0], false, false)),
                DecodeAnswer.Reason.UNREADABLE, "missing");
    }

    private static Path rawPicture() throws Exception {
        Path raw = folder.resolve("picture.rgb");
        MadeFiles.run("vips", "rawsave", picture.toString(), raw.toString());
        return raw;
    }

    private static void assertLooksLikeThePicture(Path file, double tolerance) throws Exception {
        Shown shown = Shown.by(pool, file, folder);
        assertThat(shown.facts().image().width()).as(file.toString()).isEqualTo(MadeFiles.PATCHES_WIDTH);
        assertThat(shown.facts().image().height()).as(file.toString()).isEqualTo(MadeFiles.PATCHES_HEIGHT);
        assertThat(shown.webp()).as(file + " has opacity that isn't there").isFalse();
        assertThat(Likeness.difference(shown.preview(), picture)).as(file.toString()).isLessThan(tolerance);
    }

    private static void assertRefused(Path file, DecodeAnswer.Reason reason, String why) throws Exception {
        assertThat(Shown.answer(pool, file, folder)).isInstanceOfSatisfying(DecodeAnswer.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).contains(why);
        });
    }
}
