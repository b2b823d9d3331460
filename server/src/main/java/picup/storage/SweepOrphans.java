package picup.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// The reconcile: bytes whose transaction never committed, and uploads that broke off. It runs every few hours, looks
/// at one of the 256 folders after the other, and spares everything younger than the grace period, because an upload
/// makes its bytes durable before it records them.
@Component
class SweepOrphans implements JobHandler<SweepOrphans.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-orphans", Sweep.class, 3, Duration.ofMinutes(1));

    /// Longer than the slowest upload that is still moving.
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int FOLDERS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(SweepOrphans.class);

    private final JdbcClient sql;
    private final DiskOriginals originals;
    private final RemoveUnheldBytes removal;
    private final Jobs jobs;
    private final InstantSource clock;

    SweepOrphans(JdbcClient sql, DiskOriginals originals, RemoveUnheldBytes removal, Jobs jobs, InstantSource clock) {
        this.sql = sql;
        this.originals = originals;
        this.removal = removal;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Sweep> kind() {
        return KIND;
    }

    /// Puts the next sweep on the calendar, at start-up and after each one.
    void scheduleNext() {
        var next = clock.instant().plus(EVERY);
        jobs.addOnce(KIND, "at-" + next.getEpochSecond() / EVERY.toSeconds(), new Sweep(), Priority.BULK, next);
    }

    @Override
    public void run(Sweep sweep) throws IOException {
        scheduleNext();
        var before = clock.instant().minus(GRACE);
        int broken = originals.sweepIncoming(before);
        int orphans = 0;
        for (int folder = 0; folder < FOLDERS; folder++) {
            var held = heldIn(folder);
            for (var digest : originals.inFolder(folder)) {
                // A first look without the lock spares the rest; the removal looks again under it.
                if (!held.contains(digest) && olderThan(before, digest) && removal.removeIfUnheld(digest)) {
                    orphans++;
                }
            }
        }
        LOG.info("Swept {} broken-off uploads and {} originals that nobody holds", broken, orphans);
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

    private boolean olderThan(Instant before, Digest digest) throws IOException {
        return Files.getLastModifiedTime(originals.file(digest)).toInstant().isBefore(before);
    }
}
