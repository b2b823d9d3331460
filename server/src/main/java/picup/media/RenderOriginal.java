package picup.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;
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
import picup.storage.StorageLanes;

/// Looks into a new original: facts, a thumbnail, a preview, a placeholder. The library hears of it in the transaction
/// of [DecodeOriginal]. What was made of the same bytes for somebody else, or before, is not made again.
@Component
@InRole(Role.WORKER)
class RenderOriginal implements JobHandler<RenderOriginal.Unseen> {
    /// @param digest   hexadecimal
    record Unseen(MemberId owner, String digest, FileKind kind, Priority priority) {}

    /// Three attempts: a decoder that dies three times over one file dies of that file.
    static final JobKind<Unseen> KIND = new JobKind<>(StorageLanes.SHORT, "render-original", Unseen.class, 3, Duration.ofSeconds(2));

    /// About as long as a decoder takes.
    private static final Duration TWIN = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(RenderOriginal.class);

    private final DecodeOriginal decodeOriginal;
    private final Renditions renditions;
    private final Ledger ledger;
    private final DecoderPool decoders;
    private final Set<Digest> atWork = ConcurrentHashMap.newKeySet();
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Jobs jobs;

    RenderOriginal(DecodeOriginal decodeOriginal, Renditions renditions, Ledger ledger, DecoderPool decoders, TransactionTemplate transaction,
            ApplicationEventPublisher events, Jobs jobs) {
        this.decodeOriginal = decodeOriginal;
        this.renditions = renditions;
        this.ledger = ledger;
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
        var made = renditions.remembered(digest);
        if (made.isPresent()) {
            transaction.executeWithoutResult(_ -> {
                if (ledger.stillHolds(job.owner(), digest)) {
                    show(job, digest, made.get());
                }
            });
        } else if (atWork.add(digest)) {
            try {
                decode(job, digest);
            } finally {
                atWork.remove(digest);
            }
        } else {
            throw new NotNow("The same bytes are being decoded for somebody else", TWIN);
        }
    }

    private void decode(Unseen job, Digest digest) throws Exception {
        var shown = new ArrayList<String>();
        decodeOriginal.ask(decoders, DecodeOriginal.urgency(job.priority()), job.owner(), digest,
                (original, workbench) -> DecodeRequest.render(original, workbench, job.kind()),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        var made = new Renditions.Made(facts, files);
                        remember(digest, made);
                        show(job, digest, made);
                        shown.addAll(files);
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        giveUp(job, digest, refused.reason().name());
                    }
                });
        if (!shown.isEmpty()) {
            renditions.keepOnly(digest, shown);
        }
    }

    private void remember(Digest digest, Renditions.Made made) {
        try {
            renditions.remember(digest, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In a transaction. What [MakePlayable] made before stays. The event comes first: the library takes its owner's lock then, which
    /// a deletion takes before the row of the ledger, too.
    private void show(Unseen job, Digest digest, Renditions.Made made) {
        var clip = made.facts().clip();
        var copies = clip == null ? List.<String>of() : renditions.there(digest, MakePlayable.FILES);
        events.publishEvent(new OriginalRendered(job.owner(), digest, made.facts(), Stream.concat(made.files().stream(), copies.stream()).distinct().toList()));
        ledger.rendered(job.owner(), digest, RenditionFile.VERSION);
        boolean plays = clip != null && (clip.playableAsIs() || copies.contains("video.mp4"));
        if (clip != null && !(plays && copies.contains("hover.mp4"))) {
            jobs.addOnce(MakePlayable.KIND, job.owner() + "-" + job.digest(), new MakePlayable.Unplayable(job.owner(), job.digest(), job.kind()),
                    job.priority(), Instant.EPOCH);
        }
    }

    /// In a transaction. It is tried again when somebody asks, or with the next version of the settings; not by itself. What
    /// former settings could show is still shown.
    private void giveUp(Unseen job, Digest digest, String reason) {
        if (renditions.shows(digest)) {
            LOG.warn("{} keeps its former renditions, as no new ones can be made: {}", digest, reason);
        } else {
            events.publishEvent(new OriginalUnreadable(job.owner(), digest, reason));
        }
        ledger.rendered(job.owner(), digest, RenditionFile.VERSION);
    }

    @Override
    public void gaveUp(Unseen job, Throwable reason) {
        transaction.executeWithoutResult(_ -> giveUp(job, Digest.ofHex(job.digest()), "DECODER_LOST"));
    }
}
