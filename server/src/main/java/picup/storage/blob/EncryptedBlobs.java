package picup.storage.blob;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picup.platform.Ids;
import picup.storage.Digest;

/// Another store, encrypted ([SealedBlob] says how; docs/decisions/0033 against whom). What lies there plain from before stays readable: it does not
/// begin as an encrypted blob does.
public final class EncryptedBlobs implements BlobStore {
    private final BlobStore store;
    private final EncryptionKeys keys;
    private final Path workbench;

    /// @param workbench where encrypted files are made before they go to the store; best on the file system of a store of files
    public EncryptedBlobs(BlobStore store, EncryptionKeys keys, Path workbench) {
        if (keys.none()) {
            throw new IllegalArgumentException("Encryption takes a key");
        }
        this.store = store;
        this.keys = keys;
        this.workbench = workbench;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void put(Digest digest, Path file) throws IOException {
        if (sizeBytes(digest).orElse(-1) != Files.size(file)) {
            replace(digest, file);
        }
    }

    @Override
    public void replace(Digest digest, Path file) throws IOException {
        var sealed = workbench.resolve(Ids.next().toString());
        try {
            seal(digest, file, sealed);
            store.replace(digest, sealed);
        } finally {
            Files.deleteIfExists(sealed);
        }
    }

    private void seal(Digest digest, Path file, Path sealed) throws IOException {
        var fresh = SealedBlob.fresh(keys, digest, Files.size(file));
        var header = fresh.header();
        var pieces = header.sealing(fresh.key(), digest);
        var plain = new byte[SealedBlob.PIECE_BYTES];
        try (var in = Files.newInputStream(file); var out = new BufferedOutputStream(Files.newOutputStream(sealed), 4 * SealedBlob.PIECE_BYTES)) {
            out.write(header.header());
            for (long number = 0; number < header.pieces(); number++) {
                out.write(pieces.piece(number, plain, in.readNBytes(plain, 0, plain.length)));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /// Of one that is too short or too long the difference shows, as it does without encryption.
    @Override
    public OptionalLong sizeBytes(Digest digest) throws IOException {
        var stored = store.sizeBytes(digest);
        if (stored.isEmpty()) {
            return stored;
        }
        try (var in = store.read(digest, 0)) {
            var blob = SealedBlob.read(in.readNBytes(SealedBlob.HEADER_BYTES));
            return blob == null ? stored : OptionalLong.of(blob.sizeBytes() + stored.getAsLong() - blob.sealedBytes());
        } catch (java.nio.file.NoSuchFileException removedMeanwhile) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        return opened(digest, store.read(digest, 0), fromBytes);
    }

    @Override
    public InputStream readBack(Digest digest) throws IOException {
        return opened(digest, store.readBack(digest), 0);
    }

    private InputStream opened(Digest digest, InputStream in, long fromBytes) throws IOException {
        @Nullable InputStream unused = in;
        try {
            var head = in.readNBytes(SealedBlob.HEADER_BYTES);
            var blob = SealedBlob.read(head);
            InputStream opened;
            if (blob == null) {
                opened = fromBytes == 0 ? new SequenceInputStream(new ByteArrayInputStream(head), in) : store.read(digest, fromBytes);
            } else if (fromBytes >= blob.sizeBytes() && fromBytes > 0) {
                opened = InputStream.nullInputStream();
            } else {
                opened = opened(digest, blob, in, fromBytes);
            }
            if (fromBytes == 0) {
                unused = null;
            }
            return opened;
        } finally {
            if (unused != null) {
                unused.close();
            }
        }
    }

    /// @param in behind the header
    private InputStream opened(Digest digest, SealedBlob blob, InputStream in, long fromBytes) throws IOException {
        var pieces = blob.opening(keys, digest);
        if (fromBytes == 0) {
            return new OpenedStream(in, blob, digest, pieces, 0);
        }
        long piece = fromBytes / SealedBlob.PIECE_BYTES;
        var opened = new OpenedStream(store.read(digest, SealedBlob.HEADER_BYTES + piece * SealedBlob.SEALED_PIECE_BYTES), blob, digest, pieces, piece);
        try {
            opened.skipNBytes(fromBytes % SealedBlob.PIECE_BYTES);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /// What becomes of a blob when its key is to be wrapped anew.
    public enum Rewrapped { DONE, ALREADY, NOT_ENCRYPTED }

    /// Wraps a blob's key by the current one. Its pieces stay as they are, but a store only takes whole blobs, so all of it is copied: a torn header would
    /// be the loss of the only copy.
    ///
    /// @throws java.nio.file.NoSuchFileException when it is not there
    public Rewrapped rewrap(Digest digest) throws IOException {
        try (var in = store.read(digest, 0)) {
            var blob = SealedBlob.read(in.readNBytes(SealedBlob.HEADER_BYTES));
            if (blob == null) {
                return Rewrapped.NOT_ENCRYPTED;
            }
            if (blob.keyId().equals(keys.current())) {
                return Rewrapped.ALREADY;
            }
            var rewrapped = workbench.resolve(Ids.next().toString());
            try {
                try (var out = Files.newOutputStream(rewrapped)) {
                    out.write(blob.rewrapped(keys, digest).header());
                    in.transferTo(out);
                }
                requireWhole(digest, blob, Files.size(rewrapped));
                store.replace(digest, rewrapped);
            } finally {
                Files.deleteIfExists(rewrapped);
            }
            return Rewrapped.DONE;
        }
    }

    private static void requireWhole(Digest digest, SealedBlob blob, long sealedBytes) throws AlteredBlob {
        if (sealedBytes != blob.sealedBytes()) {
            throw new AlteredBlob("%s has %,d bytes in its store, and should have %,d".formatted(digest, sealedBytes, blob.sealedBytes()));
        }
    }

    @Override
    public void remove(Digest digest) throws IOException {
        store.remove(digest);
    }

    /// With the sizes that they have there.
    @Override
    public Stream<Blob> inFolder(int first) throws IOException {
        return store.inFolder(first);
    }

    @Override
    public boolean complete(Blob listed, long sizeBytes) {
        return listed.sizeBytes() == SealedBlob.sealedBytes(sizeBytes) || store.complete(listed, sizeBytes);
    }

    /// Encrypted, it is nothing that anybody could open.
    @Override
    public Optional<Path> file(Digest digest) {
        return Optional.empty();
    }
}
