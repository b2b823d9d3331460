package picup.storage;

import java.io.IOException;
import java.nio.file.Path;

/// A blob as a file of this machine, to read and never to write, good until it is closed.
public interface LentFile extends AutoCloseable {
    Path path();

    @Override
    void close() throws IOException;

    /// One that lies there anyway, and stays.
    record Standing(Path path) implements LentFile {
        @Override
        public void close() {
            // nothing was made for it
        }
    }
}
