package picup.media;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.media.decoding.DecoderPool;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Originals;
import picup.storage.StorageLanes;

/// Makes an MP4 that every browser plays, from a video that some do not.
@Component
@InRole(Role.WORKER)
class MakePlayable implements JobHandler<MakePlayable.Unplayable> {
    record Unplayable(MemberId owner, String digest, FileKind kind) {}

    static final JobKind<Unplayable> KIND = new JobKind<>(StorageLanes.LONG, "make-playable", Unplayable.class, 3, Duration.ofMinutes(1));
    private static final Logger LOG = LoggerFactory.getLogger(MakePlayable.class);

    private final Originals originals;
    private final Ledger ledger;
    private final Renditions renditions;
    private final DecoderPool decoders;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    MakePlayable(Originals originals, Ledger ledger, Renditions renditions, VideoDecoders decoders, TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.originals = originals;
        this.ledger = ledger;
        this.renditions = renditions;
        this.decoders = decoders.pool();
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public JobKind<Unplayable> kind() {
        return KIND;
    }

    @Override
    public void run(Unplayable job) throws Exception {
        var digest = Digest.ofHex(job.digest());
        if (!ledger.holds(job.owner(), digest)) {
            return; // deleted for good before we came to it
        }
        var workbench = renditions.workbench();
        try {
            switch (decoders.decode(DecodeRequest.playable(originals.file(digest), workbench, job.kind()))) {
                case DecodeAnswer.Decoded decoded -> {
                    var names = renditions.keep(digest, workbench, decoded.renditions());
                    transaction.executeWithoutResult(status -> events.publishEvent(new VideoPlayable(job.owner(), digest, names)));
                }
                case DecodeAnswer.Refused refused ->
                    // The poster and the facts stay, and the original can be downloaded: nothing more to do for it.
                    LOG.warn("{} cannot be made playable: {} {}", digest, refused.reason(), refused.detail());
            }
        } finally {
            Renditions.delete(workbench);
        }
    }
}
