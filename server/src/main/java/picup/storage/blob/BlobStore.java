package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picup.storage.Digest;

/// A place for blobs: immutable bytes, addressed by their SHA-256. It knows nothing of who holds them.
///
/// Every operation may throw [StoreUnavailable], after a time that is bounded: a store that hangs must not hang its callers.
public interface BlobStore {
    /// What lies in a store.
    ///
    /// @param sizeBytes how large it is there, which is more than its bytes where it is encrypted
    /// @param since     when it arrived, by the store's clock
    record Blob(Digest digest, long sizeBytes, Instant since) {}

    /// For messages: `disk`, `s3`.
    String name();

    /// Makes the bytes of `file` durable under their digest: when this returns, they survive a power cut. Idempotent. One that lies
    /// there with another size is replaced.
    ///
    /// @param file whose digest this is; it stays
    void put(Digest digest, Path file) throws IOException;

    /// @return empty when there is no such blob
    OptionalLong sizeBytes(Digest digest) throws IOException;

    /// The bytes from `fromBytes` to the end, which are none when it is the size.
    ///
    /// @throws java.nio.file.NoSuchFileException when there is no such blob
    InputStream read(Digest digest, long fromBytes) throws IOException;

    /// As [#put], whatever lies there with whatever size: it is known to be damaged.
    default void replace(Digest digest, Path file) throws IOException {
        remove(digest);
        put(digest, file);
    }

    /// All bytes, as the medium has them and not a cache, as far as that can be had: to find out whether they are still good.
    ///
    /// @throws java.nio.file.NoSuchFileException when there is no such blob; never because the whole store is away
    default InputStream readBack(Digest digest) throws IOException {
        return read(digest, 0);
    }

    /// Idempotent.
    void remove(Digest digest) throws IOException;

    /// All whose digest begins with this byte, in no order. Close it.
    ///
    /// @param first 0 to 255
    Stream<Blob> inFolder(int first) throws IOException;

    /// Whether one of a listing has all of its bytes, by its size.
    ///
    /// @param sizeBytes as it should have
    default boolean complete(Blob listed, long sizeBytes) {
        return listed.sizeBytes() == sizeBytes;
    }

    /// The blob as an ordinary file of this machine, to read and never to write; empty where it is none. Whether it is there is
    /// not looked at.
    Optional<Path> file(Digest digest);
}
