package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

/// Videos made by ffmpeg, as phones and cameras make them.
class VideoTest {

    private static final String[] PATTERN = {"-f", "lavfi", "-i", "testsrc2=s=640x360:d=2:r=25"};
    private static final String[] SOUND = {"-f", "lavfi", "-i", "sine=d=2"};

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
    void aPosterIsNotTheBlackOfTheBeginning() throws Exception {
        Path video = made.video("fade.mp4", "-f", "lavfi", "-i", "color=black:s=640x360:d=2", "-f", "lavfi", "-i", "color=white:s=640x360:d=2",
                "-filter_complex", "[0][1]concat", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        decoded(DecodeRequest.render(video, out, FileKind.MP4));
        assertThat(Double.parseDouble(MadeFiles.run("vips", "avg", out.resolve("thumb").toString()).strip())).isGreaterThan(100);
    }

    @Test
    void aVideoThatPlaysEverywhereIsLeftAloneButForAGlimpseOfIt() throws Exception {
        Path video = made.video("ready.mp4", with(PATTERN, SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"));
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(video, out, FileKind.MP4));
        assertThat(answer.renditions()).extracting(RenditionFile::name).containsExactly(RenditionFile.Name.HOVER);
        assertThat(clip(answer).playableAsIs()).isTrue();
    }

    @Test
    void anIndexAtTheEndIsMovedToTheFrontAndATurnIsKept() throws Exception {
        Path flat = made.video("flat.mov", with(PATTERN, SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"));
        Path turned = made.video("turned.mov", "-i", flat.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90");
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(turned, out, FileKind.MOV));
        assertThat(answer.facts().image().width()).isEqualTo(360);
        assertThat(answer.renditions()).extracting(RenditionFile::name, RenditionFile::width, RenditionFile::height)
                .containsExactly(tuple(RenditionFile.Name.VIDEO, 360, 640), tuple(RenditionFile.Name.HOVER, 320, 568));
        assertPlayable();
    }

    @Test
    void whatNoBrowserPlaysIsEncodedAnewAtASizeForPhones() throws Exception {
        Path video = made.video("hevc.mov", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:d=1:r=10", "-c:v", "libx265", "-x265-params", "log-level=none",
                "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-color_trc", "arib-std-b67", "-color_primaries", "bt2020", "-colorspace", "bt2020nc");
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(video, out, FileKind.MOV));
        assertThat(answer.facts().image().hdr()).isTrue();
        assertThat(answer.renditions()).extracting(RenditionFile::height).containsExactly(720, 320);
        assertPlayable();
    }

    @Test
    void thePhonesOwnClockGoesBeforeTheUtcOfTheTrack() throws Exception {
        Path video = made.video("clock.mov", with(PATTERN, SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p"));
        made.tag(video, "-QuickTime:CreateDate=2024:01:02 03:04:05");
        assertThat(decoded(DecodeRequest.render(video, out, FileKind.MOV)).facts().taken())
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2024, 1, 2, 3, 4, 5), 0, "QuickTime:CreateDate"));
        made.tag(video, "-Keys:CreationDate=2024:01:02 12:04:05+09:00");
        assertThat(decoded(DecodeRequest.render(video, out, FileKind.MOV)).facts().taken())
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2024, 1, 2, 12, 4, 5), 9 * 3600, "QuickTime:CreationDate"));
    }

    @Test
    void soundWithoutAPictureIsRefused() throws Exception {
        Path sound = made.video("sound.mov", with(SOUND, new String[0], "-c:a", "aac"));
        assertThat(pool.decode(DecodeRequest.render(sound, out, FileKind.MOV)))
                .isInstanceOfSatisfying(DecodeAnswer.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(DecodeAnswer.Reason.NO_PICTURE));
    }

    private void assertPlayable() throws Exception {
        Path video = out.resolve("video.mp4");
        Path again = Files.createDirectory(folder.resolve("again"));
        assertThat(clip(decoded(DecodeRequest.playable(video, again, FileKind.MP4))).playableAsIs()).isTrue();
    }

    private static Facts.Clip clip(DecodeAnswer.Decoded answer) {
        assertThat(answer.facts().clip()).isNotNull();
        return answer.facts().clip();
    }

    private static DecodeAnswer.Decoded decoded(DecodeRequest request) throws Exception {
        DecodeAnswer answer = pool.decode(request);
        assertThat(answer).isInstanceOf(DecodeAnswer.Decoded.class);
        return (DecodeAnswer.Decoded) answer;
    }

    private static String[] with(String[] first, String[] second, String... rest) {
        return Stream.of(first, second, rest).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
