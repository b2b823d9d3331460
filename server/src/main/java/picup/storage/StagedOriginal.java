package picup.storage;

import java.nio.file.Path;

/// Bytes that arrived in a file. Close it when done with it, kept or not.
///
/// @param file      beside the originals, on the same file system
/// @param sizeBytes as counted on the way in
public record StagedOriginal(Path file, Digest digest, long sizeBytes) implements ArrivedOriginal, AutoCloseable {
    @Override
    public void close() {
        Incoming.deleteQuietly(file);
    }
}
