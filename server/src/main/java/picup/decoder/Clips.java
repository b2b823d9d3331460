package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Videos: a poster that shows something, a copy that every browser plays, a few seconds to look at in passing. The work is
/// ffmpeg's, behind everyone else.
final class Clips {

    private static final int POSTER_PX = 1440;

    /// Where to look for a poster, as parts of the whole: the beginning is often black, or somebody's hand, and serves only
    /// where seeking finds nothing.
    private static final double[] POSTER_AT = {0.1, 0.35, 0.7, 0};

    /// Of 255, averaged over the frame. Video black is 0 here; what is a little brighter is worth another look elsewhere.
    private static final double DARK = 16;

    private static final Duration POSTER_LIMIT = Duration.ofSeconds(20);

    private final DecodeRequest request;
    private final VideoFile file;
    private final Probe probe;

    private Clips(DecodeRequest request, VideoFile file, Probe probe) {
        this.request = request;
        this.file = file;
        this.probe = probe;
    }

    static DecodeAnswer answer(DecodeRequest request) throws Refusal, IOException, InterruptedException {
        VideoFile file = VideoFile.of(request.input(), request.kind());
        Probe probe = Probe.of(file);
        PictureTrack picture = probe.picture();
        if ((long) picture.width() * picture.height() > request.limits().maxPixels()) {
            throw new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS, picture.width() + " × " + picture.height() + " pixels");
        }
        Clips clips = new Clips(request, file, probe);
        return switch (request.task()) {
            case RENDER -> clips.render();
            case PLAYABLE -> clips.makePlayable();
            case FACTS -> new DecodeAnswer.Decoded(clips.facts(null), List.of());
            case DESCRIBE, EDIT -> throw new IllegalArgumentException(request.task() + " isn't for a video");
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
        // The key frame before that moment will do; up to the moment itself there may be ten seconds to decode.
        List<String> input = part == 0 ? file.open()
                : file.open("-noaccurate_seek", "-ss", Double.toString(Math.min(probe.durationMs() / 1000.0 * part, 600)));
        return Program.run(Probe.join(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-max_error_rate", "1"), input,
                List.of("-map", "0:" + probe.picture().index(), "-vf", new Look(probe.picture()).poster(POSTER_PX),
                        "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "2", "-f", "image2", "-update", "1", "-y", poster.toString())), POSTER_LIMIT);
    }

    private DecodeAnswer makePlayable() throws Refusal, IOException, InterruptedException {
        Facts facts = facts(null);
        List<RenditionFile> made = new ArrayList<>();
        if (facts.clip() != null && facts.clip().playableAsIs()) {
            HoverClip.make(file, probe, request.outputFolder()).ifPresent(made::add);
            return new DecodeAnswer.Decoded(facts, made);
        }
        // A little less than the parent gives us, to answer before it loses patience.
        Duration limit = request.limits().deadline().multipliedBy(9).dividedBy(10);
        made.add(new PlayableCopy(file, probe, request.outputFolder(), limit).make(RenditionFile.Name.VIDEO));
        // From the copy, which is small, upright, and has a key frame every other second.
        VideoFile copy = VideoFile.of(request.outputFolder().resolve(RenditionFile.Name.VIDEO.fileName()), FileKind.MP4);
        HoverClip.make(copy, Probe.of(copy), request.outputFolder()).ifPresent(made::add);
        return new DecodeAnswer.Decoded(facts, made);
    }

    private Facts facts(@Nullable String thumbHash) throws IOException, InterruptedException {
        PictureTrack picture = probe.picture();
        SoundTrack sound = probe.sound();
        FactsDraft draft = new FactsDraft();
        ExifToolFacts.addTo(draft, request.input());
        if (picture.hdr()) {
            draft.hdr();
        }
        draft.panorama(SphericalVideo.panorama(file, probe));
        return draft.facts(new Renditions.Size(picture.width(), picture.height(), 1, 1, false), thumbHash,
                new Facts.Clip(probe.durationMs(), picture.codec(), sound == null ? null : sound.codec(), probe.framesPerSecond(), playableAsIs()));
    }

    /// WebM, and AV1 and VP9 in MP4, are for browsers whose makers, or whose owners' telephones, are newer than many.
    private boolean playableAsIs() throws IOException {
        SoundTrack sound = probe.sound();
        return request.kind() == FileKind.MP4 && probe.picture().first() && probe.picture().playsEverywhere()
                && (sound == null || sound.first() && sound.playsEverywhere()) && Boxes.indexInFront(request.input());
    }
}
