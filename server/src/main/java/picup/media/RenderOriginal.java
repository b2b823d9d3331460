package picup.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.media.decoding.DecoderLost;
import picup.media.decoding.DecoderPool;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.NotNow;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Originals;
import picup.storage.StorageLanes;

/// Looks into a new original: facts, a thumbnail, a preview, a placeholder.
///
/// The decoder works outside of any transaction. What came of it is one more transaction, in which the library hears of
/// it; a crash between the two repeats the work, which ends the same.
@Component
@InRole(Role.WORKER)
class RenderOriginal implements JobHandler<RenderOriginal.Unseen> {
    /// @param digest   hexadecimal
    record Unseen(MemberId owner, String digest, FileKind kind, Priority priority) {}

    /// Three attempts: a decoder that dies three times over one file dies of that file.
    static final JobKind<Unseen> KIND = new JobKind<>(StorageLanes.SHORT, "render-original", Unseen.class, 3, Duration.ofSeconds(2));

    private final Originals originals;
    private final Ledger ledger;
    private final Renditions renditions;
    private final DecoderPool decoders;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Jobs jobs;

    RenderOriginal(Originals originals, Ledger ledger, Renditions renditions, DecoderPool decoders, TransactionTemplate transaction,
            ApplicationEventPublisher events, Jobs jobs) {
        this.originals = originals;
        this.ledger = ledger;
        this.renditions = renditions;
        this.decoders = decoders;
        this.transaction = transaction;
        this.events = events;
        this.jobs = jobs;
    }

    @Override
    public JobKind<Unseen> kind() {
        return KIND;
    }

    @Override
    public void run(Unseen job) throws Exception {
        var digest = Digest.ofHex(job.digest());
        if (!ledger.holds(job.owner(), digest)) {
            return; // deleted for good before we came to it
        }
        var workbench = renditions.workbench();
        try {
            switch (answer(job, digest, workbench)) {
                case DecodeAnswer.Decoded decoded -> transaction.executeWithoutResult(status -> rendered(job, digest, decoded, workbench));
                case DecodeAnswer.Refused refused ->
                    transaction.executeWithoutResult(status ->
                            events.publishEvent(new OriginalUnreadable(job.owner(), digest, refused.reason().name())));
            }
        } finally {
            Renditions.delete(workbench);
        }
    }

    private DecodeAnswer answer(Unseen job, Digest digest, Path workbench) throws Exception {
        try {
            return decoders.decode(DecodeRequest.render(originals.file(digest), workbench, job.kind()));
        } catch (DecoderLost lost) {
            throw switch (lost.why()) {
                case CLOSED, NOT_STARTED -> new NotNow("No decoder took the file", lost);
                case CRASHED, HUNG, OUT_OF_MEMORY, LIED -> lost;
            };
        }
    }

    /// Under the digest's lock, so that renditions are not put beside bytes that are just being removed.
    private void rendered(Unseen job, Digest digest, DecodeAnswer.Decoded decoded, Path workbench) {
        if (!ledger.stillHolds(job.owner(), digest)) {
            return; // deleted for good while the decoder worked
        }
        try {
            events.publishEvent(new OriginalRendered(job.owner(), digest, decoded.facts(), renditions.keep(digest, workbench, decoded.renditions())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var clip = decoded.facts().clip();
        if (clip != null && !clip.playableAsIs()) {
            jobs.add(MakePlayable.KIND, new MakePlayable.Unplayable(job.owner(), job.digest(), job.kind()), job.priority());
        }
    }

    @Override
    public void gaveUp(Unseen job, Throwable reason) {
        transaction.executeWithoutResult(status ->
                events.publishEvent(new OriginalUnreadable(job.owner(), Digest.ofHex(job.digest()), "DECODER_LOST")));
    }
}
