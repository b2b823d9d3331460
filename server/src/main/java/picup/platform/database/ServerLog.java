package picup.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What PostgreSQL prints, in one file and the one before it, so that years of warnings do not fill the disk.
///
/// @param file appended to by the server
record ServerLog(Path file) {
    private static final long LONG_BYTES = 10L << 20;

    /// Copied and cut rather than renamed, because a running server goes on writing to the file it has open. A line
    /// written between the two is lost.
    void keepShort() throws IOException {
        if (!Files.exists(file) || Files.size(file) < LONG_BYTES) {
            return;
        }
        Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
