package picup.decoder;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ffprobe finds in a video.
///
/// @param durationMs      0 where nobody knows
/// @param framesPerSecond on average; none where there is but one frame
/// @param sound           none where there is no sound that can be played
/// @param sphere          what the file says about wrapping it around the viewer, as ffprobe's side data
record Probe(long durationMs, @Nullable Double framesPerSecond, PictureTrack picture, @Nullable SoundTrack sound, Map<String, String> sphere) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// As a rendition's.
    private static final int MAX_EDGE_PX = 65_535;

    /// Nothing that a person keeps is longer; some containers say so by mistake.
    private static final double LONGEST_SECONDS = 100 * 3600;

    /// Slow motion of phones has 960. Matroska's times are rounded to milliseconds, which ffprobe mistakes for 1000 frames a second.
    private static final double FASTEST = 999;

    private static final Pattern LINE = Pattern.compile("(?:streams\\.stream\\.(\\d+)|format)\\.([\\w.]+)=\"?(.*?)\"?");
    private static final Pattern TIME = Pattern.compile("-?\\d{1,9}\\.\\d{1,9}");

    private static final String ENTRIES = "stream=codec_type,codec_name,profile,level,width,height,pix_fmt,field_order,color_space,color_transfer,"
            + "color_primaries,sample_aspect_ratio,avg_frame_rate,duration,channels:stream_disposition=attached_pic,default"
            + ":stream_side_data=displaymatrix,projection,bound_left,bound_top,bound_right,bound_bottom:format=duration";

    static Probe of(VideoFile file) throws IOException, Refusal, InterruptedException {
        Program.Ended ended = Program.run(join(List.of("ffprobe", "-v", "error", "-of", "flat", "-show_entries", ENTRIES), file.open()), LIMIT);
        Map<Integer, Map<String, String>> streams = new TreeMap<>();
        for (String line : ended.output().split("\n")) {
            Matcher m = LINE.matcher(line.strip());
            if (m.matches()) {
                streams.computeIfAbsent(m.group(1) == null ? -1 : Integer.parseInt(m.group(1)), _ -> new TreeMap<>()).put(m.group(2), m.group(3));
            }
        }
        Map<String, String> format = streams.getOrDefault(-1, Map.of());
        streams.remove(-1);
        if (streams.isEmpty()) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffprobe: " + ended.complaint());
        }
        return of(file, format, streams);
    }

    private static Probe of(VideoFile file, Map<String, String> format, Map<Integer, Map<String, String>> streams)
            throws IOException, Refusal, InterruptedException {
        int picture = best(streams, Probe::picture, Comparator.comparing(
                (Map<String, String> stream) -> !stream.getOrDefault("codec_name", "unknown").equals("unknown")).thenComparing(Probe::chosen));
        if (picture < 0) {
            throw new Refusal(DecodeAnswer.Reason.NO_PICTURE, "there is no video track that can be shown");
        }
        int sound = best(streams, stream -> "audio".equals(stream.get("codec_type")), Comparator.comparing(
                (Map<String, String> stream) -> SoundTrack.of(0, false, stream).known()).thenComparing(Probe::chosen)
                .thenComparing(stream -> number(stream, "channels")));
        SoundTrack soundTrack = sound < 0 ? null : SoundTrack.of(sound, sound == first(streams, "audio"), streams.get(sound));
        Map<String, String> shown = streams.get(picture);
        PictureTrack pictureTrack = PictureTrack.of(picture, picture == first(streams, "video"), shown, MAX_EDGE_PX);
        double seconds = format.containsKey("duration") ? number(format, "duration") : number(shown, "duration");
        Double rate = rate(shown.get("avg_frame_rate"));
        if (seconds <= 0 || seconds > LONGEST_SECONDS || !file.measured() || file.demuxer().equals("mov") && Boxes.fragmented(file.path())) {
            Counted counted = Counted.of(file, picture, "%");
            seconds = counted.seconds();
            rate = counted.rate();
        } else if (rate == null || rate > FASTEST) {
            rate = Counted.of(file, picture, "%+10").rate();
        }
        return new Probe(Math.round(seconds * 1000), rate, pictureTrack, soundTrack != null && soundTrack.known() ? soundTrack : null, sphere(shown));
    }

    /// The first of the best.
    private static int best(Map<Integer, Map<String, String>> streams, Predicate<Map<String, String>> wanted, Comparator<Map<String, String>> order) {
        int best = -1;
        for (Map.Entry<Integer, Map<String, String>> stream : streams.entrySet()) {
            if (wanted.test(stream.getValue()) && (best < 0 || order.compare(stream.getValue(), streams.get(best)) > 0)) {
                best = stream.getKey();
            }
        }
        return best;
    }

    private static int first(Map<Integer, Map<String, String>> streams, String type) {
        return streams.entrySet().stream().filter(stream -> type.equals(stream.getValue().get("codec_type")))
                .mapToInt(Map.Entry::getKey).findFirst().orElse(-1);
    }

    /// Not the cover of an album.
    private static boolean picture(Map<String, String> stream) {
        return "video".equals(stream.get("codec_type")) && !"1".equals(stream.get("disposition.attached_pic"))
                && number(stream, "width") >= 1 && number(stream, "height") >= 1;
    }

    private static boolean chosen(Map<String, String> stream) {
        return "1".equals(stream.get("disposition.default"));
    }

    private static Map<String, String> sphere(Map<String, String> stream) {
        Map<String, String> sphere = new TreeMap<>();
        stream.forEach((name, value) -> {
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (name.startsWith("side_data_list.") && (last.equals("projection") || last.startsWith("bound_"))) {
                sphere.putIfAbsent(last, value);
            }
        });
        return sphere;
    }

    /// The times of a track's frames, read without decoding any: for what no header says.
    ///
    /// @param seconds from the first frame to the end of the last
    private record Counted(double seconds, @Nullable Double rate) {

        /// @param interval as ffprobe's `-read_intervals`
        static Counted of(VideoFile file, int stream, String interval) throws IOException, Refusal, InterruptedException {
            List<String> command = List.of("ffprobe", "-v", "error", "-select_streams", Integer.toString(stream), "-read_intervals", interval,
                    "-show_entries", "packet=pts_time,dts_time", "-of", "csv=p=0");
            double first = Double.POSITIVE_INFINITY;
            double last = Double.NEGATIVE_INFINITY;
            long frames = 0;
            for (String line : Program.run(join(command, file.open()), LIMIT).output().split("\n")) {
                // When it is shown; of old streams, which don't say, when it is decoded.
                Matcher m = TIME.matcher(line);
                if (m.find()) {
                    frames++;
                    first = Math.min(first, Double.parseDouble(m.group()));
                    last = Math.max(last, Double.parseDouble(m.group()));
                }
            }
            if (frames < 2 || last <= first) {
                return new Counted(0, null);
            }
            double seconds = (last - first) * frames / (frames - 1);
            double rate = Math.round(1000 * frames / seconds) / 1000.0;
            return new Counted(seconds > LONGEST_SECONDS ? 0 : seconds, rate <= 0 || rate > FASTEST ? null : Double.valueOf(rate));
        }
    }

    /// `30000/1001`, or `0/0` where nobody knows.
    private static @Nullable Double rate(@Nullable String ratio) {
        Matcher m = Pattern.compile("(\\d{1,9})/(\\d{1,9})").matcher(ratio == null ? "" : ratio);
        if (!m.matches() || Long.parseLong(m.group(2)) == 0) {
            return null;
        }
        double rate = Math.round(1000.0 * Long.parseLong(m.group(1)) / Long.parseLong(m.group(2))) / 1000.0;
        return rate > 0 ? Double.valueOf(rate) : null;
    }

    static double number(Map<String, String> fields, String name) {
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
