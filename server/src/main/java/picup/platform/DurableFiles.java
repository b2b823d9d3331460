package picup.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/// What makes files survive a power cut: the bytes by a flush of the file, its name by a flush of the folder.
public final class DurableFiles {
    private DurableFiles() {}

    /// Flushes a file, or of a folder the names in it.
    public static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Flushes every file and every name below a folder, and its own name. All at once by `sync -f`, which takes a twentieth of the time of a
    /// thousand files one by one; file systems of somebody's own (FUSE) do not hear of that.
    public static void syncTree(Path folder) throws IOException {
        if (Files.getFileStore(folder).type().startsWith("fuse") || !syncFileSystem(folder)) {
            syncEach(folder);
        }
        sync(folder.toAbsolutePath().getParent());
    }

    private static boolean syncFileSystem(Path folder) throws IOException {
        try {
            return new ProcessBuilder("sync", "-f", folder.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while " + folder + " was flushed");
        }
    }

    private static void syncEach(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : (Iterable<Path>) all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))::iterator) {
                sync(path);
            }
        }
    }

    /// Makes a folder and those above that are missing. Their names are durable when it returns.
    public static Path createDirectories(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(folder, attributes);
        if (parent != null) {
            sync(parent);
        }
        return folder;
    }
}
