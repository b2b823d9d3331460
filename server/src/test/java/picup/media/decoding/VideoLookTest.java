package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

/// What a video looks like when it is played: which way up, in which colours, at which times, of which tracks.
class VideoLookTest {

    private static final String BARS = "color=0x%s:s=128x144:r=10[a];color=0x%s:s=128x144:r=10[b];color=0x%s:s=128x144:r=10[c];[a][b][c]hstack=inputs=3";
    private static final String[] H264 = {"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"};
    private static final String[] HEVC = {"-c:v", "libx265", "-x265-params", "log-level=none", "-preset", "ultrafast", "-tag:v", "hvc1"};

    /// Display matrices (ISO/IEC 14496-12, 6.2.2): `a b c d`, x' = ax + cy, y' = bx + dy.
    private static final int[][] TURNS = {{1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1}, {0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}};

    /// Mirrored, upside down, mirrored and on its side, on its side: how a phone is held. The others have only their pictures looked at.
    private static final List<int[]> PLAYED = List.of(TURNS[1], TURNS[2], TURNS[4], TURNS[5]);

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
    void allEightWaysToHoldACameraAreUpright() throws Exception {
        // From the top left in the order of reading.
        int[][] corners = {{200, 40, 40}, {40, 160, 60}, {50, 80, 200}, {210, 200, 60}};
        Path flat = made.video("flat.mp4", with(new String[] {"-f", "lavfi", "-i", "color=0xc82828:s=96x64:r=10[a];color=0x28a03c:s=96x64:r=10[b];"
                + "color=0x3250c8:s=96x64:r=10[c];color=0xd2c83c:s=96x64:r=10[d];[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack", "-t", "0.3"}, H264));
        for (int[] turn : TURNS) {
            Path video = Files.write(folder.resolve("turned.mp4"), turned(Files.readAllBytes(flat), turn));
            boolean sideways = turn[0] == 0;
            boolean mirrored = turn[0] * turn[3] - turn[1] * turn[2] < 0;
            DecodeAnswer.Decoded rendered = decoded(DecodeRequest.render(video, out, FileKind.MP4));
            assertThat(rendered.facts().image().width()).isEqualTo(sideways ? 128 : 192);
            List<Pixels> shown = new ArrayList<>();
            shown.add(pixels("thumb", "bt601", sideways));
            if (PLAYED.contains(turn)) {
                DecodeAnswer.Decoded playable = decoded(DecodeRequest.playable(video, out, FileKind.MP4));
                shown.add(pixels("hover.mp4", "bt709", sideways));
                // The index is at the end: what isn't encoded is copied, and the player turns it.
                shown.add(pixels("video.mp4", mirrored ? "bt709" : "bt601", sideways));
                assertThat(playable.renditions()).hasSize(2);
            }
            for (int i = 0; i < 4; i++) {
                int x = i % 2 == 0 ? -1 : 1;
                int y = i < 2 ? -1 : 1;
                for (Pixels each : shown) {
                    int[] colour = each.at(0.5 + (turn[0] * x + turn[2] * y) * 0.25, 0.5 + (turn[1] * x + turn[3] * y) * 0.25);
                    assertThat(Pixels.difference(colour, corners[i])).as("%s, corner %d, %s", Arrays.toString(turn), i, Arrays.toString(colour)).isLessThan(14);
                }
            }
        }
    }

    @Test
    void whatIsBrighterThanWhiteKeepsItsColours() throws Exception {
        int[][] colours = {{0x80, 0x30, 0x28}, {0x30, 0x80, 0x40}, {0x76, 0x76, 0x76}};
        for (String curve : List.of("smpte2084", "arib-std-b67")) {
            String bars = BARS.formatted("803028", "308040", "767676") + ",format=gbrp,setparams=color_primaries=bt709:colorspace=gbr:color_trc=bt709:range=pc,zscale=t=linear:npl=203,format=gbrpf32le,"
                    + "zscale=p=bt2020,zscale=t=" + curve + ":m=bt2020nc:r=tv:npl=203,format=yuv420p10le";
            Path video = made.video(curve + ".mp4", with(new String[] {"-f", "lavfi", "-i", bars, "-t", "0.3"}, with(HEVC,
                    "-color_trc", curve, "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_range", "tv")));
            assertThat(decoded(DecodeRequest.render(video, out, FileKind.MP4)).facts().image().hdr()).isTrue();
            decoded(DecodeRequest.playable(video, out, FileKind.MP4));
            for (Pixels shown : List.of(Pixels.of(out.resolve("thumb"), "bt601", 384, 144), Pixels.of(out.resolve("video.mp4"), "bt709", 384, 144))) {
                for (int i = 0; i < 3; i++) {
                    int[] colour = shown.at((i + 0.5) / 3, 0.5);
                    assertThat(Pixels.difference(colour, colours[i])).as("%s, bar %d: %s", curve, i, Arrays.toString(colour)).isLessThan(16);
                }
            }
        }
    }

