package picup.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;
import picup.storage.blob.BlobStore;
import picup.storage.blob.BlobStore.Blob;

/// The reconcile: bytes whose transaction never committed, and uploads that broke off. It runs every few hours, looks
/// at one of the 256 folders after the other, and spares everything younger than the grace period, because an upload
/// makes its bytes durable before it records them.
@Component
@InRole(Role.WORKER)
class SweepOrphans implements RecurringJob<SweepOrphans.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-orphans", Sweep.class, 3, Duration.ofMinutes(1));

    /// Longer than the slowest upload that is still moving.
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int FOLDERS = 256; // by the first byte of the digest

    /// What some crashes in a row leave: each the uploads that were between their last byte and their commit.
    private static final int FEW = 20;
    private static final Logger LOG = LoggerFactory.getLogger(SweepOrphans.class);

    private final JdbcClient sql;
    private final Originals originals;
    private final BlobStore store;
    private final RemoveUnheldBytes removal;
    private final InstantSource clock;

    SweepOrphans(JdbcClient sql, Originals originals, BlobStore store, RemoveUnheldBytes removal, InstantSource clock) {
        this.sql = sql;
        this.originals = originals;
        this.store = store;
        this.removal = removal;
        this.clock = clock;
    }

    @Override
    public JobKind<Sweep> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Sweep job() {
        return new Sweep();
    }

    @Override
    public void run(Sweep sweep) throws IOException {
        var before = clock.instant().minus(GRACE);
        int broken = originals.sweepIncoming(before);
        removal.forgetBefore(before);
        requirePlausible(before);
        try {
            removeOrphans(broken, before);
        } catch (RemoveUnheldBytes.WhileBackup e) {
            LOG.info("Swept {} broken-off uploads; originals that nobody holds stay, as a backup is being taken", broken);
        }
    }

    private void removeOrphans(int broken, Instant before) throws IOException {
        int orphans = 0;
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (var blob : unheldIn(folder, inFolder(folder), before)) {
                if (removal.removeIfUnheld(blob.digest())) {
                    orphans++;
                }
            }
        }
        LOG.info("Swept {} broken-off uploads and {} originals that nobody holds", broken, orphans);
    }

    /// Counts before anything goes. Counting holds one folder's digests at a time, however many are unknown.
    private void requirePlausible(Instant before) throws IOException {
        long files = 0;
        long unheld = 0;
        for (int folder = 0; folder < FOLDERS; folder++) {
            var blobs = inFolder(folder);
            files += blobs.size();
            unheld += unheldIn(folder, blobs, before).size();
        }
        if (!plausible(unheld, files)) {
            throw new IllegalStateException(("The database knows nothing of %,d of the %,d originals in the store. It is not the one that belongs to them, "
                    + "or it was restored from an older copy; so nothing was removed. Restore the right one, or import those files again.")
                    .formatted(unheld, files));
        }
    }

    private List<Blob> inFolder(int folder) throws IOException {
        try (var blobs = store.inFolder(folder)) {
            return blobs.toList();
        }
    }

    /// A first look without the lock, which spares most; the removal looks again under it.
    private List<Blob> unheldIn(int folder, List<Blob> blobs, Instant before) {
        var held = heldIn(folder);
        return blobs.stream().filter(blob -> blob.since().isBefore(before) && !held.contains(blob.digest())).toList();
    }

    private Set<Digest> heldIn(int folder) {
        return Set.copyOf(sql.sql("SELECT DISTINCT digest FROM storage.original WHERE digest >= :first AND digest <= :last")
                .param("first", filled(folder, 0x00))
                .param("last", filled(folder, 0xff))
                .query((row, number) -> new Digest(row.getBytes(1)))
                .list());
    }

    private static byte[] filled(int first, int rest) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) rest);
        bytes[0] = (byte) first;
        return bytes;
    }

    /// A database that knows few of the files beside it is the wrong one: new, or restored from an older copy. To remove
    /// what it does not know would be to lose it.
    static boolean plausible(long unheld, long files) {
        return unheld <= FEW || unheld <= files / 100;
    }
}
