package picup.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picup.platform.DurableFiles;

/// The bytes of files that come in pieces: one file an upload, which only grows.
///
/// **How pieces become durable.** They are appended at the offset that is committed in the database, flushed, and only then is the offset
/// behind them committed. So the file is never shorter than the database says, and what is longer was not committed: the next [#open]
/// cuts it off.
///
/// **Who may write** is for the caller to say, by [#lock]. The locks are ranges of one file that each process opens once, because the system
/// drops all locks of a process on a file when that process closes *any* handle of it (POSIX, fcntl). A killed process has none.
public final class UploadParts {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /// Of each some 300 bytes. Who comes back after a thousand others has their bytes read once more at the end.
    private static final int MOST_DIGESTS = 1000;

    private final Path folder;
    private final Incoming room;
    private final FileChannel locks;
    private final AtomicInteger writing = new AtomicInteger();

    /// What has come so far of uploads that nobody writes to at the moment.
    private final Map<UUID, Hashed> digests = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Hashed> eldest) {
            return size() > MOST_DIGESTS;
        }
    };

    private record Hashed(long bytes, MessageDigest digest) {}

    UploadParts(Path folder, Incoming room) throws IOException {
        this.folder = folder;
        this.room = room;
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            DurableFiles.sync(folder.toAbsolutePath().getParent());
        }
        locks = FileChannel.open(folder.resolve("locks"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Refuses what the disk has no room for.
    ///
    /// @throws picup.platform.ProblemException `storage-full`
    public void requireRoom(long moreBytes) throws IOException {
        room.requireRoom(moreBytes);
    }

    /// Excludes every other process of this data folder, and every other caller in this one, until it is closed.
    ///
    /// @return empty when somebody else has it
    public Optional<Closeable> lock(UUID id) throws IOException {
        try {
            FileLock lock = locks.tryLock(id.getLeastSignificantBits() >>> 2, 1, false); // 62 random bits (RFC 9562)
            return lock == null ? Optional.empty() : Optional.of(lock::release);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /// The part, without what was never committed.
    ///
    /// @return empty when bytes are missing that were committed: somebody took the file away
    public Optional<Part> open(UUID id, long committedBytes) throws IOException {
        var file = file(id);
        try {
            room.create(file).close();
            DurableFiles.sync(folder);
        } catch (FileAlreadyExistsException e) {
            // it is being resumed
        }
        var channel = writable(file);
        try {
            if (channel.size() < committedBytes) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(committedBytes);
            channel.position(committedBytes);
            return Optional.of(new Part(id, channel, committedBytes));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private FileChannel writable(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw room.explained(e);
        }
    }

    /// How many uploads are being written by this process. Whatever can wait waits for them.
    public int arriving() {
        return writing.get();
    }

    /// An upload that is being written.
    public final class Part implements Closeable {
        private final UUID id;
        private final FileChannel channel;
        private long syncedBytes;
        private long sizeBytes;
        private long roomCheckedAtBytes;
        private @Nullable MessageDigest synced;  // of what is flushed; null when nobody has it any more
        private @Nullable MessageDigest running; // of all that is written

        private Part(UUID id, FileChannel channel, long sizeBytes) throws IOException {
            this.id = id;
            this.channel = channel;
            this.syncedBytes = sizeBytes;
            this.sizeBytes = sizeBytes;
            this.roomCheckedAtBytes = sizeBytes;
            this.synced = sizeBytes == 0 ? Digest.sha256() : takeDigest(id, sizeBytes);
            this.running = copy(synced);
            room.requireRoom();
            writing.incrementAndGet();
        }

        /// With what is not flushed yet.
        public long sizeBytes() {
            return sizeBytes;
        }

        /// @throws picup.platform.ProblemException `storage-full`
        public void append(byte[] bytes, int length) throws IOException {
            if (sizeBytes - roomCheckedAtBytes > room.reserveBytes() / 4) {
                room.requireRoom();
                roomCheckedAtBytes = sizeBytes;
            }
            room.write(channel, ByteBuffer.wrap(bytes, 0, length));
            sizeBytes += length;
            if (running != null) {
                running.update(bytes, 0, length);
            }
        }

        /// When this returns, all that was appended survives a power cut.
        public void sync() throws IOException {
            try {
                channel.force(true);
            } catch (IOException e) {
                throw room.explained(e);
            }
            syncedBytes = sizeBytes;
            synced = copy(running);
        }

        /// Takes back what was appended and not flushed.
        public void rollBack() throws IOException {
            channel.truncate(syncedBytes);
            channel.position(syncedBytes);
            sizeBytes = syncedBytes;
            running = copy(synced);
        }

        /// The first bytes, as many as there are.
        public byte[] head(int most) throws IOException {
            var head = ByteBuffer.allocate((int) Math.min(most, sizeBytes));
            while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
                // a read may bring less than was asked for
            }
            return head.array();
        }

        /// What was appended and not flushed is cut off when somebody opens it again.
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                writing.decrementAndGet();
                channel.close();
                if (synced != null) {
                    putDigest(id, new Hashed(syncedBytes, synced));
                }
            }
        }
    }

    /// A whole one, ready to be kept as an original.
    public StagedOriginal staged(UUID id, long sizeBytes) throws IOException {
        var known = takeDigest(id, sizeBytes);
        return new StagedOriginal(file(id), known != null ? new Digest(known.digest()) : read(id), sizeBytes);
    }

    /// The first bytes, as many as there are.
    public byte[] head(UUID id, int most) throws IOException {
        try (var in = Files.newInputStream(file(id))) {
            return in.readNBytes(most);
        }
    }

    private Digest read(UUID id) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (var in = Files.newInputStream(file(id))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return new Digest(hash.digest());
    }

    /// Appends all of another part, and flushes.
    ///
    /// @param sizeBytes that the other must have
    public void join(Part whole, UUID piece, long sizeBytes) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long left = sizeBytes;
        try (var in = Files.newInputStream(file(piece))) {
            for (int read = in.read(buffer, 0, (int) Math.min(buffer.length, left)); read > 0; read = in.read(buffer, 0, (int) Math.min(buffer.length, left))) {
                whole.append(buffer, read);
                left -= read;
            }
        }
        if (left > 0) {
            throw new IOException("The piece %s has %,d bytes less than were committed".formatted(piece, left));
        }
        whole.sync();
    }

    /// Idempotent.
    public void remove(UUID id) {
        synchronized (digests) {
            digests.remove(id);
        }
        Incoming.deleteQuietly(file(id));
    }

    /// All that lie there.
    public List<UUID> all() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> NAME.matcher(name).matches()).map(UUID::fromString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(UUID id) {
        return folder.resolve(id.toString());
    }

    private @Nullable MessageDigest takeDigest(UUID id, long atBytes) {
        synchronized (digests) {
            var known = digests.remove(id);
            return known != null && known.bytes() == atBytes ? known.digest() : null;
        }
    }

    private void putDigest(UUID id, Hashed hashed) {
        synchronized (digests) {
            digests.put(id, hashed);
        }
    }

    private static @Nullable MessageDigest copy(@Nullable MessageDigest digest) {
        try {
            return digest == null ? null : (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Every Java can copy its SHA-256", e);
        }
    }
}
