package picup.media;

import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
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
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Looks into a new original: facts, a thumbnail, a preview, a placeholder. The library hears of it in the transaction
/// of [DecodeOriginal].
@Component
@InRole(Role.WORKER)
class RenderOriginal implements JobHandler<RenderOriginal.Unseen> {
    /// @param digest   hexadecimal
    record Unseen(MemberId owner, String digest, FileKind kind, Priority priority) {}

    /// Three attempts: a decoder that dies three times over one file dies of that file.
    static final JobKind<Unseen> KIND = new JobKind<>(StorageLanes.SHORT, "render-original", Unseen.class, 3, Duration.ofSeconds(2));

    private final DecodeOriginal decodeOriginal;
    private final DecoderPool decoders;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Jobs jobs;

    RenderOriginal(DecodeOriginal decodeOriginal, DecoderPool decoders, TransactionTemplate transaction, ApplicationEventPublisher events,
            Jobs jobs) {
        this.decodeOriginal = decodeOriginal;
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
        decodeOriginal.ask(decoders, job.owner(), digest,
                (original, workbench) -> DecodeRequest.render(original, workbench, job.kind()),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        events.publishEvent(new OriginalRendered(job.owner(), digest, facts, files));
                        // One that plays as it is still lacks its hover preview.
                        if (facts.clip() != null) {
                            jobs.add(MakePlayable.KIND, new MakePlayable.Unplayable(job.owner(), job.digest(), job.kind()), job.priority());
                        }
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        events.publishEvent(new OriginalUnreadable(job.owner(), digest, refused.reason().name()));
                    }
                });
    }

    @Override
    public void gaveUp(Unseen job, Throwable reason) {
        transaction.executeWithoutResult(status ->
                events.publishEvent(new OriginalUnreadable(job.owner(), Digest.ofHex(job.digest()), "DECODER_LOST")));
    }
}
