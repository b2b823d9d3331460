package picup.media;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;
import picup.media.decoding.DecoderPool;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Has a decoder read a sidecar: XML and JSON of strangers are looked into nowhere else.
@Component
@InRole(Role.WORKER)
class DescribeSidecar implements JobHandler<DescribeSidecar.Unread> {
    /// @param digest hexadecimal
    record Unread(MemberId owner, String digest, FileKind kind, Priority priority) {}

    static final JobKind<Unread> KIND = new JobKind<>(StorageLanes.SHORT, "describe-sidecar", Unread.class, 3, Duration.ofSeconds(2));
    private static final Logger LOG = LoggerFactory.getLogger(DescribeSidecar.class);

    private final DecodeOriginal decodeOriginal;
    private final DecoderPool decoders;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    DescribeSidecar(DecodeOriginal decodeOriginal, DecoderPool decoders, TransactionTemplate transaction, ApplicationEventPublisher events) {
        this.decodeOriginal = decodeOriginal;
        this.decoders = decoders;
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public JobKind<Unread> kind() {
        return KIND;
    }

    @Override
    public void run(Unread job) throws Exception {
        var digest = Digest.ofHex(job.digest());
        decodeOriginal.ask(decoders, DecodeOriginal.urgency(job.priority()), job.owner(), digest,
                (original, workbench) -> DecodeRequest.describe(original, workbench, job.kind()),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        throw new IllegalStateException("A sidecar was decoded as if it were a picture: " + digest);
                    }

                    @Override
                    public void described(SidecarFacts facts) {
                        events.publishEvent(new SidecarDescribed(job.owner(), digest, facts));
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        LOG.info("The sidecar {} says nothing: {} {}", digest, refused.reason(), refused.detail());
                        events.publishEvent(new SidecarUnreadable(job.owner(), digest));
                    }
                });
    }

    @Override
    public void gaveUp(Unread job, Throwable reason) {
        transaction.executeWithoutResult(_ -> events.publishEvent(new SidecarUnreadable(job.owner(), Digest.ofHex(job.digest()))));
    }
}
