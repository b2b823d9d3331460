package picup.storage.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.Unavailable;
import picup.storage.Digest;
import picup.storage.blob.BlobStore;
import picup.storage.blob.DiskBlobs;

/// Of the files against what the database says of them: every name and size, and the bytes of some.
final class OriginalsChecks {
    private static final Duration GRACE = Duration.ofHours(24);
    private static final int SAMPLED = 20;
    private static final int NAMED = 5;

    private final JdbcClient sql;
    private final BlobStore store;
    private final List<String> missing = new ArrayList<>();
    private final List<String> altered = new ArrayList<>();
    private final List<Digest> sample = new ArrayList<>();
    private long rows;
    private long files;
    private long orphans;

    OriginalsChecks(JdbcClient sql, BlobStore store) {
        this.sql = sql;
        this.store = store;
    }

    /// Holds the names of one folder at a time, however many originals there are.
    List<Finding> all() throws IOException {
        for (int folder = 0; folder < DiskBlobs.FOLDERS; folder++) {
            compare(rowsIn(folder), filesIn(folder));
        }
        for (var digest : sample) {
            if (!sound(digest)) {
                altered.add(digest.hex());
            }
        }
        return List.of(presence(), strangers());
    }

    private Map<Digest, Long> rowsIn(int folder) {
        var found = new HashMap<Digest, Long>();
        sql.sql("SELECT DISTINCT digest, size_bytes FROM storage.original WHERE digest >= decode(:first, 'hex') AND digest <= decode(:last, 'hex')")
                .param("first", "%02x".formatted(folder) + "00".repeat(31)).param("last", "%02x".formatted(folder) + "ff".repeat(31))
                .query((row, _) -> found.put(new Digest(row.getBytes(1)), row.getLong(2))).list();
        return found;
    }

    private Map<Digest, BlobStore.Blob> filesIn(int folder) throws IOException {
        var found = new HashMap<Digest, BlobStore.Blob>();
        try (var blobs = store.inFolder(folder)) {
            blobs.forEach(blob -> found.put(blob.digest(), blob));
        }
        return found;
    }

    private void compare(Map<Digest, Long> known, Map<Digest, BlobStore.Blob> there) {
        known.forEach((digest, sizeBytes) -> {
            var blob = there.get(digest);
            if (blob == null) {
                missing.add(digest.hex());
            } else if (!store.complete(blob, sizeBytes)) {
                altered.add(digest.hex());
            } else {
                consider(digest);
            }
        });
        var old = Instant.now().minus(GRACE);
        orphans += there.values().stream().filter(blob -> !known.containsKey(blob.digest()) && blob.since().isBefore(old)).count();
        files += there.size();
    }

    /// Each with the same chance (reservoir sampling, Vitter 1985).
    private void consider(Digest digest) {
        rows++;
        if (sample.size() < SAMPLED) {
            sample.add(digest);
        } else {
            long place = RandomGenerator.getDefault().nextLong(rows);
            if (place < SAMPLED) {
                sample.set((int) place, digest);
            }
        }
    }

    private boolean sound(Digest digest) throws IOException {
        try (InputStream bytes = store.readBack(digest)) {
            var hash = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[256 * 1024];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                hash.update(buffer, 0, read);
            }
            return new Digest(hash.digest()).equals(digest);
        } catch (Unavailable e) {
            throw e;
        } catch (IOException e) {
            return false; // a sector of the disk is gone, or it is nothing that could be opened
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Finding presence() {
        if (missing.isEmpty() && altered.isEmpty()) {
            return Finding.good("originals", "All %,d are there with the right size; the bytes of %,d were read and are right.".formatted(rows, sample.size()));
        }
        return Finding.bad("originals", "%,d are missing%s, and %,d are altered%s.".formatted(missing.size(), some(missing), altered.size(), some(altered)),
                "Put them back from a backup under these names, in originals/<first two digits>. The scrub of a running Picup heals them from the second store if there is one.");
    }

    private static String some(List<String> digests) {
        return digests.isEmpty() ? "" : " (" + String.join(", ", digests.subList(0, Math.min(NAMED, digests.size()))) + (digests.size() > NAMED ? ", …)" : ")");
    }

    private Finding strangers() {
        if (orphans == 0) {
            return Finding.good("orphans", "Nobody's files: none among %,d.".formatted(files));
        }
        return Finding.look("orphans", "%,d of %,d files are older than a day and belong to nobody.".formatted(orphans, files),
                orphans > files / 100 && orphans > 20 ? "The database may be older than the files. Picup removes none of so many; restore the database that belongs to them, or import them again."
                        : "A running Picup sweeps them within six hours. Nothing to do.");
    }
}
