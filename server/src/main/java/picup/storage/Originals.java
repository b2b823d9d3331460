package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import picup.storage.blob.BlobStore;
import picup.storage.blob.StoreUnavailable;

/// The bytes that people gave us. Immutable, addressed by their SHA-256, never altered. They arrive on the disk, and lie in a [BlobStore].
public final class Originals {
    private final Incoming incoming;
    private final BlobStore store;
    private final AtomicInteger arriving = new AtomicInteger();

    Originals(Incoming incoming, BlobStore store) {
        this.incoming = incoming;
        this.store = store;
    }

    /// Takes a stream in, hashing on the way. Memory does not grow with the stream.
    ///
    /// @param limitBytes more than this is refused
    /// @throws picup.platform.ProblemException `too-large`; `storage-full` when the disk is
    public StagedOriginal stage(InputStream bytes, long limitBytes) throws IOException {
        arriving.incrementAndGet();
        try {
            return incoming.stage(bytes, limitBytes);
        } finally {
            arriving.decrementAndGet();
        }
    }

    /// How many streams are being taken in by this process. Whatever can wait waits for them.
    public int arriving() {
        return arriving.get();
    }

    /// Makes staged bytes durable under their digest: when this returns, they survive a power cut. Idempotent. Whoever wants to
    /// hold them afterwards goes through [Ledger#keep].
    ///
    /// @param damaged what lies there already is known not to be these bytes, although its size may be right
    void keep(StagedOriginal staged, boolean damaged) throws IOException {
        try {
            if (damaged) {
                store.replace(staged.digest(), staged.file());
            } else {
                store.put(staged.digest(), staged.file());
            }
        } catch (StoreUnavailable e) {
            throw e;
        } catch (IOException e) {
            throw incoming.explained(e); // flushing and linking take room too
        }
    }

    /// Whether the bytes are there, complete by their size. Asks the store: not for inside a transaction.
    public boolean has(Digest digest, long sizeBytes) throws IOException {
        return store.sizeBytes(digest).orElse(-1) == sizeBytes;
    }

    /// The bytes, from `fromBytes` to the end.
    ///
    /// @throws java.nio.file.NoSuchFileException when they are not there
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        return store.read(digest, fromBytes);
    }

    /// The bytes as a file of this machine, to read and never to write. Its name does not outlive a removal.
    public Path file(Digest digest) {
        return store.file(digest).orElseThrow();
    }

    /// Removes the bytes. Idempotent.
    void remove(Digest digest) throws IOException {
        store.remove(digest);
    }

    /// Removes what broken-off uploads left.
    ///
    /// @return how many files
    int sweepIncoming(Instant before) throws IOException {
        return incoming.sweep(before);
    }
}
