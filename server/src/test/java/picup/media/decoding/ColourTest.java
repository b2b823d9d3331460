package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.Likeness;

/// The same twenty-four colours, said in other words: each has to look the same again. CIEDE2000 of 1 is what a trained eye
/// sees beside each other; a JPEG of quality 80 costs up to 1.5 of it by itself.
class ColourTest {

    private static final double JPEG = 2;

    @TempDir
    static Path folder;

    private static DecoderPool pool;
    private static Path patches;

    @BeforeAll
    static void makePatches() throws Exception {
        pool = new DecoderPool(DecoderSettings.defaults(Files.createDirectory(folder.resolve("work"))));
        patches = new MadeFiles(folder).patches("patches.png");
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void colourProfilesAreConverted() throws Exception {
        Path wide = folder.resolve("source.png");
        MadeFiles.run("vips", "icc_transform", patches.toString(), wide.toString(), "p3", "--input-profile", "srgb");
        assertThat(Likeness.deltaE(wide, patches, MadeFiles.PATCH_PX)).as("the numbers differ, or this proves nothing").isGreaterThan(JPEG + 1);
        for (String name : List.of("wide.jpg[Q=100]", "wide.png", "wide.tif", "wide.webp[lossless]", "wide.jxl[lossless]")) {
            MadeFiles.run("vips", "copy", wide.toString(), folder.resolve(name).toString());
            Shown shown = Shown.by(pool, folder.resolve(name.replaceAll("\\[.*", "")), folder);
            assertThat(Likeness.deltaE(shown.preview(), patches, MadeFiles.PATCH_PX)).as(name).isLessThan(JPEG);
            assertThat(Likeness.deltaE(shown.thumb(), shrunk(), 64)).as("thumb of " + name).isLessThan(JPEG + 1);
            if (!name.contains("jxl")) {
                assertThat(shown.facts().image().colourProfile()).as(name).isNotNull();
            }
        }
    }

    @Test
    void inksBecomeLight() throws Exception {
        Path inks = folder.resolve("inks.v");
        MadeFiles.run("vips", "icc_transform", patches.toString(), inks.toString(), "cmyk", "--input-profile", "srgb");
        // What the inks can't print is lost before Picup sees it: the reference is the way back by the same engine.
        Path reference = folder.resolve("reference.png");
        MadeFiles.run("vips", "icc_transform", inks.toString(), reference.toString(), "srgb", "--embedded");
        for (String name : List.of("inks.jpg[Q=100]", "inks.tif")) {
            MadeFiles.run("vips", "copy", inks.toString(), folder.resolve(name).toString());
            Shown shown = Shown.by(pool, folder.resolve(name.replaceAll("\\[.*", "")), folder);
            // libvips' `thumbnail` and its `icc_transform` differ by 3.7 in the mean of these patches, most in one saturated blue.
            assertThat(Likeness.deltaE(shown.preview(), reference, MadeFiles.PATCH_PX)).as(name).isLessThan(4);
        }
    }

    @Test
    void wideColoursOfAvifThatOnlyItsCodePointsTellAreConverted() throws Exception {
        Path wide = folder.resolve("p3.v");
        MadeFiles.run("vips", "icc_transform", patches.toString(), wide.toString(), "p3", "--input-profile", "srgb");
        Path numbers = folder.resolve("p3-numbers.png");
        MadeFiles.run("vips", "copy", wide.toString(), numbers + "[strip]");
        Path avif = avif("p3.avif", numbers, "scale=out_color_matrix=bt709:out_range=pc,format=yuv444p", "smpte432", "iec61966-2-1", "bt709");
        assertThat(Likeness.deltaE(Shown.by(pool, avif, folder).preview(), patches, MadeFiles.PATCH_PX)).isLessThan(JPEG + 1);
    }

    /// zimg makes the HDR, from the definitions of BT.2100: white paper at 203 cd/m². There is nothing brighter in it, so that
    /// nothing is to be bent and the colours have to come back as they were.
    @Test
    void ordinaryColoursInHdrLookOrdinary() throws Exception {
        Path avif = avif("pq.avif", patches,
                "zscale=tin=iec61966-2-1:pin=bt709:min=gbr:rin=pc:t=smpte2084:p=bt2020:m=bt2020nc:r=pc:npl=203,format=yuv444p10le",
                "bt2020", "smpte2084", "bt2020nc");
        Shown shown = Shown.by(pool, avif, folder);
        assertThat(shown.facts().image().hdr()).isTrue();
        assertThat(Likeness.deltaE(shown.preview(), patches, MadeFiles.PATCH_PX)).isLessThan(JPEG + 1);
    }

    @Test
    void whatIsBrighterThanPaperStaysBrighter() throws Exception {
        Path avif = avif("bright.avif", patches,
                "zscale=tin=iec61966-2-1:pin=bt709:min=gbr:rin=pc:t=smpte2084:p=bt2020:m=bt2020nc:r=pc:npl=1000,format=yuv444p10le",
                "bt2020", "smpte2084", "bt2020nc");
        Path preview = Shown.by(pool, avif, folder).preview();
        // The greys of the last row, from 4.4 times white down: told apart, in their order. The brightest is white, and the bend
        // leaves the next one 251 of 255: steps of two are what there is room for.
        double before = 258;
        for (int column = 0; column < 6; column++) {
            String[] colour = MadeFiles.run("vips", "getpoint", preview.toString(), Integer.toString(column * MadeFiles.PATCH_PX + 40), "280").strip().split(" ");
            double green = Double.parseDouble(colour[1]);
            assertThat(green).as("grey " + column).isLessThan(before - 2).isGreaterThan(60);
            before = green;
        }
    }

    @Test
    void opacityIsKeptAndOnlyWhereItIsUsed() throws Exception {
        Path half = folder.resolve("half.png");
        MadeFiles.run("vips", "bandjoin_const", patches.toString(), half.toString(), "128");
        Path full = folder.resolve("full.png");
        MadeFiles.run("vips", "bandjoin_const", patches.toString(), full.toString(), "255");
        assertThat(Shown.by(pool, full, folder).webp()).as("opacity of 255 everywhere").isFalse();
        for (String name : List.of("half.png", "half.webp[lossless]", "half.tif", "half.jxl[lossless]", "half.avif[lossless,effort=1]")) {
            Path file = folder.resolve(name.replaceAll("\\[.*", ""));
            if (!file.equals(half)) {
                MadeFiles.run("vips", "copy", half.toString(), folder.resolve(name).toString());
            }
            Shown shown = Shown.by(pool, file, folder);
            assertThat(shown.webp()).as(name).isTrue();
            String[] pixel = MadeFiles.run("vips", "getpoint", shown.preview().toString(), "40", "40").strip().split(" ");
            assertThat(pixel).as(name).hasSize(4);
            assertThat(Double.parseDouble(pixel[3])).as(name).isBetween(126.0, 130.0);
            assertThat(Double.parseDouble(pixel[0])).as(name).isBetween(105.0, 125.0);
        }
    }

    @Test
    void gainMapsAndCurvesAreHdrAndNothingElseIs() throws Exception {
        Path samples = Samples.folder("open");
        for (String name : List.of("ultrahdr/ultrahdr.jpg", "ultrahdr/apple_gainmap_new.jpg", "avif/colors_hdr_p3.avif", "avif/colors_hdr_rec2020.avif",
                "avif/color_grid_gainmap_different_grid.avif")) {
            assertThat(Shown.by(pool, samples.resolve(name), folder).facts().image().hdr()).as(name).isTrue();
        }
        for (String name : List.of("avif/colors_sdr_srgb.avif", "avif/fox.profile0.10bpc.yuv420.avif", "misc-image/ignore_frame_size.mpo",
                "heic/IMG_2682.heic")) {
            assertThat(Shown.by(pool, samples.resolve(name), folder).facts().image().hdr()).as(name).isFalse();
        }
    }

    private static Path avif(String name, Path from, String filter, String primaries, String transfer, String matrix) throws Exception {
        return new MadeFiles(folder).video(name, Stream.of("-i", from.toString(), "-vf", filter, "-frames:v", "1", "-c:v", "libaom-av1", "-still-picture", "1",
                "-cpu-used", "8", "-crf", "4", "-color_primaries", primaries, "-color_trc", transfer, "-colorspace", matrix, "-color_range", "pc",
                "-f", "avif").toArray(String[]::new));
    }

    private static Path shrunk() throws Exception {
        Path shrunk = folder.resolve("shrunk.png");
        MadeFiles.run("vips", "resize", patches.toString(), shrunk.toString(), "0.8");
        return shrunk;
    }
}
