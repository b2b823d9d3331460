package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

/// Every container and codec that ffmpeg can make here: shown, playable, with its sound, in the colours it had.
class VideoKindsTest {

    private static final int[][] COLOURS = {{0xc0, 0x30, 0x28}, {0x30, 0xa0, 0x40}, {0x30, 0x50, 0xc0}};

    /// Chroma in 4:2:0, quantised; a wrong matrix is off by 20 and more, a wrong range by 15.
    private static final int NEAR = 12;

    private static final String BARS = "color=0xc03028:s=80x96:r=25[a];color=0x30a040:s=80x96:r=25[b];color=0x3050c0:s=80x96:r=25[c];"
            + "[a][b][c]hstack=inputs=3";

    /// A kind, the name of a file, and how to make it.
    private record Made(FileKind kind, String name, String codec, String sound, String... options) {}

    private static final List<Made> ALL = List.of(
            new Made(FileKind.MKV, "h264.mkv", "h264", "opus", "-c:v libx264 -pix_fmt yuv420p -c:a libopus"),
            new Made(FileKind.MKV, "h264-444.mkv", "h264", "flac", "-c:v libx264 -pix_fmt yuv444p -c:a flac"),
            new Made(FileKind.WEBM, "vp8.webm", "vp8", "vorbis", "-c:v libvpx -deadline realtime -c:a libvorbis"),
            new Made(FileKind.WEBM, "vp9.webm", "vp9", "opus", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv422p10le -c:a libopus"),
            new Made(FileKind.MP4, "av1.mp4", "av1", "aac", "-c:v libsvtav1 -preset 12 -c:a aac"),
            new Made(FileKind.MP4, "mpeg4.mp4", "mpeg4", "mp3", "-c:v mpeg4 -q:v 3 -c:a libmp3lame"),
            new Made(FileKind.MOV, "hevc.mov", "hevc", "pcm_s16be", "-c:v libx265 -x265-params log-level=none -preset ultrafast -pix_fmt yuv422p10le -tag:v hvc1 -c:a pcm_s16be"),
            new Made(FileKind.MOV, "prores.mov", "prores", "pcm_s24le", "-c:v prores_ks -profile:v 2 -c:a pcm_s24le"),
            new Made(FileKind.MOV, "full-range.mov", "mjpeg", "pcm_u8", "-c:v mjpeg -q:v 2 -pix_fmt yuvj422p -c:a pcm_u8"),
            new Made(FileKind.AVI, "mpeg4.avi", "mpeg4", "mp3", "-c:v mpeg4 -q:v 3 -vtag XVID -c:a libmp3lame"),
            new Made(FileKind.AVI, "h264.avi", "h264", "mp2", "-c:v libx264 -pix_fmt yuv420p -bf 2 -c:a mp2"),
            new Made(FileKind.AVI, "rgb.avi", "rawvideo", "adpcm_ima_wav", "-c:v rawvideo -pix_fmt bgr24 -c:a adpcm_ima_wav"),
            new Made(FileKind.AVI, "dv.avi", "dvvideo", "pcm_s16le", "-c:v dvvideo -s 720x576 -pix_fmt yuv420p -c:a pcm_s16le -ar 48000 -ac 2"),
            new Made(FileKind.MTS, "mpeg2.ts", "mpeg2video", "ac3", "-c:v mpeg2video -q:v 3 -c:a ac3"),
            new Made(FileKind.MTS, "avchd.mts", "h264", "ac3", "-c:v libx264 -pix_fmt yuv420p -c:a ac3 -f mpegts -mpegts_m2ts_mode 1"),
            new Made(FileKind.MPEG, "vcd.mpg", "mpeg1video", "mp2", "-c:v mpeg1video -q:v 3 -c:a mp2"),
            new Made(FileKind.MPEG, "dvd.vob", "mpeg2video", "ac3", "-c:v mpeg2video -q:v 3 -c:a ac3 -f vob"),
            new Made(FileKind.MPEG, "stream.m2v", "mpeg2video", null, "-c:v mpeg2video -q:v 3 -an -f mpeg2video"),
            new Made(FileKind.WMV, "wmv2.wmv", "wmv2", "wmav2", "-c:v wmv2 -q:v 3 -c:a wmav2"),
            new Made(FileKind.MP4, "h263.3gp", "h263", "aac", "-c:v h263 -s 176x144 -q:v 3 -c:a aac -ar 8000 -ac 1"));

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
    void everyKindIsShownAndPlaysInItsColours() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Made made : ALL) {
            Path file = make(made);
            Path out = Files.createDirectory(folder.resolve(made.name() + ".out"));
            if (!Samples.kind(file).equals(java.util.Optional.of(made.kind()))) {
                failures.add(made.name() + " is " + Samples.kind(file));
            }
            shown(made, pool.decode(DecodeRequest.render(file, out, made.kind())), out, failures);
            plays(made, pool.decode(DecodeRequest.playable(file, out, made.kind())), out, failures);
        }
        assertThat(failures).isEmpty();
    }

    private static Path make(Made made) throws Exception {
        String[] sound = made.sound() == null ? new String[0] : new String[] {"-f", "lavfi", "-i", "sine=d=0.6"};
        return new MadeFiles(folder).video(made.name(), Stream.of(new String[] {"-f", "lavfi", "-i", BARS}, sound,
                String.join(" ", made.options()).split(" "), new String[] {"-t", "0.6", "-map_metadata", "-1"}).flatMap(Stream::of).toArray(String[]::new));
    }

    private static void shown(Made made, DecodeAnswer answer, Path out, List<String> failures) throws Exception {
        if (!(answer instanceof DecodeAnswer.Decoded decoded)) {
            failures.add(made.name() + ": " + answer);
            return;
        }
        Facts.Clip clip = decoded.facts().clip();
        if (!clip.codec().equals(made.codec()) || !java.util.Objects.equals(clip.audioCodec(), made.sound())
                || Math.abs(clip.durationMs() - 600) > 150 || clip.framesPerSecond() == null || Math.abs(clip.framesPerSecond() - 25) > 0.6) {
            failures.add(made.name() + ": " + clip);
        }
        compare(made.name() + ", poster", Pixels.of(out.resolve("thumb"), "bt601", 240, 96), failures);
    }

    private static void plays(Made made, DecodeAnswer answer, Path out, List<String> failures) throws Exception {
        boolean both = answer instanceof DecodeAnswer.Decoded decoded
                && decoded.renditions().stream().map(RenditionFile::name).toList().equals(List.of(RenditionFile.Name.VIDEO, RenditionFile.Name.HOVER));
        if (!both) {
            failures.add(made.name() + " isn't made playable: " + answer);
            return;
        }
        Path again = Files.createDirectory(folder.resolve(made.name() + ".again"));
        DecodeAnswer twice = pool.decode(DecodeRequest.facts(out.resolve("video.mp4"), again, FileKind.MP4));
        Facts.Clip clip = twice instanceof DecodeAnswer.Decoded decoded ? decoded.facts().clip() : null;
        if (clip == null || !clip.playableAsIs() || (clip.audioCodec() == null) != (made.sound() == null) || Math.abs(clip.durationMs() - 600) > 150) {
            failures.add(made.name() + ", copy: " + twice);
        }
        // What is copied keeps its matrix and says nothing of it: of so small a picture everybody takes it to be the old one.
        String matrix = List.of("h264.mkv", "avchd.mts").contains(made.name()) ? "bt601" : "bt709";
        compare(made.name() + ", video", Pixels.of(out.resolve("video.mp4"), matrix, 240, 96), failures);
        compare(made.name() + ", hover", Pixels.of(out.resolve("hover.mp4"), "bt709", 240, 96), failures);
    }

    private static void compare(String name, Pixels shown, List<String> failures) {
        for (int i = 0; i < COLOURS.length; i++) {
            int[] colour = shown.at((i + 0.5) / COLOURS.length, 0.5);
            if (Pixels.difference(colour, COLOURS[i]) > NEAR) {
                failures.add(name + ": " + java.util.Arrays.toString(colour) + " for " + java.util.Arrays.toString(COLOURS[i]));
            }
        }
    }
}
