package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picup.platform.DurableFiles;
import picup.platform.Ids;
import picup.storage.Digest;

/// Blobs as ordinary files: `<first two hex digits>/<digest>`.
///
/// **How bytes become durable.** The file is fsynced, linked to its final name, and the folder of that name is fsynced. A link and not
/// a rename, so that the staged name stays until the transaction that records the original has committed. From another file
/// system the bytes are copied to `incoming` first.
///
/// **One level of 256 folders**, made and fsynced once at start, so that no upload pays for a new folder. At ten million
/// originals a folder has 40,000 entries, which ext4 and xfs find by hash.
public final class DiskBlobs implements BlobStore {
    public static final int FOLDERS = 256;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Path incoming;

    public DiskBlobs(Path folder) throws IOException {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        if (!Files.exists(incoming)) {
            DurableFiles.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (int i = 0; i < FOLDERS; i++) {
                Files.createDirectories(folder(i));
            }
            Files.createDirectories(incoming);
            DurableFiles.sync(folder);
        }
    }

    /// Where files that are to become blobs are written, on the same file system.
    public Path incoming() {
        return incoming;
    }

    public FileStore fileStore() throws IOException {
        return Files.getFileStore(folder);
    }

    @Override
    public String name() {
        return "disk";
    }

    private interface Linking {
        void link(Digest digest, Path file) throws IOException;
    }

    @Override
    public void put(Digest digest, Path file) throws IOException {
        onThisDisk(digest, file, this::link);
    }

    @Override
    public void replace(Digest digest, Path file) throws IOException {
        onThisDisk(digest, file, this::linkOver);
    }

    private void onThisDisk(Digest digest, Path file, Linking linking) throws IOException {
        if (!Files.getFileStore(file).equals(fileStore())) {
            var copy = incoming.resolve(Ids.next().toString());
            try {
                Files.copy(file, copy);
                linking.link(digest, copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } else {
            linking.link(digest, file);
        }
    }

    private void linkOver(Digest digest, Path file) throws IOException {
        DurableFiles.sync(file);
        var target = path(digest);
        replace(target, file);
        DurableFiles.sync(target.getParent());
    }

    private void link(Digest digest, Path file) throws IOException {
        DurableFiles.sync(file);
        var target = path(digest);
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            if (sizeBytes(digest).orElse(-1) != Files.size(file)) {
                replace(target, file);
            }
        }
        DurableFiles.sync(target.getParent());
    }

    /// The digest is right and the size is not: the stored file is damaged, and these bytes heal it. Through a second link, so that the
    /// staged name stays here too.
    private void replace(Path target, Path file) throws IOException {
        var beside = incoming.resolve(Ids.next().toString());
        Files.createLink(beside, file);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside); // rename(2) leaves it where both are links to one file already
        }
    }

    @Override
    public OptionalLong sizeBytes(Digest digest) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(digest)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        var channel = FileChannel.open(path(digest), StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(fromBytes));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// A disk that is not mounted any more has lost nothing: its folders are missed before its files are.
    @Override
    public InputStream readBack(Digest digest) throws IOException {
        var file = path(digest);
        if (!Files.isDirectory(file.getParent())) {
            throw new StoreUnavailable("The folders of the originals are not there. Is their disk mounted?", new NoSuchFileException(file.getParent().toString()));
        }
        return UncachedFile.open(file);
    }

    @Override
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    /// What else lies there (`.nfs…`, `.DS_Store`, the copy that a sync program is just making) is not ours to judge.
    @Override
    public Stream<Blob> inFolder(int first) throws IOException {
        return Files.list(folder(first)).filter(file -> NAME.matcher(file.getFileName().toString()).matches()).map(DiskBlobs::blob).filter(Objects::nonNull);
    }

    /// @return null when it is gone meanwhile
    private static @Nullable Blob blob(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Blob(Digest.ofHex(file.getFileName().toString()), attributes.size(), attributes.lastModifiedTime().toInstant());
        } catch (FileSystemException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return Optional.of(path(digest));
    }

    private Path path(Digest digest) {
        var name = digest.hex();
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    private Path folder(int first) {
        return folder.resolve("%02x".formatted(first));
    }
}
