package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

/// Photos with a video inside, as Google's and Samsung's phones make them, and photos that lie about it.
class MotionPhotoTest {

    @TempDir
    static Path work;

    @TempDir
    Path folder;

    private static DecoderPool pool;
    private Path out;
    private MadeFiles made;

    @BeforeAll
    static void startPool() {
        pool = new DecoderPool(DecoderSettings.defaults(work));
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @BeforeEach
    void makeFolder() throws Exception {
        out = Files.createDirectory(folder.resolve("out"));
        made = new MadeFiles(folder);
    }

    @Test
    void phonesPhotosGiveUpTheirVideo() throws Exception {
        Path photos = Samples.folder("open").resolve("motionphoto");
        assertMoves(photos.resolve("PXL_20200710_061629144.MP.jpg"), 1024, 768);
        assertMoves(photos.resolve("MVIMG_20180503_142501.jpg"), 854, 480);
        assertMoves(photos.resolve("20200101_120000.jpg"), 854, 480);
    }

    @Test
    void whatWasCutOffOrIsNoVideoIsAPhotoAllTheSame() throws Exception {
        Path open = Samples.folder("open");
        for (String still : new String[] {"motionphoto/non-motion-photo-shortened.jpg", "motionphoto/pixel-motion-photo-shortened.jpg",
            "motionphoto/ss-motion-photo-shortened.jpg", "ultrahdr/ultrahdr.jpg", "ultrahdr/apple_gainmap_new.jpg", "panorama/motion2.jpg"}) {
            assertStandsStill(open.resolve(still));
        }
    }

    @Test
    void theVideoIsFoundByTheDistanceFromTheEnd() throws Exception {
        byte[] video = video();
        assertMoves(photo(with(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=" + video.length), video)), 320, 240);
    }

    @Test
    void theVideoIsFoundAmongTheParts() throws Exception {
        byte[] video = video();
        byte[] gainMap = Files.readAllBytes(made.jpeg("gain.jpg", 64, 48));
        String parts = item("image/jpeg", "Primary", 0) + item("image/jpeg", "GainMap", gainMap.length) + item("video/mp4", "MotionPhoto", video.length);
        assertMoves(photo(with(stillWithParts(parts), gainMap, video)), 320, 240);
    }

    @Test
    void aGainMapIsNoVideo() throws Exception {
        byte[] gainMap = Files.readAllBytes(made.jpeg("gain.jpg", 64, 48));
        String parts = item("image/jpeg", "Primary", 0) + item("image/jpeg", "GainMap", gainMap.length);
        assertStandsStill(photo(with(stillWithParts(parts), gainMap)));
    }

    @Test
    void theVideoIsFoundInSamsungsTrailer() throws Exception {
        byte[] video = video();
        assertMoves(photo(samsung(video, video.length)), 320, 240);
    }

    @Test
    void theVideoIsFoundInABoxOfItsOwn() throws Exception {
        Path jpeg = made.jpeg("still.jpg", 320, 240);
        Path avif = folder.resolve("still.avif");
        MadeFiles.run("vips", "heifsave", jpeg.toString(), avif.toString(), "--compression", "av1", "--effort", "0");
        Path photo = folder.resolve("boxed.avif");
        Files.write(photo, with(Files.readAllBytes(avif), MadeBoxes.box("mpvd", video())));
        assertMoves(photo, 320, 240);
    }

    /// Programs that change a picture forget to change the distances.
    @Test
    void aWrongDistanceIsMadeGoodBySearching() throws Exception {
        byte[] video = video();
        assertMoves(photo(with(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=" + (video.length - 100)), video)), 320, 240);
    }

    @Test
    void liesAboutAVideoCostNothingButTheVideo() throws Exception {
        byte[] video = video();
        assertStandsStill(photo(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=99999999999")));
        assertStandsStill(photo(with(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=2000"), new byte[2000])));
        assertStandsStill(photo(with(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=400"), Arrays.copyOf(video, 400))));
        byte[] claimsMore = samsung(video, 0x7fffffff);
        Arrays.fill(claimsMore, claimsMore.length - 16, claimsMore.length - 8, (byte) 0xff);
        assertThat(render(photo(claimsMore)).renditions()).extracting(RenditionFile::name).contains(RenditionFile.Name.THUMB);
    }

    /// Where the photo was taken is in the video, too.
    @Test
    void theRenditionDoesNotTellWhereItWasTaken() throws Exception {
        Path tagged = made.video("place.mov", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=0.4:r=10", "-c:v", "libx264", "-pix_fmt", "yuv420p",
                "-metadata", "location=+48.2000+016.3000/");
        byte[] video = Files.readAllBytes(tagged);
        assertThat(new String(video, StandardCharsets.ISO_8859_1)).contains("+48.2000");
        Path photo = photo(with(still("-XMP-GCamera:MicroVideo=1", "-XMP-GCamera:MicroVideoOffset=" + video.length), video));
        assertMoves(photo, 320, 240);
        assertThat(Files.readString(out.resolve("motion.mp4"), StandardCharsets.ISO_8859_1)).doesNotContain("+48.2000");
    }

    private byte[] video() throws Exception {
        return Files.readAllBytes(made.video("inside.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=0.4:r=10", "-c:v", "libx264", "-pix_fmt", "yuv420p"));
    }

    private byte[] still(String... tags) throws Exception {
        Path photo = made.jpeg("still.jpg", 320, 240);
        made.tag(photo, tags);
        return Files.readAllBytes(photo);
    }

    private byte[] stillWithParts(String parts) throws Exception {
        Path packet = Files.writeString(folder.resolve("parts.xmp"), """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:C="http://ns.google.com/photos/1.0/container/"
                xmlns:I="http://ns.google.com/photos/1.0/container/item/" GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1">
                <C:Directory><rdf:Seq>%s</rdf:Seq></C:Directory></rdf:Description></rdf:RDF></x:xmpmeta>
                """.formatted(parts));
        return still("-xmp<=" + packet);
    }

    private static String item(String mime, String semantic, int length) {
        return "<rdf:li rdf:parseType=\"Resource\"><C:Item I:Mime=\"%s\" I:Semantic=\"%s\" I:Length=\"%d\" I:Padding=\"0\"/></rdf:li>"
                .formatted(mime, semantic, length);
    }

    private byte[] samsung(byte[] video, int size) throws Exception {
        byte[] name = "MotionPhoto_Data".getBytes(StandardCharsets.ISO_8859_1);
        byte[] block = ByteBuffer.allocate(8 + name.length + video.length).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0a300000).putInt(name.length).put(name).put(video).array();
        byte[] directory = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).put("SEFH".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(106).putInt(1).putInt(0x0a300000).putInt(block.length).putInt(size == video.length ? block.length : size)
                .putInt(24).put("SEFT".getBytes(StandardCharsets.ISO_8859_1)).array();
        return with(Files.readAllBytes(made.jpeg("samsung.jpg", 320, 240)), block, directory);
    }

    private static byte[] with(byte[]... parts) {
        return MadeBoxes.joined(parts);
    }

    private Path photo(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("photo.jpg"), bytes);
    }

    private void assertMoves(Path photo, int width, int height) throws Exception {
        assertThat(render(photo).renditions()).as(photo.toString()).filteredOn(file -> file.name() == RenditionFile.Name.MOTION).singleElement()
                .satisfies(motion -> {
                    assertThat(motion.width()).isEqualTo(width);
                    assertThat(motion.height()).isEqualTo(height);
                });
        Path again = Files.createDirectories(folder.resolve("again"));
        assertThat(pool.decode(DecodeRequest.facts(out.resolve("motion.mp4"), again, FileKind.MP4)))
                .isInstanceOfSatisfying(DecodeAnswer.Decoded.class, decoded -> assertThat(decoded.facts().clip().playableAsIs()).isTrue());
    }

    private void assertStandsStill(Path photo) throws Exception {
        assertThat(render(photo).renditions()).as(photo.toString()).extracting(RenditionFile::name)
                .contains(RenditionFile.Name.THUMB).doesNotContain(RenditionFile.Name.MOTION);
    }

    private DecodeAnswer.Decoded render(Path photo) throws Exception {
        Optional<FileKind> kind = Samples.kind(photo);
        DecodeAnswer answer = pool.decode(DecodeRequest.render(photo, out, kind.orElseThrow()));
        assertThat(answer).as(photo.toString()).isInstanceOf(DecodeAnswer.Decoded.class);
        return (DecodeAnswer.Decoded) answer;
    }
}
