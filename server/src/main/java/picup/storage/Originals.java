package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// The bytes that people gave us. Immutable, addressed by their SHA-256, never altered.
public interface Originals {
    /// Takes a stream in, hashing on the way. Memory does not grow with the stream.
    ///
    /// @param limitBytes more than this is refused
    /// @throws picup.platform.ProblemException `too-large`; `storage-full` when the disk is
    StagedOriginal stage(InputStream bytes, long limitBytes) throws IOException;

    /// Makes staged bytes durable under their digest: when this returns, they survive a power cut. Idempotent.
    void keep(StagedOriginal staged) throws IOException;

    /// Whether the bytes are there, complete. A look at the folder, cheap enough inside a transaction.
    boolean has(Digest digest, long sizeBytes);

    /// The bytes as a file to read. Never to write.
    Path file(Digest digest);

    /// Removes the bytes. Idempotent.
    void remove(Digest digest) throws IOException;
}
