package picup.storage.blob;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file read past the page cache (`O_DIRECT`, open(2)): what comes is what the disk has, not what memory still knows of the writing. It
/// does not push out of memory what people are looking at, either.
///
/// Not every file system can do it (old tmpfs, some of FUSE and of the network). There the file is read as any other, and what comes may be from
/// memory. The disk's own cache is never passed.
final class UncachedFile extends InputStream {
    /// Few calls, and little memory beside a decoder's.
    private static final int BUFFER_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final int blockBytes;
    private final long sizeBytes;
    private long position;

    private UncachedFile(FileChannel channel, int blockBytes) throws IOException {
        this.channel = channel;
        this.blockBytes = blockBytes;
        this.sizeBytes = channel.size();
        this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES + blockBytes).alignedSlice(blockBytes).limit(BUFFER_BYTES).slice().limit(0);
    }

    /// @throws NoSuchFileException when there is none
    static InputStream open(Path file) throws IOException {
        try {
            return direct(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ)); // which fails too if the disk is to blame
        }
    }

    /// Reads the first bytes at once, because some file systems open a file so and then refuse to read it.
    private static InputStream direct(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
        try {
            var opened = new UncachedFile(channel, Math.toIntExact(Objects.requireNonNull(file.getFileSystem().provider().getFileStore(file)).getBlockSize()));
            opened.fill();
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Reads begin at whole blocks; the last one of a file is short.
    private boolean fill() throws IOException {
        if (position >= sizeBytes) {
            return false;
        }
        long from = position - position % blockBytes;
        int skipped = (int) (position - from);
        buffer.clear();
        int read = channel.read(buffer, from);
        if (read <= skipped) {
            buffer.limit(0);
            position = sizeBytes; // it became shorter meanwhile
            return false;
        }
        buffer.flip().position(skipped);
        position = from + read;
        return true;
    }

    @Override
    public int read() throws IOException {
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int some = Math.min(length, buffer.remaining());
        buffer.get(into, offset, some);
        return some;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
