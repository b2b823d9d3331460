package picup.decoder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Videos: a poster that shows something, and a copy that every browser plays. The work is ffmpeg's, one thread of it and
/// behind everyone else.
final class Clips {

    private static final int POSTER_PX = 1440;

    /// Short side of a video that had to be encoded anew: what a phone's screen shows, at 1.5 times real time on a slow core.
    private static final int PLAYABLE_PX = 720;

    /// Where to look for a poster, as parts of the whole: the beginning is often black, or somebody's hand, and serves only
    /// where seeking finds nothing.
    private static final double[] POSTER_AT = {0.1, 0.35, 0.7, 0};

    /// Of 255, averaged over the frame. Video black is 0 here; what is a little brighter is worth another look elsewhere.
    private static final double DARK = 16;

    private static final Duration POSTER_LIMIT = Duration.ofSeconds(20);

    /// From linear light to what ordinary screens show, by Hable's curve. Done after scaling: it works in floats.
    private static final String TONE_MAP = ",zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
            + "zscale=t=bt709:m=bt709:r=tv";

    private final DecodeRequest request;
    private final Probe probe;

    private Clips(DecodeRequest request, Probe probe) {
        this.request = request;
        this.probe = probe;
    }

    static DecodeAnswer answer(DecodeRequest request) throws Refusal, IOException, InterruptedException {
        Probe probe = Probe.of(request.input());
        if ((long) probe.width() * probe.height() > request.limits().maxPixels()) {
            throw new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS, probe.width() + " × " + probe.height() + " pixels");
        }
        Clips clips = new Clips(request, probe);
        return switch (request.task()) {
            case RENDER -> clips.render();
            case PLAYABLE -> clips.makePlayable();
            case FACTS -> new DecodeAnswer.Decoded(clips.facts(null), List.of());
            case DESCRIBE -> throw new IllegalArgumentException("a video is no sidecar");
        };
    }

    private DecodeAnswer render() throws Refusal, IOException, InterruptedException {
        Path poster = request.outputFolder().resolve("poster.jpg");
        Renditions.@Nullable Made made = null;
        String complaint = "";
        for (double part : POSTER_AT) {
            if (made != null && (made.brightness() > DARK || part == 0)) {
                break;
            }
            complaint = takePoster(poster, part).complaint();
            if (Files.exists(poster) && Files.size(poster) > 0) {
                made = new Renditions(request.outputFolder(), request.limits()).make(poster, FileKind.JPEG);
                Files.delete(poster);
            }
        }
        if (made == null) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffmpeg: " + complaint);
        }
        return new DecodeAnswer.Decoded(facts(made.thumbHash()), made.files());
    }

    private Program.Ended takePoster(Path poster, double part) throws Refusal, IOException, InterruptedException {
        String seconds = Double.toString(Math.min(probe.durationMs() / 1000.0 * part, 600));
        return Program.run(Probe.join(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-threads", "1"), Probe.INPUT_OPTIONS,
                List.of("-ss", seconds, "-i", request.input().toString(), "-map", "0:V:0",
                        // Scaled first: the filter keeps the frames it chooses from.
                        "-vf", scaled(POSTER_PX) + ",thumbnail=n=10" + toneMap() + ",format=yuvj420p",
                        "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "2", "-f", "image2", "-update", "1", "-y", poster.toString())), POSTER_LIMIT);
    }

    private DecodeAnswer makePlayable() throws Refusal, IOException, InterruptedException {
        Facts facts = facts(null);
        if (facts.clip() != null && facts.clip().playableAsIs()) {
            return new DecodeAnswer.Decoded(facts, List.of());
        }
        Path part = request.outputFolder().resolve("video.part");
        Program.Ended ended = encode(part, probe.browsersPlayThePicture());
        if (ended.exit() != 0 && probe.browsersPlayThePicture()) {
            // A stream that can't be copied as it is may still be decoded.
            ended = encode(part, false);
        }
        if (ended.exit() != 0 || !Files.exists(part)) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffmpeg: " + ended.complaint());
        }
        Path video = request.outputFolder().resolve(RenditionFile.Name.VIDEO.fileName());
        Files.move(part, video, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Probe made = Probe.of(video);
        return new DecodeAnswer.Decoded(facts, List.of(
                new RenditionFile(RenditionFile.Name.VIDEO, "video/mp4", made.width(), made.height(), Files.size(video))));
    }

    private Program.Ended encode(Path to, boolean copyPicture) throws Refusal, IOException, InterruptedException {
        List<String> picture = copyPicture
                ? List.of("-c:v", "copy")
                : List.of("-vf", scaled(PLAYABLE_PX) + toneMap() + ",format=yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23",
                        "-profile:v", "high", "-threads", "1", "-fpsmax", "60");
        List<String> sound = probe.audioCodec() != null && probe.browsersPlayTheSound()
                ? List.of("-c:a", "copy")
                : List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2");
        return Program.run(Probe.join(
                List.of("nice", "-n", "10", "ffmpeg", "-nostdin", "-v", "error", "-threads", "1"), Probe.INPUT_OPTIONS,
                List.of("-i", request.input().toString(), "-map", "0:V:0", "-map", "0:a:0?"), picture, sound,
                // A rendition must not tell where it was taken; how it is turned is kept by the track.
                List.of("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4", "-y", to.toString())),
                // A little less than the parent gives us, to answer before it loses patience.
                request.limits().deadline().multipliedBy(9).dividedBy(10));
    }

    private Facts facts(@Nullable String thumbHash) throws IOException, InterruptedException {
        FactsDraft draft = new FactsDraft();
        ExifToolFacts.addTo(draft, request.input());
        boolean asIs = request.kind() == FileKind.MP4 && probe.browsersPlayThePicture() && probe.browsersPlayTheSound()
                && indexInFront(request.input());
        if (probe.hdr()) {
            draft.hdr();
        }
        return draft.facts(new Renditions.Size(probe.width(), probe.height(), 1, 1, false), thumbHash,
                new Facts.Clip(probe.durationMs(), probe.codec(), probe.audioCodec(), probe.framesPerSecond(), asIs));
    }

    /// Even, as 4:2:0 needs it. The size is said outright, because ffmpeg's own rules don't know of pixels that aren't square.
    private String scaled(int shortSidePx) {
        double scale = Math.min(1, (double) shortSidePx / Math.min(probe.width(), probe.height()));
        return "scale=" + even(probe.width() * scale) + ":" + even(probe.height() * scale) + ",setsar=1";
    }

    private static long even(double px) {
        return Math.max(2, Math.round(px / 2) * 2);
    }

    private String toneMap() {
        return probe.hdr() ? TONE_MAP : "";
    }

    /// Whether a player finds the index (`moov`) before the frames (`mdat`), and so can start at once.
    static boolean indexInFront(Path input) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(input.toFile(), "r")) {
            long at = 0;
            // A dozen boxes are usual; a file of a million empty ones isn't worth the reading.
            for (int boxes = 0; boxes < 64 && at + 8 <= file.length(); boxes++) {
                file.seek(at);
                long size = file.readInt() & 0xffffffffL;
                int type = file.readInt();
                if (type == 0x6d6f6f76) { // moov
                    return true;
                }
                if (type == 0x6d646174) { // mdat
                    return false;
                }
                if (size == 1 && at + 16 <= file.length()) {
                    size = file.readLong();
                }
                if (size < 8 || size > file.length() - at) {
                    return false;
                }
                at += size;
            }
            return false;
        }
    }
}
