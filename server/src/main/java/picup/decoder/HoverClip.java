package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A few seconds without sound, for the moment in which somebody points at the thumbnail: moments from all over a video,
/// or the beginning of a short one.
final class HoverClip {

    private static final int SHORT_SIDE_PX = 320;
    private static final int SECONDS = 4;

    /// A video must be longer than what would be shown of it before it is worth the jumping.
    private static final long JUMP_FROM_MS = 8_000;

    /// As parts of the whole, one second each.
    private static final double[] MOMENTS = {0.1, 0.35, 0.6, 0.85};

    /// The fewest that still look like a movement.
    private static final int FRAMES_PER_SECOND = 15;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private HoverClip() {}

    /// A video without one is as good as before.
    static Optional<RenditionFile> make(VideoFile file, Probe probe, Path folder) throws IOException, InterruptedException {
        try {
            Path clip = folder.resolve(RenditionFile.Name.HOVER.fileName());
            if (probe.durationMs() < JUMP_FROM_MS || !run(file, probe, clip, moments(probe))) {
                run(file, probe, clip, List.of(List.of("-t", Integer.toString(SECONDS))));
            }
            if (!Files.exists(clip) || Files.size(clip) == 0) {
                return Optional.empty();
            }
            PictureTrack made = Probe.of(VideoFile.of(clip, FileKind.MP4)).picture();
            return Optional.of(new RenditionFile(RenditionFile.Name.HOVER, "video/mp4", made.width(), made.height(), Files.size(clip)));
        } catch (Refusal refusal) {
            System.err.println("no hover clip: " + refusal.getMessage());
            return Optional.empty();
        }
    }

    private static List<List<String>> moments(Probe probe) {
        List<List<String>> moments = new ArrayList<>();
        for (double part : MOMENTS) {
            moments.add(List.of("-ss", String.format(Locale.ROOT, "%.3f", probe.durationMs() / 1000.0 * part), "-t", "1"));
        }
        return moments;
    }

    /// The same file several times over, because one opened once can only be read from the beginning to the end.
    private static boolean run(VideoFile file, Probe probe, Path to, List<List<String>> moments) throws Refusal, IOException, InterruptedException {
        List<String> inputs = new ArrayList<>();
        StringBuilder pieces = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        String look = new Look(probe.picture()).playable(SHORT_SIDE_PX);
        for (int i = 0; i < moments.size(); i++) {
            inputs.addAll(file.open(moments.get(i).toArray(String[]::new)));
            pieces.append('[').append(i).append(':').append(probe.picture().index()).append("]fps=").append(FRAMES_PER_SECOND)
                    .append(',').append(look).append("[m").append(i).append("];");
            joined.append("[m").append(i).append(']');
        }
        Program.Ended ended = Program.run(Probe.join(
                List.of("nice", "-n", "10", "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-filter_complex_threads", "1"), inputs,
                List.of("-filter_complex", pieces.toString() + joined + "concat=n=" + moments.size(), "-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "28",
                        "-maxrate", "800k", "-bufsize", "1600k", "-threads", "1", "-map_metadata", "-1", "-map_chapters", "-1",
                        "-movflags", "+faststart", "-f", "mp4", "-y", to.toString())), LIMIT);
        return ended.exit() == 0;
    }
}
