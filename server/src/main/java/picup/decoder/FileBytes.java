package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a file for those who read its structure: numbers at a place, in either order. Reading is buffered, not
/// mapped, because the pages of a map count as memory of this process. What lies behind the end is an [EOFException].
final class FileBytes implements AutoCloseable {

    private static final int BUFFER_BYTES = 65_536;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long start;

    private FileBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    static FileBytes of(Path file) throws IOException {
        return new FileBytes(FileChannel.open(file, StandardOpenOption.READ));
    }

    long size() {
        return size;
    }

    int u8(long at) throws IOException {
        if (at < start || at >= start + buffer.limit()) {
            fill(at);
        }
        return buffer.get((int) (at - start)) & 255;
    }

    int be16(long at) throws IOException {
        return u8(at) << 8 | u8(at + 1);
    }

    int le16(long at) throws IOException {
        return u8(at) | u8(at + 1) << 8;
    }

    /// Unsigned.
    long be32(long at) throws IOException {
        return (long) be16(at) << 16 | be16(at + 2);
    }

    /// Unsigned.
    long le32(long at) throws IOException {
        return le16(at) | (long) le16(at + 2) << 16;
    }

    long be64(long at) throws IOException {
        return be32(at) << 32 | be32(at + 4);
    }

    String ascii(long at, int count) throws IOException {
        return new String(bytes(at, count), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes(long at, int count) throws IOException {
        if (at < 0 || count < 0 || at + count > size) {
            throw new EOFException("the file ends at " + size + ", before " + (at + count));
        }
        byte[] bytes = new byte[count];
        read(at, bytes);
        return bytes;
    }

    /// @return how many there were
    int read(long at, byte[] to) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(to);
        while (target.hasRemaining()) {
            int n = channel.read(target, at + target.position());
            if (n < 0) {
                break;
            }
        }
        return target.position();
    }

    /// Copies a part of the file into a file of its own.
    void copy(long at, long count, FileChannel to) throws IOException {
        if (at < 0 || count < 0 || at + count > size) {
            throw new EOFException("the file ends at " + size + ", before " + (at + count));
        }
        for (long done = 0; done < count; ) {
            done += channel.transferTo(at + done, count - done, to);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void fill(long at) throws IOException {
        if (at < 0 || at >= size) {
            throw new EOFException("the file ends at " + size + ", before " + at);
        }
        start = at;
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
            continue;
        }
        buffer.flip();
        if (buffer.limit() == 0) {
            throw new EOFException("the file ends before " + at);
        }
    }
}
