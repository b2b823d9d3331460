package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;

/// The same facts in files of different kinds, which different readers read, must come out the same.
class FactsTest {

    private static final String[] TAGS = {
        "-EXIF:DateTimeOriginal=2024:07:01 12:00:00", "-EXIF:SubSecTimeOriginal=250", "-EXIF:GPSLatitude=27.7172", "-EXIF:GPSLatitudeRef=N",
        "-EXIF:GPSLongitude=85.324", "-EXIF:GPSLongitudeRef=E", "-EXIF:GPSAltitude=1400", "-EXIF:GPSAltitudeRef=0",
        "-EXIF:Make=Picup", "-EXIF:Model=One", "-EXIF:LensModel=Glass 35mm", "-EXIF:ISO=200", "-EXIF:FNumber=2.8", "-EXIF:ImageDescription=OLYMPUS DIGITAL CAMERA",
        "-XMP-microsoft:RatingPercent=75", "-XMP-dc:Description=The <b>hills</b>, & \"more\"", "-XMP-dc:Subject=hill", "-XMP-dc:Subject=Nepal",
        "-XMP-lr:HierarchicalSubject=Places|Asia|Nepal", "-IPTC:Keywords=hill", "-IPTC:Keywords=summer",
        "-XMP-mwg-rs:RegionInfo={AppliedToDimensions={W=400,H=200,Unit=pixel},RegionList=[{Name=Ann,Type=Face,Area={X=0.25,Y=0.1,W=0.2,H=0.1,Unit=normalized}}]}",
        "-XMP-GPano:ProjectionType=equirectangular", "-XMP-GPano:FullPanoWidthPixels=800", "-XMP-GPano:FullPanoHeightPixels=400",
        "-XMP-GPano:CroppedAreaLeftPixels=100", "-XMP-GPano:CroppedAreaTopPixels=50", "-XMP-GPano:CroppedAreaImageWidthPixels=400",
        "-XMP-GPano:CroppedAreaImageHeightPixels=200"};

    @TempDir
    static Path folder;

    private static DecoderPool pool;
    private static MadeFiles made;

    @BeforeAll
    static void start() throws IOException {
        pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")));
        made = new MadeFiles(folder);
        Files.createDirectory(folder.resolve("out"));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void everyReaderFindsTheSame() throws Exception {
        Path jpeg = made.jpeg("photo.jpg", 400, 200);
        Path tiff = folder.resolve("photo.tif");
        MadeFiles.run("vips", "copy", jpeg.toString(), tiff.toString());
        made.tag(jpeg, TAGS);
        made.tag(tiff, TAGS);
        Facts inJpeg = facts(jpeg, FileKind.JPEG);
        Facts inTiff = facts(tiff, FileKind.TIFF);

        assertThat(inJpeg.taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2024, 7, 1, 12, 0, 0, 250_000_000), 20_700, "EXIF:DateTimeOriginal"));
        assertThat(inJpeg.place().latitude()).isCloseTo(27.7172, within(1e-5));
        assertThat(inJpeg.place().altitudeMetres()).isEqualTo(1400);
        assertThat(inJpeg.camera()).isEqualTo(new Facts.Camera("Picup", "One", "Glass 35mm", 200, null, 2.8, null));
        assertThat(inJpeg.words().rating()).isEqualTo(4);
        assertThat(inJpeg.words().description()).isEqualTo("The <b>hills</b>, & \"more\"");
        assertThat(inJpeg.words().tags()).containsExactly("Places|Asia|Nepal", "hill", "summer");
        assertThat(inJpeg.words().faces()).containsExactly(new Facts.Face("Ann", 0.25, 0.1, 0.2, 0.1));
        assertThat(inJpeg.image().panorama()).isEqualTo(new Facts.Panorama(Facts.Panorama.Projection.EQUIRECTANGULAR, 800, 400, 100, 50, null));

        assertThat(inTiff.taken()).isEqualTo(inJpeg.taken());
        assertThat(inTiff.place().latitude()).isCloseTo(inJpeg.place().latitude(), within(1e-9));
        assertThat(inTiff.camera()).isEqualTo(inJpeg.camera());
        assertThat(inTiff.words()).isEqualTo(inJpeg.words());
        assertThat(inTiff.image().panorama()).isEqualTo(inJpeg.image().panorama());
    }

    @Test
    void facesOfATurnedPictureLieWhereItIsShown() throws Exception {
        Path jpeg = made.jpeg("turned.jpg", 400, 200);
        made.tag(jpeg, TAGS);
        made.tag(jpeg, "-n", "-EXIF:Orientation=6");
        assertThat(facts(jpeg, FileKind.JPEG).words().faces()).containsExactly(new Facts.Face("Ann", 0.9, 0.25, 0.1, 0.2));
    }

    /// libvips shows the half that is there; the reader of the other kinds gives up at the end of the file.
    @Test
    void whatBreaksOffStillSaysWhatStandsInFront() throws Exception {
        Path png = folder.resolve("half.png");
        MadeFiles.run("vips", "pngsave", made.jpeg("whole.jpg", 400, 200).toString(), png.toString(), "--strip");
        made.tag(png, "-EXIF:Make=Picup", "-EXIF:DateTimeOriginal=2024:07:01 12:00:00");
        byte[] bytes = Files.readAllBytes(png);
        Files.write(png, Arrays.copyOf(bytes, bytes.length / 2));
        Facts facts = facts(png, FileKind.PNG);
        assertThat(facts.camera().make()).isEqualTo("Picup");
        assertThat(facts.taken().at()).isEqualTo(LocalDateTime.of(2024, 7, 1, 12, 0));
    }

    @Test
    void sidecarsAreDescribedByADecoder() throws Exception {
        Path xmp = folder.resolve("photo.xmp");
        made.tag(made.jpeg("beside.jpg", 40, 20), TAGS);
        MadeFiles.run("exiftool", "-q", "-tagsFromFile", folder.resolve("beside.jpg").toString(), "-XMP:all", xmp.toString());
        SidecarFacts facts = described(xmp, FileKind.XMP);
        assertThat(facts.words().tags()).containsExactly("Places|Asia|Nepal", "hill");
        assertThat(facts.words().rating()).isEqualTo(4);

        Path json = Files.writeString(folder.resolve("photo.json"), """
                {"title": "photo.jpg", "photoTakenTime": {"timestamp": "1696573800"}, "geoData": {"latitude": 0, "longitude": 0}}""");
        assertThat(described(json, FileKind.TAKEOUT).taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2023, 10, 6, 6, 30), 0, "Takeout:photoTakenTime"));

        Path broken = Files.write(folder.resolve("broken.json"), "{\"title\": \"a\", \"photoTakenTime\": ".getBytes(StandardCharsets.UTF_8));
        assertThat(pool.decode(DecodeRequest.describe(broken, folder.resolve("out"), FileKind.TAKEOUT)))
                .isInstanceOfSatisfying(DecodeAnswer.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(DecodeAnswer.Reason.UNREADABLE));
    }

    private static Facts facts(Path file, FileKind kind) throws Exception {
        var answer = pool.decode(DecodeRequest.facts(file, folder.resolve("out"), kind));
        assertThat(answer).isInstanceOf(DecodeAnswer.Decoded.class);
        return ((DecodeAnswer.Decoded) answer).facts();
    }

    private static SidecarFacts described(Path file, FileKind kind) throws Exception {
        var answer = pool.decode(DecodeRequest.describe(file, folder.resolve("out"), kind));
        assertThat(answer).isInstanceOf(DecodeAnswer.Described.class);
        return ((DecodeAnswer.Described) answer).facts();
    }
}
