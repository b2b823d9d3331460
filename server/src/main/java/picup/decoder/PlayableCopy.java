package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An MP4 of H.264 and AAC: every browser plays it, starts before all of it is there, and seeks in it.
///
/// What can be taken over is copied, which costs no more than reading the file; the rest is encoded anew, behind everyone
/// else. What fails is tried in a humbler way: a film without its sound is better than none.
final class PlayableCopy {

    /// Short side of a video that had to be encoded: what a phone's screen shows, at 1.5 times real time on a slow core.
    private static final int SHORT_SIDE_PX = 720;

    /// More can't be told apart by most people, and by many screens.
    private static final int FRAMES_PER_SECOND = 60;

    /// Times are kept as the file has them, to the clock of MPEG: ffmpeg would round them to whole frames of the rate that it
    /// guesses, and lose frames where the rate varies.
    private static final String CLOCK = "1:90000";

    /// AAC's highest of what all browsers resample alike.
    private static final String SOUND_HERTZ = "48000";

    /// A frame of more pixels is decoded by one thread, because each thread holds some.
    private static final long LARGE_PIXELS = 10_000_000;

    private final VideoFile file;
    private final Probe probe;
    private final Path folder;
    private final long end;
    private final List<String> atMost;

    /// @param limit for all tries together
    PlayableCopy(VideoFile file, Probe probe, Path folder, Duration limit) {
        this(file, probe, folder, System.nanoTime() + limit.toNanos(), List.of());
    }

    private PlayableCopy(VideoFile file, Probe probe, Path folder, long end, List<String> atMost) {
        this.file = file;
        this.probe = probe;
        this.folder = folder;
        this.end = end;
        this.atMost = atMost;
    }

    PlayableCopy atMost(Duration length) {
        return new PlayableCopy(file, probe, folder, end, List.of("-t", Long.toString(length.toSeconds())));
    }

    private enum Sound {
        COPIED, ENCODED, NONE
    }

    /// @param encoder none where the picture is copied
    private record Way(@Nullable Encoder encoder, Sound sound) {}

    RenditionFile make(RenditionFile.Name name) throws Refusal, IOException, InterruptedException {
        Path part = folder.resolve(name.fileName() + ".part");
        String complaint = "";
        for (Way way : ways()) {
            Program.Ended ended = run(way, part);
            complaint = ended.complaint();
            Probe made = ended.exit() == 0 && Files.exists(part) ? probe(part) : null;
            if (made != null && whole(made, way)) {
                Path video = folder.resolve(name.fileName());
                Files.move(part, video, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return new RenditionFile(name, "video/mp4", made.picture().width(), made.picture().height(), Files.size(video));
            }
            Files.deleteIfExists(part);
            if (way.encoder() != null && !way.encoder().software()) {
                Encoder.distrust();
            }
        }
        throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffmpeg: " + complaint);
    }

    private List<Way> ways() throws IOException, InterruptedException {
        SoundTrack track = probe.sound();
        Sound sound = track == null ? Sound.NONE : track.playsEverywhere() && file.timed() ? Sound.COPIED : Sound.ENCODED;
        List<Way> ways = new ArrayList<>();
        if (probe.picture().playsEverywhere() && file.timed()) {
            ways.add(new Way(null, sound));
        }
        if (!Encoder.best().software()) {
            ways.add(new Way(Encoder.best(), sound));
        }
        ways.add(new Way(Encoder.SOFTWARE, sound == Sound.NONE ? Sound.NONE : Sound.ENCODED));
        if (sound != Sound.NONE) {
            ways.add(new Way(Encoder.SOFTWARE, Sound.NONE));
        }
        return ways;
    }

    private Program.Ended run(Way way, Path to) throws Refusal, IOException, InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw new Refusal(DecodeAnswer.Reason.TOO_SLOW, "no time is left to try once more");
        }
        return Program.run(Probe.join(
                List.of("nice", "-n", "10", "ffmpeg", "-nostdin", "-v", "error", "-threads", threads(), "-max_error_rate", "1"),
                way.encoder() == null ? List.of() : way.encoder().before(), file.open(), picture(way.encoder()), sound(way.sound()), atMost,
                // A rendition must not tell where it was taken; how it is turned is kept by the track.
                List.of("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4", "-y", to.toString())), left);
    }

    private List<String> picture(@Nullable Encoder encoder) {
        List<String> track = List.of("-map", "0:" + probe.picture().index());
        if (encoder == null) {
            return Probe.join(track, List.of("-c:v", "copy"));
        }
        Double rate = probe.framesPerSecond();
        String fewer = rate != null && rate > FRAMES_PER_SECOND + 1 ? "fps=" + FRAMES_PER_SECOND + "," : "";
        return Probe.join(track,
                List.of("-vf", fewer + new Look(probe.picture()).playable(SHORT_SIDE_PX) + encoder.filters()), encoder.arguments(),
                List.of("-vsync", "vfr", "-enc_time_base:v", CLOCK, "-threads", threads(),
                        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"));
    }

    private List<String> sound(Sound sound) {
        SoundTrack track = probe.sound();
        if (track == null || sound == Sound.NONE) {
            return List.of("-an");
        }
        List<String> map = List.of("-map", "0:" + track.index());
        return sound == Sound.COPIED
                ? Probe.join(map, List.of("-c:a", "copy"))
                : Probe.join(map, List.of("-c:a", "aac", "-b:a", track.channels() == 1 ? "64k" : "128k", "-ac", Integer.toString(Math.min(2, track.channels())),
                        "-ar", SOUND_HERTZ));
    }

    private String threads() {
        boolean large = (long) probe.picture().width() * probe.picture().height() > LARGE_PIXELS;
        return Integer.toString(large ? 1 : Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
    }

    /// A copy can lose frames without a word, where times or key frames aren't what they should be.
    private boolean whole(Probe made, Way way) {
        return way.encoder() != null || !atMost.isEmpty() || made.durationMs() >= probe.durationMs() * 9 / 10;
    }

    private static @Nullable Probe probe(Path part) throws IOException, InterruptedException {
        try {
            return Probe.of(VideoFile.of(part, FileKind.MP4));
        } catch (Refusal nothingIn) {
            return null;
        }
    }
}