    @Test
    void diffuseWhiteIsNearlyWhiteAndHighlightsAreBrighter() throws Exception {
        String bars = BARS.formatted("000000", "ffffff", "ffffff") + ",format=gbrp,setparams=color_primaries=bt709:colorspace=gbr:color_trc=bt709:range=pc,zscale=t=linear:npl=203,format=gbrpf32le,"
                + "zscale=p=bt2020,geq=r='r(X,Y)*(1+2*gt(X,256))':g='g(X,Y)*(1+2*gt(X,256))':b='b(X,Y)*(1+2*gt(X,256))',"
                + "zscale=t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le";
        Path video = made.video("white.mp4", with(new String[] {"-f", "lavfi", "-i", bars, "-t", "0.3"}, with(HEVC,
                "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_range", "tv")));
        decoded(DecodeRequest.playable(video, out, FileKind.MP4));
        Pixels shown = Pixels.of(out.resolve("video.mp4"), "bt709", 384, 144);
        assertThat(shown.at(0.1, 0.5)[1]).isLessThan(8);
        assertThat(shown.at(0.5, 0.5)[1]).isBetween(215, 240);
        assertThat(shown.at(0.9, 0.5)[1]).isGreaterThan(shown.at(0.5, 0.5)[1] + 8);
    }

    @Test
    void wovenFieldsAreTakenApart() throws Exception {
        Path video = made.video("woven.mts", "-f", "lavfi", "-i", "color=black:s=320x240:r=50,geq=lum='255*lt(mod(X+N*16,64),32)':cb=128:cr=128,tinterlace=mode=interleave_top,setfield=tff",
                "-t", "0.6", "-c:v", "mpeg2video", "-q:v", "2", "-flags", "+ilme+ildct", "-f", "mpegts");
        Path frame = folder.resolve("frame.png");
        MadeFiles.run("ffmpeg", "-v", "error", "-i", video.toString(), "-frames:v", "1", frame.toString());
        assertThat(combs(Pixels.of(frame, "bt601", 320, 240))).isGreaterThan(3);
        decoded(DecodeRequest.render(video, out, FileKind.MTS));
        assertThat(combs(Pixels.of(out.resolve("preview"), "bt601", 320, 240))).isLessThan(1.5);
        decoded(DecodeRequest.playable(video, out, FileKind.MTS));
        assertThat(combs(Pixels.of(out.resolve("video.mp4"), "bt709", 320, 240, "0.2"))).isLessThan(1.5);
    }

