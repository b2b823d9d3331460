package picup.storage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picup.platform.Ids;
import picup.storage.Digest;

/// Brings what one store has into another that lacks it, while both are in use. Every blob is hashed on its way, and none that is not what
/// its name says arrives. It remembers nothing: what is there already is found by listing both, folder by folder, so it can be ended and begun again
/// at any time.
///
/// What is deleted meanwhile may be brought all the same, a moment after it went. Nobody holds it, and the sweep of either store's orphans removes it.
public final class CopyBlobs {
    /// Small files wait for answers, not for the line.
    private static final int AT_ONCE = 8;
    private static final int FOLDERS = 256;
    private static final int BUFFER_BYTES = 256 * 1024;

    /// @param folders how many of the 256 are done
    public record Progress(int folders, long copied, long copiedBytes, long there) {}

    /// @param damaged which are not what their names say, and were not copied
    public record Result(long copied, long copiedBytes, long there, List<Digest> damaged) {}

    private final BlobStore from;
    private final BlobStore to;
    private final Path workbench;
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong copiedBytes = new AtomicLong();
    private final AtomicLong there = new AtomicLong();
    private final Queue<Digest> damaged = new ConcurrentLinkedQueue<>();

    /// @param workbench on the file system of whichever store is one of files
    public CopyBlobs(BlobStore from, BlobStore to, Path workbench) {
        this.from = from;
        this.to = to;
        this.workbench = workbench;
    }

    /// @param told after each folder
    /// @throws StoreUnavailable when one of them is away. What was copied stays copied
    public Result run(Consumer<Progress> told) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int folder = 0; folder < FOLDERS; folder++) {
                for (var each : threads.invokeAll(missingIn(folder))) {
                    each.get();
                }
                told.accept(new Progress(folder + 1, copied.get(), copiedBytes.get(), there.get()));
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(e.getCause());
        }
        return new Result(copied.get(), copiedBytes.get(), there.get(), List.copyOf(damaged));
    }

    private List<Callable<Void>> missingIn(int folder) throws IOException {
        Map<Digest, Long> has = new HashMap<>();
        try (var blobs = to.inFolder(folder)) {
            blobs.forEach(blob -> has.put(blob.digest(), blob.sizeBytes()));
        }
        var missing = new ArrayList<Callable<Void>>();
        try (var blobs = from.inFolder(folder)) {
            blobs.forEach(blob -> {
                if (has.getOrDefault(blob.digest(), -1L) == blob.sizeBytes()) {
                    there.incrementAndGet();
                } else {
                    missing.add(() -> copy(blob.digest(), has.containsKey(blob.digest())));
                }
            });
        }
        return missing;
    }

    /// @param present with another size, which encryption makes too
    private Void copy(Digest digest, boolean present) throws IOException {
        if (present && to.sizeBytes(digest).equals(from.sizeBytes(digest))) {
            there.incrementAndGet();
            return null;
        }
        var file = workbench.resolve(Ids.next().toString());
        try {
            if (fetched(digest, file)) {
                to.put(digest, file);
                copied.incrementAndGet();
                copiedBytes.addAndGet(Files.size(file));
            } else {
                damaged.add(digest);
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        } finally {
            Files.deleteIfExists(file);
        }
        return null;
    }

    private boolean fetched(Digest digest, Path file) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (var in = from.read(digest, 0); var out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        } catch (AlteredBlob e) {
            return false;
        }
        return new Digest(hash.digest()).equals(digest);
    }
}
