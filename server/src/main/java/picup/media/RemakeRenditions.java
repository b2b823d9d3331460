package picup.media;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;
import picup.platform.Ids;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.Unavailable;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Originals;
import picup.storage.StorageLanes;

/// After a change of [RenditionFile#VERSION]: walks through all originals and has their renditions made again, behind
/// everything that somebody waits for. Until then the old ones are shown.
///
/// Each step adds a few jobs and the next step in one transaction, so a killed process loses none and repeats none; it waits
/// while the lane has enough to do. A walk that a restart begins again finds only what is left. The same walk gives what could not be
/// shown another chance: with new settings, and only then.
@Component
@InRole(Role.WORKER)
class RemakeRenditions implements JobHandler<RemakeRenditions.Walk> {
    /// @param version of the settings; null in `owner` and `digest` at the beginning
    record Walk(int version, @Nullable MemberId owner, @Nullable String digest) {
        Ledger.@Nullable Holding after() {
            return owner == null || digest == null ? null : new Ledger.Holding(owner, Digest.ofHex(digest));
        }
    }

    static final JobKind<Walk> KIND = new JobKind<>(StorageLanes.SHORT, "remake-renditions", Walk.class, 10, Duration.ofMinutes(1));

    /// Twenty seconds of work for two cores.
    static final int STEP = 100;

    /// More than that, and what comes in between would be hard to see in the list of jobs.
    private static final int ENOUGH_WAITING = 200;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(RemakeRenditions.class);

    private final DecodingOrders orders;
    private final Ledger ledger;
    private final Originals originals;
    private final RequestRenditions rendering;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    RemakeRenditions(DecodingOrders orders, Ledger ledger, Originals originals, RequestRenditions rendering, Jobs jobs,
            TransactionTemplate transaction, InstantSource clock) {
        this.orders = orders;
        this.ledger = ledger;
        this.originals = originals;
        this.rendering = rendering;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public JobKind<Walk> kind() {
        return KIND;
    }

    /// At start-up. Any number of processes begin one walk.
    void begin() {
        if (orders.remadeVersion() < RenditionFile.VERSION) {
            jobs.addOnce(KIND, "version-" + RenditionFile.VERSION, new Walk(RenditionFile.VERSION, null, null), Priority.BULK, Instant.EPOCH);
        }
    }

    @Override
    public void run(Walk walk) throws Unavailable {
        if (walk.version() != RenditionFile.VERSION) {
            return; // of another Picup's settings; who runs those walks by those
        }
        if (jobs.pending(StorageLanes.SHORT) > ENOUGH_WAITING) {
            jobs.addOnce(KIND, Ids.next().toString(), walk, Priority.BULK, clock.instant().plus(REST));
            return;
        }
        var step = ledger.renderedBefore(walk.version(), walk.after(), STEP);
        if (step.isEmpty()) {
            orders.remade(walk.version());
            LOG.info("The renditions of all originals are of version {}, or waiting to be made", walk.version());
            return;
        }
        var kinds = new LinkedHashMap<Ledger.Holding, FileKind>();
        for (var holding : step) {
            kindOf(holding.digest()).filter(kind -> !kind.sidecar()).ifPresent(kind -> kinds.put(holding, kind));
        }
        transaction.executeWithoutResult(_ -> {
            kinds.forEach((holding, kind) -> rendering.afresh(holding.owner(), holding.digest(), kind));
            var last = step.getLast();
            jobs.add(KIND, new Walk(walk.version(), last.owner(), last.digest().hex()), Priority.BULK);
        });
    }

    /// By its first bytes, as at the upload. Nothing of bytes that are missing: they are reported elsewhere.
    private Optional<FileKind> kindOf(Digest digest) throws Unavailable {
        try (var in = originals.read(digest, 0)) {
            return FileKind.of(in.readNBytes(FileKind.HEAD_BYTES));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (Unavailable away) {
            throw away; // and the walk waits
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", digest, e.toString());
            return Optional.empty();
        }
    }
}
