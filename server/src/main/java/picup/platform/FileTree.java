package picup.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder with everything in it.
public final class FileTree {
    private FileTree() {}

    /// Does nothing when the folder is absent, or goes meanwhile.
    public static void delete(Path folder) throws IOException {
        while (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
                return;
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e.getCause();
                }
                // Somebody else deletes the same: what is left of it is looked at anew.
            }
        }
    }
}
