package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
        try (var out = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), READABLE)) {
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

    /// @throws ProblemException `storage-full` when the reserve is reached
    void requireRoom() throws IOException {
        requireRoom(0);
    }

    /// @param moreBytes that are to come
    /// @throws ProblemException `storage-full` when the reserve would be reached
    void requireRoom(long moreBytes) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() - reserveBytes < moreBytes) {
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

    /// A disk that is full after all (others write to it too), or this user's part of it. The system's words are in the
    /// language of the server, so the room that is left decides where they are not the usual ones.
    IOException explained(IOException e) throws IOException {
        var words = String.valueOf(e.getMessage());
        if (words.contains("No space left") || words.contains("quota exceeded") || Files.getFileStore(folder).getUsableSpace() < BUFFER_BYTES) {
            LOG.error("The disk of {} is full", folder, e);
            throw full();
        }
        return e;
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
            throw new UncheckedIOException("A staged file cannot be removed; the sweep will try again", e);
        }
    }
}