    @Test
    void aRateThatVariesIsKept() throws Exception {
        Path video = made.video("varies.mp4", with(new String[] {"-f", "lavfi", "-i", "testsrc2=s=160x120:r=30:d=1,setpts='(N*0.033+floor(N/6)*0.21)/TB',settb=1/1000",
            "-vsync", "passthrough", "-enc_time_base", "1:1000"}, HEVC));
        decoded(DecodeRequest.playable(video, out, FileKind.MP4));
        List<Double> before = times(video);
        List<Double> after = times(out.resolve("video.mp4"));
        assertThat(before).hasSizeGreaterThan(20);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i) - after.getFirst()).isCloseTo(before.get(i) - before.getFirst(), within(0.002));
        }
    }

    @Test
    void seekingLandsWithinTwoSeconds() throws Exception {
        Path video = made.video("long.mkv", with(new String[] {"-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=9"}, "-c:v", "mpeg4", "-g", "600", "-q:v", "5"));
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(video, out, FileKind.MKV));
        assertThat(answer.renditions()).extracting(RenditionFile::name).contains(RenditionFile.Name.HOVER);
        List<Double> keys = numbers("-skip_frame", "nokey", "-show_entries", "frame=pts_time", out.resolve("video.mp4").toString());
        for (int i = 1; i < keys.size(); i++) {
            assertThat(keys.get(i) - keys.get(i - 1)).isLessThanOrEqualTo(2.11);
        }
        assertThat(keys).hasSizeGreaterThanOrEqualTo(5);
        assertThat(times(out.resolve("hover.mp4"))).hasSizeBetween(56, 62);
    }

    @Test
    void ofSeveralTracksTheChosenOnesPlay() throws Exception {
        Path cover = made.video("cover.png", "-f", "lavfi", "-i", "color=white:s=64x64", "-frames:v", "1");
        Path video = made.video("tracks.mkv", "-f", "lavfi", "-i", "color=0xc82828:s=192x96:r=10:d=0.5", "-f", "lavfi", "-i", "color=0x28a03c:s=192x128:r=10:d=0.5",
                "-f", "lavfi", "-i", "sine=d=0.5", "-f", "lavfi", "-i", "sine=d=0.5", "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "mpeg4", "-q:v", "3",
                "-c:a:0", "ac3", "-c:a:1", "libopus", "-disposition:v:0", "0", "-disposition:v:1", "default", "-disposition:a:0", "0", "-disposition:a:1", "default",
                "-attach", cover.toString(), "-metadata:s:t", "mimetype=image/png");
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(video, out, FileKind.MKV));
        assertThat(answer.facts().image().height()).isEqualTo(128);
        assertThat(answer.facts().clip().audioCodec()).isEqualTo("opus");
        assertThat(Pixels.difference(Pixels.of(out.resolve("video.mp4"), "bt709", 192, 128).at(0.5, 0.5), new int[] {0x28, 0xa0, 0x3c})).isLessThan(12);
    }

    @Test
    void pixelsThatAreNotSquareAndSizesThatAreOddFit() throws Exception {
        Path wide = made.video("wide.avi", "-f", "lavfi", "-i", "testsrc2=s=360x288:r=10:d=0.3,setsar=64/45", "-c:v", "mpeg4");
        assertThat(decoded(DecodeRequest.playable(wide, out, FileKind.AVI)).renditions().getFirst().width()).isEqualTo(512);
        Path odd = made.video("odd.mkv", "-f", "lavfi", "-i", "testsrc2=s=161x121:r=10:d=0.3", "-c:v", "ffv1");
        assertThat(decoded(DecodeRequest.playable(odd, out, FileKind.MKV)).renditions()).allSatisfy(file -> {
            assertThat(file.width() % 2).isZero();
            assertThat(file.height() % 2).isZero();
        });
    }

    @Test
    void fragmentsAreJoinedAndMeasured() throws Exception {
        Path video = made.video("fragments.mp4", with(new String[] {"-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1"}, with(H264,
                "-g", "10", "-movflags", "+frag_keyframe+empty_moov+default_base_moof")));
        DecodeAnswer.Decoded answer = decoded(DecodeRequest.playable(video, out, FileKind.MP4));
        assertThat(answer.facts().clip().playableAsIs()).isFalse();
        assertThat(answer.facts().clip().durationMs()).isBetween(960L, 1040L);
        assertThat(decoded(DecodeRequest.facts(out.resolve("video.mp4"), out, FileKind.MP4)).facts().clip().playableAsIs()).isTrue();
    }

    @Test
    void aVideoThatWrapsAroundSaysSo() throws Exception {
        byte[] flat = Files.readAllBytes(made.video("flat.mp4", with(new String[] {"-f", "lavfi", "-i", "testsrc2=s=256x128:r=10:d=0.3"}, H264)));
        String xml = "<?xml version=\"1.0\"?><rdf:SphericalVideo xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:GSpherical=\"http://ns.google.com/videos/1.0/spherical/\">"
                + "<GSpherical:Spherical>true</GSpherical:Spherical><GSpherical:Stitched>true</GSpherical:Stitched>"
                + "<GSpherical:StitchingSoftware>made</GSpherical:StitchingSoftware><GSpherical:ProjectionType>equirectangular</GSpherical:ProjectionType>%s</rdf:SphericalVideo>";
        assertThat(panorama(flat)).isNull();
        assertThat(panorama(v1(flat, xml.formatted("")))).isEqualTo(sphere(256, 128, 0, 0));
        assertThat(panorama(v1(flat, xml.formatted("<GSpherical:FullPanoWidthPixels>512</GSpherical:FullPanoWidthPixels><GSpherical:FullPanoHeightPixels>256</GSpherical:FullPanoHeightPixels>"
                + "<GSpherical:CroppedAreaLeftPixels>128</GSpherical:CroppedAreaLeftPixels><GSpherical:CroppedAreaTopPixels>64</GSpherical:CroppedAreaTopPixels>"))))
                .isEqualTo(sphere(512, 256, 128, 64));
        assertThat(panorama(v2(flat, 0))).isEqualTo(sphere(256, 128, 0, 0));
        // A quarter is missing on each side. ffprobe rounds the bounds, which are fractions of a whole that isn't quite 2^32.
        assertThat(panorama(v2(flat, 0x40000000))).isIn(sphere(512, 128, 128, 0), sphere(512, 128, 129, 0));
    }

    private Facts.Panorama panorama(byte[] video) throws Exception {
        return decoded(DecodeRequest.facts(Files.write(folder.resolve("sphere.mp4"), video), out, FileKind.MP4)).facts().image().panorama();
    }

    private static Facts.Panorama sphere(int width, int height, int left, int top) {
        return new Facts.Panorama(Facts.Panorama.Projection.EQUIRECTANGULAR, width, height, left, top, null);
    }

    private static byte[] v1(byte[] video, String xml) {
        return MadeBoxes.inserted(video, MadeBoxes.box("uuid", HexFormat.of().parseHex("ffcc8263f8554a938814587a02521fdd"), xml.getBytes(StandardCharsets.UTF_8)), "moov", "trak");
    }

    /// @param side of the sphere that is missing on the left and the right, in 1/2^32
    private static byte[] v2(byte[] video, int side) {
        byte[] source = "made\0".getBytes(StandardCharsets.US_ASCII);
        byte[] equi = ByteBuffer.allocate(20).putInt(0).putInt(0).putInt(0).putInt(side).putInt(side).array();
        return MadeBoxes.inserted(video, MadeBoxes.box("sv3d", MadeBoxes.box("svhd", new byte[4], source),
                MadeBoxes.box("proj", MadeBoxes.box("prhd", new byte[16]), MadeBoxes.box("equi", equi))),
                "moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1");
    }

    private static byte[] turned(byte[] video, int[] turn) {
        byte[] turned = video.clone();
        int header = new String(video, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 4;
        int[] places = {0, 4, 12, 16};
        for (int i = 0; i < 4; i++) {
            ByteBuffer.wrap(turned).putInt(header + 40 + places[i], turn[i] << 16);
        }
        return turned;
    }

    private Pixels pixels(String name, String matrix, boolean sideways) throws Exception {
        return Pixels.of(out.resolve(name), matrix, sideways ? 128 : 192, sideways ? 192 : 128);
    }

    /// How much more a line differs from its neighbour than from the one after: woven fields are like every second line.
    private static double combs(Pixels frame) {
        double neighbours = 1;
        double seconds = 1;
        for (int y = 40; y < 200; y++) {
            for (int x = 40; x < 280; x++) {
                neighbours += Math.abs(frame.green(x, y) - frame.green(x, y + 1));
                seconds += Math.abs(frame.green(x, y) - frame.green(x, y + 2));
            }
        }
        return (neighbours + 1000) / (seconds + 1000);
    }

    private static List<Double> times(Path video) throws Exception {
        return numbers("-select_streams", "v:0", "-show_entries", "packet=pts_time", video.toString()).stream().sorted().toList();
    }

    private static List<Double> numbers(String... arguments) throws Exception {
        String[] command = with(new String[] {"ffprobe", "-v", "error", "-of", "csv=p=0"}, arguments);
        return MadeFiles.run(command).lines().map(line -> line.replaceAll(",.*", "").strip()).filter(line -> !line.isEmpty()).map(Double::valueOf).toList();
    }

    private static DecodeAnswer.Decoded decoded(DecodeRequest request) throws Exception {
        DecodeAnswer answer = pool.decode(request);
        assertThat(answer).isInstanceOf(DecodeAnswer.Decoded.class);
        return (DecodeAnswer.Decoded) answer;
    }

    private static String[] with(String[] first, String... rest) {
        return Stream.of(first, rest).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
