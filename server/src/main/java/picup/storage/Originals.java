package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import picup.storage.blob.BlobStore;
import picup.storage.blob.LocalCopies;
import picup.storage.blob.StoreUnavailable;

/// The bytes that people gave us. Immutable, addressed by their SHA-256, never altered. They arrive on the disk, and lie in a [BlobStore].
public final class Originals {
    private final Incoming incoming;
    private final BlobStore store;
    private final AtomicInteger arriving = new AtomicInteger();
    private final LocalCopies copies;

    Originals(Incoming incoming, BlobStore store, LocalCopies copies) {
        this.incoming = incoming;
        this.store = store;
        this.copies = copies;
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

    /// Makes bytes durable under their digest: when this returns, they survive a power cut. Idempotent. Whoever wants to
    /// hold them afterwards goes through [Ledger#keep].
    ///
    /// @param damaged what lies there already is known not to be these bytes, although its size may be right
    void keep(ArrivedOriginal arrived, boolean damaged) throws IOException {
        switch (arrived) {
            case StagedOriginal staged -> keep(staged, damaged);
            case SentOriginal sent -> sent.parts().place(sent.id(), sent.digest(), sent.sizeBytes(), damaged);
        }
    }

    private void keep(StagedOriginal staged, boolean damaged) throws IOException {
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
        if (store.file(staged.digest()).isEmpty()) {
            copies.adopt(staged.digest(), staged.file());
        }
    }

    /// Whether the bytes are there, complete by their size. Asks the store: not for inside a transaction.
    public boolean has(Digest digest, long sizeBytes) throws IOException {
        return store.sizeBytes(digest).orElse(-1) == sizeBytes;
    }

    /// The bytes, from `fromBytes` to the end.
    ///
    /// @throws NoSuchFileException when they are not there
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        return store.read(digest, fromBytes);
    }

    /// The bytes for a web answer, ranges too. Nothing is opened before somebody reads.
    ///
    /// @param sizeBytes as recorded
    public Resource serve(Digest digest, long sizeBytes) {
        return store.file(digest).<Resource>map(FileSystemResource::new).orElseGet(() -> new OriginalBytes(digest, sizeBytes, from -> open(digest, from)));
    }

    private InputStream open(Digest digest, long fromBytes) throws IOException {
        var copy = copies.find(digest);
        if (copy.isPresent()) {
            try {
                var channel = FileChannel.open(copy.get(), StandardOpenOption.READ);
                return Channels.newInputStream(channel.position(fromBytes));
            } catch (NoSuchFileException e) {
                return store.read(digest, fromBytes); // it went meanwhile
            }
        }
        return store.read(digest, fromBytes);
    }

    /// The bytes as a file of this machine, fetched if need be. Not for inside a transaction.
    ///
    /// @throws NoSuchFileException where they are not a file anyway, and are missing
    public LentFile lend(Digest digest) throws IOException {
        var file = store.file(digest);
        return file.isPresent() ? new LentFile.Standing(file.get()) : copies.lend(digest);
    }

    /// Throws if the store does not answer. To be asked before a removal takes a connection of the database along to a store that is away.
    void requireStore(Digest digest) throws IOException {
        store.sizeBytes(digest);
    }

    /// Removes the bytes. Idempotent.
    void remove(Digest digest) throws IOException {
        store.remove(digest);
        copies.remove(digest);
    }

    /// Removes what broken-off uploads left, and work on files.
    ///
    /// @return how many files
    int sweepIncoming(Instant before) throws IOException {
        copies.sweep(before);
        return incoming.sweep(before);
    }
}
