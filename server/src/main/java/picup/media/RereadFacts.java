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
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Reads again what an original says about itself, and makes no pictures: milliseconds, where [RenderOriginal] takes a
/// part of a second.
@Component
@InRole(Role.WORKER)
class RereadFacts implements JobHandler<RereadFacts.Seen> {
    /// @param digest hexadecimal
    record Seen(MemberId owner, String digest, FileKind kind, Priority priority) {}

    static final JobKind<Seen> KIND = new JobKind<>(StorageLanes.SHORT, "reread-facts", Seen.class, 3, Duration.ofSeconds(2));
    private static final Logger LOG = LoggerFactory.getLogger(RereadFacts.class);

    private final DecodeOriginal decodeOriginal;
    private final DecoderPool decoders;
    private final ApplicationEventPublisher events;

    RereadFacts(DecodeOriginal decodeOriginal, DecoderPool decoders, ApplicationEventPublisher events) {
        this.decodeOriginal = decodeOriginal;
        this.decoders = decoders;
        this.events = events;
    }

    @Override
    public JobKind<Seen> kind() {
        return KIND;
    }

    @Override
    public void run(Seen job) throws Exception {
        var digest = Digest.ofHex(job.digest());
        decodeOriginal.ask(decoders, DecodeOriginal.urgency(job.priority()), job.owner(), digest,
                (original, workbench) -> DecodeRequest.facts(original, workbench, job.kind()),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        events.publishEvent(new FactsRead(job.owner(), digest, facts));
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        // What was read before stays.
                        LOG.warn("The facts of {} cannot be read again: {} {}", digest, refused.reason(), refused.detail());
                    }
                });
    }
}
