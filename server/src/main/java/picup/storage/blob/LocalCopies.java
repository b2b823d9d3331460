package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.Ids;
import picup.storage.Digest;
import picup.storage.LentFile;

/// Originals as files of this machine where their store has none: decoders need files, and what was looked at lately shall not come over
/// the network again, or be gone while the store is away. They can be thrown away at any time.
///
/// **What is here is right.** It was hashed on its way in, from the store or from whoever uploaded it.
///
/// **Who works on a file has a name of his own for it**, a second link. So the oldest can go at any time, whoever of several processes with one data
/// folder removes them, and nobody needs to know who is reading what.
///
/// **The bound.** When a twentieth of what is allowed has come in, the folder is counted, and those not used for longest go until nine tenths are left.
public final class LocalCopies {
    private static final int FOLDERS = 256;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String LENT = "lent";
    private static final FileAttribute<?> READABLE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    /// A name of somebody's own for a file.
    private record Link(Path path) implements LentFile {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    private record Copy(Path file, long sizeBytes, FileTime usedAt) {}

    private final BlobStore store;
    private final Path folder;
    private final long limitBytes;
    private final long reserveBytes;
    private final InstantSource clock;
    private final Map<Digest, CompletableFuture<Void>> fetching = new ConcurrentHashMap<>();
    private final AtomicLong comeInBytes;

    /// @param limitBytes   0 keeps none beyond the time that somebody works on it
    /// @param reserveBytes room that is left free on the disk
    public LocalCopies(BlobStore store, Path folder, long limitBytes, long reserveBytes, InstantSource clock) {
        this.store = store;
        this.folder = folder;
        this.limitBytes = limitBytes;
        this.reserveBytes = reserveBytes;
        this.clock = clock;
        this.comeInBytes = new AtomicLong(limitBytes); // what is there from before has not been counted yet
    }

    /// The copy, if there is one.
    public Optional<Path> find(Digest digest) {
        var file = path(digest);
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(file);
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /// A file with these bytes, fetched if need be. Who asks for the same meanwhile waits for the same fetch.
    ///
    /// @throws StoreUnavailable    when it is not here and the store is away
    /// @throws NoSuchFileException when it is nowhere
    /// @throws AlteredBlob         when the store gave other bytes
    public LentFile lend(Digest digest) throws IOException {
        make();
        while (true) {
            var name = lent();
            if (find(digest).isPresent() && linked(path(digest), name)) {
                return new Link(name);
            }
            var mine = new CompletableFuture<Void>();
            var others = fetching.putIfAbsent(digest, mine);
            if (others == null) {
                return fetched(digest, name, mine);
            }
            await(others); // and find it, unless it is too large to be kept
        }
    }

    private static void await(CompletableFuture<Void> others) throws IOException {
        try {
            others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailable away) {
                throw away;
            }
            // of another failure everybody finds out for himself
        }
    }

    private LentFile fetched(Digest digest, Path name, CompletableFuture<Void> announced) throws IOException {
        try {
            fetch(digest, name);
            keep(digest, name);
            fetching.remove(digest, announced);
            announced.complete(null);
            return new Link(name);
        } catch (IOException | RuntimeException e) {
            fetching.remove(digest, announced);
            announced.completeExceptionally(e);
            Files.deleteIfExists(name);
            throw e;
        }
    }

    private void fetch(Digest digest, Path into) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        long sinceRoom = reserveBytes;
        try (InputStream in = store.read(digest, 0); var out = Files.newByteChannel(into, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), READABLE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sinceRoom += read;
                if (sinceRoom >= reserveBytes / 4) {
                    requireRoom();
                    sinceRoom = 0;
                }
                hash.update(buffer, 0, read);
                for (var chunk = ByteBuffer.wrap(buffer, 0, read); chunk.hasRemaining();) {
                    out.write(chunk);
                }
            }
        }
        var came = new Digest(hash.digest());
        if (!came.equals(digest)) {
            throw new AlteredBlob("The store %s gave bytes with the digest %s for %s".formatted(store.name(), came, digest));
        }
    }

    private void requireRoom() throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < reserveBytes) {
            makeRoom(0);
            if (Files.getFileStore(folder).getUsableSpace() < reserveBytes) {
                throw new StoreUnavailable("The server's disk is almost full.", new IOException("No room in " + folder));
            }
        }
    }

    /// Bytes that have just arrived, and are looked into next. Fails never: a copy more or less is no reason to refuse a picture.
    public void adopt(Digest digest, Path file) {
        try {
            make();
            keep(digest, file);
        } catch (IOException e) {
            LOG.debug("No copy of {} was kept", digest, e);
        }
    }

    private void keep(Digest digest, Path file) throws IOException {
        long sizeBytes = Files.size(file);
        if (sizeBytes > limitBytes) {
            return;
        }
        var target = path(digest);
        Files.createDirectories(target.getParent());
        if (linked(file, target)) {
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
            long limit = limitBytes;
            if (comeInBytes.addAndGet(sizeBytes) > limit / 20) {
                comeInBytes.set(0);
                makeRoom(limit);
            }
        }
    }

    /// Its store will have it no more.
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    private void makeRoom(long limit) throws IOException {
        var copies = copies();
        long bytes = copies.stream().mapToLong(Copy::sizeBytes).sum();
        if (bytes <= limit) {
            return;
        }
        copies.sort(Comparator.comparing(Copy::usedAt));
        for (var copy : copies) {
            if (bytes <= limit / 10 * 9) {
                return;
            }
            Files.deleteIfExists(copy.file());
            bytes -= copy.sizeBytes();
        }
    }

    private List<Copy> copies() throws IOException {
        var copies = new ArrayList<Copy>();
        for (int first = 0; first < FOLDERS; first++) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("%02x".formatted(first)))) {
                for (var file : files) {
                    copies.add(new Copy(file, Files.size(file), Files.getLastModifiedTime(file)));
                }
            } catch (NoSuchFileException goneOrNeverThere) {
                continue;
            }
        }
        return copies;
    }

    /// Removes what was lent to somebody who was killed.
    public void sweep(Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(LENT))) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException neverUsedOrGone) {
            return;
        }
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder.resolve(LENT))) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder.resolve(LENT));
        }
    }

    /// @return false when it was there already, or there is nothing to link
    private static boolean linked(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return false;
        }
    }

    private Path lent() {
        return folder.resolve(LENT).resolve(Ids.next().toString());
    }

    private Path path(Digest digest) {
        var name = digest.hex();
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }
}
