package picup.decoder;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pictures of a video, as ffprobe describes them.
///
/// @param index       of the stream in the file
/// @param first       whether a player that knows nothing of several tracks takes this one
/// @param width       as shown: turned, and stretched where pixels aren't square
/// @param height      as shown
/// @param turn        what becomes of the stored frame, as `a b c d` of the display matrix: `0 1 -1 0` is a quarter clockwise
/// @param profile     as ffmpeg names it: `High`, `Main 10`
/// @param level       ten times the level of H.264; negative where it isn't known
/// @param fieldOrder  `progressive`, `tt`, `bb`, `tb`, `bt` or `unknown`
/// @param pixelFormat as ffmpeg names it: `yuv420p`
/// @param matrix      how colours became brightness and two differences: `bt709`, `smpte170m`, `bt2020nc`, `unknown`
/// @param transfer    the brightness curve: `bt709`, `smpte2084` (HDR10), `arib-std-b67` (HLG)
/// @param primaries   which red, green and blue: `bt709`, `bt2020`
record PictureTrack(int index, boolean first, int width, int height, List<Integer> turn, String codec, String profile, int level, String fieldOrder,
        String pixelFormat, String matrix, String transfer, String primaries) {

    private static final List<Integer> UPRIGHT = List.of(1, 0, 0, 1);

    /// Codecs that were made before interlaced television was, or after it.
    private static final Set<String> NEVER_INTERLACED = Set.of("hevc", "vp8", "vp9", "av1", "h263", "mjpeg", "gif", "png");

    /// Extended and everything above 4:2:0 in 8 bits is for studios.
    private static final Set<String> COMMON_PROFILES = Set.of("Constrained Baseline", "Baseline", "Main", "High", "unknown");

    /// 4K at 60 frames a second, the most that the decoder chips of phones take (ITU-T H.264, table A-1).
    private static final int MAX_LEVEL = 52;

    static PictureTrack of(int index, boolean first, Map<String, String> stream, int maxEdgePx) {
        int width = Math.clamp(Math.round(Probe.number(stream, "width") * stretch(stream.get("sample_aspect_ratio"))), 1, maxEdgePx);
        int height = Math.clamp(Math.round(Probe.number(stream, "height")), 1, maxEdgePx);
        List<Integer> turn = turn(stream);
        boolean sideways = turn.getFirst() == 0;
        return new PictureTrack(index, first, sideways ? height : width, sideways ? width : height, turn,
                stream.getOrDefault("codec_name", "unknown"), stream.getOrDefault("profile", "unknown"), (int) Probe.number(stream, "level"),
                stream.getOrDefault("field_order", "unknown"), stream.getOrDefault("pix_fmt", "unknown"),
                stream.getOrDefault("color_space", "unknown"), stream.getOrDefault("color_transfer", "unknown"),
                stream.getOrDefault("color_primaries", "unknown"));
    }

    boolean hdr() {
        return Set.of("smpte2084", "arib-std-b67").contains(transfer);
    }

    /// More colours than ordinary screens show, at ordinary brightness.
    boolean wide() {
        return !hdr() && primaries.equals("bt2020");
    }

    /// Every second line from another moment.
    boolean interlaced() {
        return Set.of("tt", "bb", "tb", "bt").contains(fieldOrder);
    }

    boolean perhapsInterlaced() {
        return interlaced() || !fieldOrder.equals("progressive") && !NEVER_INTERLACED.contains(codec);
    }

    boolean mirrored() {
        return turn.get(0) * turn.get(3) - turn.get(1) * turn.get(2) < 0;
    }

    /// What every browser plays and shows right: caniuse.com/mpeg4 and developer.mozilla.org, "Web video codec guide". None
    /// of them weaves fields into frames, and Firefox turns a picture but doesn't mirror it.
    boolean playsEverywhere() {
        return codec.equals("h264") && (pixelFormat.equals("yuv420p") || pixelFormat.equals("yuvj420p")) && COMMON_PROFILES.contains(profile)
                && level <= MAX_LEVEL && !interlaced() && !mirrored() && !hdr() && !wide();
    }

    /// The display matrix, as `ffprobe` prints it: three lines of three numbers, of which the third in each isn't about turning.
    /// Dolby Vision puts its own side data before it. Angles between the quarters are left to players, which ignore them.
    private static List<Integer> turn(Map<String, String> stream) {
        String printed = stream.entrySet().stream()
                .filter(field -> field.getKey().startsWith("side_data_list.") && field.getKey().endsWith(".displaymatrix"))
                .map(Map.Entry::getValue).findFirst().orElse("");
        Matcher rows = Pattern.compile("0000000[01]:\\s*(-?\\d{1,11})\\s+(-?\\d{1,11})\\s+-?\\d{1,11}").matcher(printed);
        if (!rows.find()) {
            return UPRIGHT;
        }
        int a = sign(rows.group(1));
        int b = sign(rows.group(2));
        if (!rows.find()) {
            return UPRIGHT;
        }
        int c = sign(rows.group(1));
        int d = sign(rows.group(2));
        boolean quarters = a != 0 && d != 0 && b == 0 && c == 0 || a == 0 && d == 0 && b != 0 && c != 0;
        return quarters ? List.of(a, b, c, d) : UPRIGHT;
    }

    /// Of a fixed-point number with 16 bits behind the point. Cameras that write a matrix of sines are off by a little.
    private static int sign(String fixed) {
        long number = Long.parseLong(fixed);
        return Math.abs(number) < 1 << 10 ? 0 : number < 0 ? -1 : 1;
    }

    private static double stretch(@Nullable String ratio) {
        Matcher m = Pattern.compile("(\\d{1,6}):(\\d{1,6})").matcher(ratio == null ? "" : ratio);
        if (!m.matches() || Integer.parseInt(m.group(1)) == 0 || Integer.parseInt(m.group(2)) == 0) {
            return 1;
        }
        double stretch = Double.parseDouble(m.group(1)) / Double.parseDouble(m.group(2));
        // Encoders make up for a rounded width with a ratio like 80:81, which nobody can see and no player needs.
        boolean visible = Math.abs(stretch - 1) > 0.05;
        return visible && stretch > 0.1 && stretch < 10 ? stretch : 1;
    }
}
