package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.Ids;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.Unavailable;

/// Where uploads are written before they are anybody's, hashed on the way.
final class Incoming {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    /// The folder above is closed to others; a decoder that runs as another user gets a hard link in a folder of its own.
    static final FileAttribute<?> READABLE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private final Path folder;
    private final long reserveBytes;

    /// @param reserveBytes room that uploads must leave on the disk, for the database to go on working
    Incoming(Path folder, long reserveBytes) {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
    }

    /// As [Originals#stage].
    StagedOriginal stage(InputStream bytes, long limitBytes) throws IOException {
        var file = folder.resolve(Ids.next().toString());
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        long sizeBytes = 0;
        boolean done = false;
        try (var out = create(file)) {
            requireRoom();
            long checkedAtBytes = 0;
            for (int read = bytes.readNBytes(buffer, 0, BUFFER_BYTES); read > 0; read = bytes.readNBytes(buffer, 0, BUFFER_BYTES)) {
                sizeBytes += read;
                if (sizeBytes > limitBytes) {
                    throw Problem.TOO_LARGE.because("A file may have %,d bytes at most.".formatted(limitBytes));
                }
                if (sizeBytes - checkedAtBytes > reserveBytes / 4) {
                    requireRoom();
                    checkedAtBytes = sizeBytes;
                }
                hash.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
            }
            done = true;
        } finally {
            if (!done) {
                deleteQuietly(file);
            }
        }
        return new StagedOriginal(file, new Digest(hash.digest()), sizeBytes);
    }

    /// @throws ProblemException `storage-full`
    FileChannel create(Path file) throws IOException {
        try {
            return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), READABLE);
        } catch (FileAlreadyExistsException e) {
            throw e; // which says nothing about the disk
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /// @throws ProblemException `storage-full` when the reserve is reached
    void requireRoom() throws IOException {
        requireRoom(0);
    }

    /// @param moreBytes that are to come
    /// @throws ProblemException `storage-full` when the reserve would be reached
    void requireRoom(long moreBytes) throws IOException {
        long room;
        try {
            room = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw explained(e);
        }
        if (room - reserveBytes < moreBytes) {
            throw full();
        }
    }

    long reserveBytes() {
        return reserveBytes;
    }

    void write(FileChannel out, ByteBuffer chunk) throws IOException {
        try {
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /// Why something could not be written. A disk that is full after all (others write to it too), or this user's part of it; else one that is
    /// read-only since an error, broken, or away: the same upload goes on when it is back.
    ///
    /// The system's words are in the language of the server, so the room that is left decides where they are not the usual ones.
    ///
    /// @throws ProblemException `storage-full`
    IOException explained(IOException e) {
        var words = String.valueOf(e.getMessage());
        if (words.contains("No space left") || words.contains("quota exceeded") || room() < BUFFER_BYTES) {
            LOG.error("The disk of {} is full", folder, e);
            throw full();
        }
        return new Unavailable("The server's disk cannot be written. Its operator finds the reason in the log.", e);
    }

    /// Endless where the disk does not even tell that.
    private long room() {
        try {
            var disk = Files.getFileStore(folder);
            return disk.isReadOnly() ? Long.MAX_VALUE : disk.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static ProblemException full() {
        return Problem.STORAGE_FULL.because("The server's disk is almost full. Nothing was taken; ask its operator to make room, then try again.");
    }

    /// Removes what broken-off uploads left.
    ///
    /// @return how many files
    int sweep(Instant before) throws IOException {
        int swept = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                try {
                    if (Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) < 0 && Files.deleteIfExists(file)) {
                        swept++;
                    }
                } catch (NoSuchFileException e) {
                    continue; // an upload ended meanwhile
                }
            }
        }
        return swept;
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed; the sweep will try again: {}", file, e.toString());
        }
    }
}
