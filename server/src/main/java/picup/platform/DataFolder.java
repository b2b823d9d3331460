package picup.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Looks at the data folder before anything is started in it, because PostgreSQL and Spring say the same at greater length.
public final class DataFolder {
    /// PostgreSQL needs a new 16 MB segment of its log to recover, and some more to work.
    private static final long LEAST_FREE_BYTES = 64_000_000;
    private static final int PROBE_BYTES = 4096;

    /// Lies in the folder while a restore or a recovery goes on in it.
    public static final String UNFINISHED = "unfinished";

    private DataFolder() {}

    /// @throws CannotStart when it cannot be made or written, or its disk is full
    public static void requireUsable(Path data) {
        try {
            DurableFiles.createDirectories(data);
            requireFinished(data);
            requireRoom(data, Files.getFileStore(data).getUsableSpace());
            var probe = Files.createTempFile(data, "probe", "");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new CannotStart("The data folder %s cannot be written: %s".formatted(data, reason(e)),
                    "Give the user who runs Picup the right to write there, or choose another folder with --data or PICUP_DATA.");
        }
    }

    private static void requireFinished(Path data) throws IOException {
        var mark = data.resolve(UNFINISHED);
        if (Files.exists(mark)) {
            throw new CannotStart("In the data folder %s something was begun and not ended: %s.".formatted(data, Files.readString(mark).strip()),
                    "Run that command again with the same arguments: it goes on where it was.");
        }
    }

    private static void requireRoom(Path data, long freeBytes) {
        if (freeBytes < LEAST_FREE_BYTES) {
            throw new CannotStart("The disk of the data folder %s is full: %,d MB are free, and the database needs %,d MB to start."
                    .formatted(data, freeBytes / 1_000_000, LEAST_FREE_BYTES / 1_000_000), "Make room on that disk, then start Picup again. Nothing has been changed.");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not.";
            case NoSuchFileException _ -> "it cannot be made there.";
            case FileAlreadyExistsException _ -> "it is a file.";
            case FileSystemException at when at.getReason() != null -> at.getReason() + ".";
            default -> e + ".";
        };
    }
}
