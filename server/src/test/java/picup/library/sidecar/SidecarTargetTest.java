package picup.library.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picup.decoder.FileKind;
import picup.library.Stem;
import picup.library.sidecar.SidecarTarget.Fit;

class SidecarTargetTest {
    private static final String LONG = "Screenshot of a very long name that nobody wants to read.jpg";

    @ParameterizedTest
    @CsvSource({
        "IMG_1.jpg.xmp,                                     IMG_1.jpg,        NAME",
        "IMG_1.JPG.XMP,                                     img_1.jpg,        NAME",
        "IMG_1.xmp,                                         IMG_1.CR2,        STEM",
        "IMG_1.xmp,                                         IMG_1.jpg,        STEM",
        "Trip.2020.xmp,                                     Trip.2020.jpg,    STEM",
        "IMG_1.jpg.json,                                    IMG_1.jpg,        NAME",
        "IMG_1.json,                                        IMG_1.jpg,        STEM",
        "IMG_1.jpg(1).json,                                 IMG_1(1).jpg,     NAME",
        "IMG_1.jpg.supplemental-metadata.json,              IMG_1.jpg,        NAME",
        "IMG_1.jpg.supplemental-metadata(2).json,           IMG_1(2).jpg,     NAME",
        "IMG_1.jpg.suppl.json,                              IMG_1.jpg,        NAME",
        "IMG_1.jpg.s.json,                                  IMG_1.jpg,        NAME",
        "IMG_1.jpg..json,                                   IMG_1.jpg,        NAME",
        "IMG_1.jpg.json,                                    IMG_1-edited.jpg, EDITED",
        "IMG_1.jpg(1).json,                                 IMG_1-edited(1).jpg, EDITED",
        "IMG_1.jpg.json,                                    IMG_1-bearbeitet.jpg, EDITED",
        "IMG_1.jpg.json,                                    IMG_1-수정됨.jpg, EDITED",
        "PXL_20231006_063909898.LS.mp4.json,                PXL_20231006_063909898.LS.mp4, NAME"})
    void finds(String sidecar, String picture, Fit fit) {
        var kind = sidecar.toLowerCase(java.util.Locale.ROOT).endsWith("xmp") ? FileKind.XMP : FileKind.TAKEOUT;
        assertThat(SidecarTarget.of(kind, sidecar).fits(picture, null)).isEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource({
        "IMG_1.jpg.xmp,     IMG_1.CR2",
        "IMG_1.jpg.xmp,     IMG_10.jpg",
        "IMG_1.xmp,         IMG_1-edited.jpg",
        "IMG_1.jpg(1).json, IMG_1.jpg",
        "IMG_1.jpg.json,    IMG_1(1).jpg",
        "IMG_1.jpg.json,    IMG_1_1.jpg",
        "metadata.json,     IMG_1.jpg",
        "metadata.json,     metadata-of-mine.jpg",
        "IMG_1.jpg.supreme.json, IMG_1.jpg"})
    void leavesAlone(String sidecar, String picture) {
        var kind = sidecar.endsWith("xmp") ? FileKind.XMP : FileKind.TAKEOUT;
        assertThat(SidecarTarget.of(kind, sidecar).fits(picture, null)).isNull();
    }

    /// `.json` among them, Takeout's names have 51 characters.
    @Test
    void aNameThatWasCutFitsWhatBeginsSo() {
        var sidecar = SidecarTarget.of(FileKind.TAKEOUT, LONG.substring(0, 46) + ".json");
        assertThat(sidecar.fits(LONG, null)).isEqualTo(Fit.BEGINNING);
        assertThat(sidecar.fits(LONG.substring(0, 47) + ".jpg", null)).isEqualTo(Fit.BEGINNING);
        assertThat(sidecar.fits("Screenshot.jpg", null)).isNull();
        var second = SidecarTarget.of(FileKind.TAKEOUT, LONG.substring(0, 46) + "(1).json");
        assertThat(second.fits(LONG.substring(0, 47) + "(1).jpg", null)).isEqualTo(Fit.BEGINNING);
        assertThat(second.fits(LONG, null)).isNull();
    }

    @Test
    void theTitleKnowsWhatTheNameDoesNot() {
        var sidecar = SidecarTarget.of(FileKind.TAKEOUT, "export 17.json");
        var title = sidecar.titleKey("Ünter den Linden.jpg");
        assertThat(sidecar.fits("Ünter den Linden.JPG", title)).isEqualTo(Fit.TITLE);
        assertThat(sidecar.fits("U\u0308nter den Linden.JPG", title)).as("as macOS writes it").isEqualTo(Fit.TITLE);
        assertThat(SidecarTarget.of(FileKind.TAKEOUT, "DSC_0238.JPG(1).json").titleKey("DSC_0238.JPG")).as("the counter is no part of the title").isNull();
    }

    /// Whatever is looked up by the keys of a picture finds each sidecar that fits it, and the other way round.
    @Test
    void whatFitsIsFoundByItsKey() {
        var random = new Random(5);
        int fitting = 0;
        for (int i = 0; i < 20_000; i++) {
            var name = randomName(random);
            var sidecarName = sidecarOf(name, random);
            var kind = sidecarName.endsWith(".xmp") ? FileKind.XMP : FileKind.TAKEOUT;
            var target = SidecarTarget.of(kind, sidecarName);
            if (target.fits(name, null) == null) {
                continue;
            }
            fitting++;
            assertThat(SidecarTarget.keysOf(name)).as(sidecarName + " of " + name).contains(target.key());
            var stem = Stem.of(name);
            assertThat(target.stems(null).contains(stem) || target.cut() && stem.startsWith(target.text())).as(sidecarName + " of " + name).isTrue();
        }
        assertThat(fitting).isGreaterThan(15_000);
    }

    private static String randomName(Random random) {
        var name = new StringBuilder();
        int length = 1 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            name.append("abcÄé_- .수1".charAt(random.nextInt(11)));
        }
        return "x" + name + (random.nextInt(4) == 0 ? "-edited" : "") + (random.nextInt(4) == 0 ? "(" + random.nextInt(12) + ")" : "")
                + (random.nextBoolean() ? ".jpg" : ".HEIC");
    }

    private static String sidecarOf(String name, Random random) {
        int choice = random.nextInt(4);
        if (choice == 0) {
            return name + ".xmp";
        }
        if (choice == 1) {
            return SidecarTarget.stem(name) + ".xmp";
        }
        var unedited = name.replace("-edited", "");
        var counter = unedited.matches(".*\\(\\d+\\)\\.\\w+$") ? unedited.replaceAll(".*(\\(\\d+\\))\\.\\w+$", "$1") : "";
        var bare = counter.isEmpty() ? unedited : unedited.replace(counter + ".", ".");
        var whole = bare + (choice == 2 ? ".supplemental-metadata" : "");
        return whole.substring(0, Math.min(46, whole.length())) + counter + ".json";
    }
}
