package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ffprobe finds in a video.
///
/// @param width       as shown: turned, and stretched where pixels aren't square
/// @param height      as shown
/// @param durationMs  0 where the file doesn't know
/// @param pixelFormat as ffmpeg names it: `yuv420p`
/// @param transfer    the brightness curve: `bt709`, `smpte2084` (HDR10), `arib-std-b67` (HLG)
/// @param framesPerSecond on average; none where there is but one frame
record Probe(int width, int height, long durationMs, String codec, String pixelFormat, String transfer, @Nullable String audioCodec,
        @Nullable Double framesPerSecond) {

    /// The container is given, not guessed: playlists and concat scripts that pose as videos never reach their parsers,
    /// and nothing but the one file may be opened.
    static final List<String> INPUT_OPTIONS = List.of("-protocol_whitelist", "file", "-f", "mov");

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern LINE = Pattern.compile("(?:streams\\.stream\\.(\\d+)|format)\\.([\\w.]+)=\"?(.*?)\"?");
    private static final String STREAM = "stream=codec_type,codec_name,width,height,pix_fmt,color_transfer,sample_aspect_ratio,avg_frame_rate,duration";

    static Probe of(Path input) throws IOException, Refusal, InterruptedException {
        List<String> command = List.of("ffprobe", "-v", "error", "-of", "flat", "-show_entries",
                STREAM + ":stream_disposition=attached_pic:stream_side_data=rotation:format=duration");
        Program.Ended ended = Program.run(join(command, INPUT_OPTIONS, List.of("-i", input.toString())), LIMIT);
        Map<Integer, Map<String, String>> streams = new HashMap<>();
        for (String line : ended.output().split("\n")) {
            Matcher m = LINE.matcher(line.strip());
            if (m.matches()) {
                streams.computeIfAbsent(m.group(1) == null ? -1 : Integer.parseInt(m.group(1)), _ -> new HashMap<>()).put(m.group(2), m.group(3));
            }
        }
        Map<String, String> format = streams.getOrDefault(-1, Map.of());
        streams.remove(-1);
        if (streams.isEmpty()) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffprobe: " + ended.complaint());
        }
        return of(format, streams);
    }

    private static Probe of(Map<String, String> format, Map<Integer, Map<String, String>> streams) throws Refusal {
        Map<String, String> picture = null;
        String audioCodec = null;
        for (int i = 0; i < streams.size() + 64; i++) {
            Map<String, String> stream = streams.getOrDefault(i, Map.of());
            boolean cover = "1".equals(stream.get("disposition.attached_pic"));
            if (picture == null && !cover && "video".equals(stream.get("codec_type"))) {
                picture = stream;
            } else if (audioCodec == null && "audio".equals(stream.get("codec_type"))) {
                audioCodec = stream.getOrDefault("codec_name", "unknown");
            }
        }
        int width = picture == null ? 0 : (int) number(picture, "width");
        int height = picture == null ? 0 : (int) number(picture, "height");
        if (picture == null || width < 1 || height < 1) {
            throw new Refusal(DecodeAnswer.Reason.NO_PICTURE, "there is no video track that can be shown");
        }
        width = (int) Math.clamp(Math.round(width * stretch(picture.get("sample_aspect_ratio"))), 1, 65_535);
        boolean turned = turned(picture);
        double seconds = format.containsKey("duration") ? number(format, "duration") : number(picture, "duration");
        return new Probe(turned ? height : width, turned ? width : height, Math.max(0, Math.round(seconds * 1000)),
                picture.getOrDefault("codec_name", "unknown"), picture.getOrDefault("pix_fmt", "unknown"),
                picture.getOrDefault("color_transfer", "unknown"), audioCodec, rate(picture.get("avg_frame_rate")));
    }

    /// Dolby Vision puts its own side data before the one that tells how the picture is turned.
    private static boolean turned(Map<String, String> picture) {
        return picture.keySet().stream()
                .filter(name -> name.startsWith("side_data_list.") && name.endsWith(".rotation"))
                .anyMatch(name -> Math.abs(Math.round(number(picture, name))) % 180 == 90);
    }

    boolean hdr() {
        return Set.of("smpte2084", "arib-std-b67").contains(transfer);
    }

    /// What every browser plays: caniuse.com/mpeg4 and developer.mozilla.org, "Web video codec guide".
    boolean browsersPlayThePicture() {
        return codec.equals("h264") && (pixelFormat.equals("yuv420p") || pixelFormat.equals("yuvj420p"));
    }

    boolean browsersPlayTheSound() {
        return audioCodec == null || audioCodec.equals("aac") || audioCodec.equals("mp3");
    }

    /// `30000/1001`, or `0/0` where nobody knows.
    private static @Nullable Double rate(@Nullable String ratio) {
        Matcher m = Pattern.compile("(\\d{1,9})/(\\d{1,9})").matcher(ratio == null ? "" : ratio);
        if (!m.matches() || Long.parseLong(m.group(2)) == 0) {
            return null;
        }
        double rate = Math.round(1000.0 * Long.parseLong(m.group(1)) / Long.parseLong(m.group(2))) / 1000.0;
        return rate > 0 && rate < 100_000 ? Double.valueOf(rate) : null;
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

    private static double number(Map<String, String> fields, String name) {
        try {
            double number = Double.parseDouble(fields.getOrDefault(name, "0"));
            return Double.isFinite(number) ? number : 0;
        } catch (NumberFormatException notAvailable) {
            return 0;
        }
    }

    @SafeVarargs
    static List<String> join(List<String>... parts) {
        return List.of(parts).stream().flatMap(List::stream).toList();
    }
}
