package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.Ids;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Originals as ordinary files: `originals/<first two hex digits>/<digest>`.
///
/// **How bytes become durable.** They are written to `originals/incoming`, fsynced, linked to their final name, and the
/// folder of that name is fsynced. A link and not a rename, so that the staged name stays until the transaction that
/// records the original has committed: a purge of the same digest that runs between the two may remove the final name,
/// and the bytes can then be linked again.
///
/// **One level of 256 folders**, made and fsynced once at start, so that no upload pays for a new folder. At ten million
/// originals a folder has 40,000 entries, which ext4 and xfs find by hash.
public final class DiskOriginals implements Originals {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int FOLDERS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(DiskOriginals.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    /// The folder above is closed to others; a decoder that runs as another user gets a hard link in a folder of its own.
    private static final FileAttribute<?> READABLE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private final Path folder;
    private final Path incoming;
    private final long reserveBytes;

    /// @param reserveBytes room that uploads must leave on the disk, for the database to go on working
    public DiskOriginals(Path folder, long reserveBytes) throws IOException {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        this.reserveBytes = reserveBytes;
        if (!Files.exists(incoming)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (int i = 0; i < FOLDERS; i++) {
                Files.createDirectories(folder.resolve("%02x".formatted(i)));
            }
            Files.createDirectories(incoming);
            sync(folder);
            sync(folder.getParent());
        }
    }

    @Override
    public StagedOriginal stage(InputStream bytes, long limitBytes) throws IOException {
        var file = incoming.resolve(Ids.next().toString());
        var hash = sha256();
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

    private void requireRoom() throws IOException {
        long freeBytes = Files.getFileStore(folder).getUsableSpace();
        if (freeBytes < reserveBytes) {
            throw full();
        }
    }

    private void write(FileChannel out, ByteBuffer chunk) throws IOException {
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
    private IOException explained(IOException e) throws IOException {
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

    @Override
    public void keep(StagedOriginal staged) throws IOException {
        try {
            makeDurable(staged);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /// Flushing and linking take room too.
    private void makeDurable(StagedOriginal staged) throws IOException {
        sync(staged.file());
        var target = file(staged.digest());
        try {
            Files.createLink(target, staged.file());
        } catch (FileAlreadyExistsException e) {
            if (!has(staged.digest(), staged.sizeBytes())) {
                // The digest is right and the size is not: the stored file is damaged, and these bytes heal it.
                // Through a second link, so that the staged name stays here too.
                var beside = incoming.resolve(Ids.next().toString());
                Files.createLink(beside, staged.file());
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        sync(target.getParent());
    }

    @Override
    public boolean has(Digest digest, long sizeBytes) {
        try {
            return Files.size(file(digest)) == sizeBytes;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Path file(Digest digest) {
        var name = digest.hex();
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    @Override
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    /// Removes what broken-off uploads left in `incoming`.
    ///
    /// @return how many files
    int sweepIncoming(Instant before) throws IOException {
        int swept = 0;
        try (var files = Files.newDirectoryStream(incoming)) {
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

    /// The digests in one of the 256 folders. What else lies there (`.nfs…`, `.DS_Store`, the copy that a sync program is
    /// just making) is not ours to judge.
    List<Digest> inFolder(int index) throws IOException {
        try (var files = Files.list(folder.resolve("%02x".formatted(index)))) {
            return files.map(file -> file.getFileName().toString()).filter(NAME.asMatchPredicate()).map(Digest::ofHex).toList();
        }
    }

    /// Whether the bytes arrived before `before`. Not when they are gone: a removal may be faster than a sweep.
    boolean olderThan(Instant before, Digest digest) throws IOException {
        try {
            return Files.getLastModifiedTime(file(digest)).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("A staged file cannot be removed; the sweep will try again", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
