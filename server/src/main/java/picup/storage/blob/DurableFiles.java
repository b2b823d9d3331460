package picup.storage.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What makes files survive a power cut.
public final class DurableFiles {
    private DurableFiles() {}

    /// Flushes a file, or of a folder the names in it.
    public static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
