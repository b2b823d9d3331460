package picup.media;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.media.decoding.DecoderPool;
import picup.media.decoding.Urgency;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Makes an MP4 that every browser plays, from a video that some do not, and of every video a few seconds to look at in passing.
@Component
@InRole(Role.WORKER)
class MakePlayable implements JobHandler<MakePlayable.Unplayable> {
    record Unplayable(MemberId owner, String digest, FileKind kind) {}

    static final JobKind<Unplayable> KIND = new JobKind<>(StorageLanes.LONG, "make-playable", Unplayable.class, 3, Duration.ofMinutes(1));

    /// What it makes: the second of every video, the first of those that don't play as they are.
    static final List<String> FILES = List.of("video.mp4", "hover.mp4");
    private static final Logger LOG = LoggerFactory.getLogger(MakePlayable.class);

    private final DecodeOriginal decodeOriginal;
    private final DecoderPool decoders;
    private final ApplicationEventPublisher events;

    MakePlayable(DecodeOriginal decodeOriginal, VideoDecoders decoders, ApplicationEventPublisher events) {
        this.decodeOriginal = decodeOriginal;
        this.decoders = decoders.pool();
        this.events = events;
    }

    @Override
    public JobKind<Unplayable> kind() {
        return KIND;
    }

    @Override
    public void run(Unplayable job) throws Exception {
        var digest = Digest.ofHex(job.digest());
        decodeOriginal.ask(decoders, Urgency.LONG, job.owner(), digest,
                (original, workbench) -> DecodeRequest.playable(original, workbench, job.kind()),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        events.publishEvent(new VideoPlayable(job.owner(), digest, files));
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        // The poster and the facts stay, and the original can be downloaded: nothing more to do for it.
                        LOG.warn("{} cannot be made playable: {} {}", digest, refused.reason(), refused.detail());
                    }
                });
    }
}
