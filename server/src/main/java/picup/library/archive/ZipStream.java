package picup.library.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A ZIP that is written in one go (PKWARE APPNOTE 6.3.10), of any size and with any number of entries in constant memory.
///
/// The libraries keep every entry until they write the directory at the end: half a kilobyte each, so that a library of
/// 100,000 pictures, with two files beside each, would fill the heap of a small machine. Here the directory, 60 bytes and a
/// name each, waits in a temporary file.
///
/// Entries are followed by their checksum and sizes, so no file is read twice, and one that cannot be read to its end spoils
/// only itself. Media go through the deflater without compression (stored blocks, 5 bytes in 64 KB), because readers
/// that do not seek take that, but not method 0 with sizes that follow.
final class ZipStream implements AutoCloseable {
    enum Content { MEDIA, TEXT }

    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END = 0x06054b50;
    private static final int VERSION_64 = 45;
    private static final int MADE_BY_UNIX = 3 << 8;
    private static final int FLAGS = 1 << 3 | 1 << 11; // sizes follow; names are UTF-8
    private static final int DEFLATED = 8;
    private static final int EXTRA_64 = 1;
    private static final int PLAIN_FILE = 0100644;
    private static final long MOST_32 = 0xFFFF_FFFFL;
    private static final int MOST_16 = 0xFFFF;

    /// What stored blocks may add to a file that is just below 4 GB.
    private static final long MARGIN = 16 << 20;

    private final OutputStream out;
    private final FileChannel directory;
    private final OutputStream intoDirectory;
    private final byte[] compressed = new byte[64 * 1024];
    private final CRC32 crc = new CRC32();
    private final Deflater stored = new Deflater(Deflater.NO_COMPRESSION, true);
    private final Deflater deflated = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private long offset;
    private long entries;

    /// @param out stays open
    ZipStream(OutputStream out) throws IOException {
        this.out = out;
        Path file = Files.createTempFile("picup-archive-", ".directory");
        this.directory = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.intoDirectory = new BufferedOutputStream(Channels.newOutputStream(directory));
    }

    /// The entry that is being written.
    final class Entry extends OutputStream {
        private final byte[] name;
        private final int time;
        private final long begin = offset;
        private final boolean large;
        private final Deflater deflater;
        private long sizeBytes;

        private Entry(String name, LocalDateTime time, Content content, long expectedBytes) throws IOException {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.time = dosTime(time);
            this.large = expectedBytes > MOST_32 - MARGIN;
            this.deflater = content == Content.MEDIA ? stored : deflated;
            deflater.reset();
            crc.reset();
            var header = buffer(30 + this.name.length + 20).putInt(LOCAL).putShort((short) VERSION_64).putShort((short) FLAGS)
                    .putShort((short) DEFLATED).putInt(this.time).putInt(0).putInt(large ? -1 : 0).putInt(large ? -1 : 0)
                    .putShort((short) this.name.length).putShort((short) (large ? 20 : 0)).put(this.name);
            if (large) {
                header.putShort((short) EXTRA_64).putShort((short) 16).putLong(0).putLong(0);
            }
            write(header);
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            crc.update(bytes, from, length);
            sizeBytes += length;
            deflater.setInput(bytes, from, length);
            while (!deflater.needsInput()) {
                emit();
            }
        }

        private void emit() throws IOException {
            int length = deflater.deflate(compressed);
            out.write(compressed, 0, length);
            offset += length;
        }

        private void write(ByteBuffer bytes) throws IOException {
            out.write(bytes.array(), 0, bytes.position());
            offset += bytes.position();
        }

        /// Ends the entry with as much as was written.
        @Override
        public void close() throws IOException {
            deflater.finish();
            while (!deflater.finished()) {
                emit();
            }
            long compressedBytes = deflater.getBytesWritten();
            if (!large && Math.max(sizeBytes, compressedBytes) > MOST_32) {
                throw new IOException("A file grew past 4 GB while it was read");
            }
            int sum = (int) crc.getValue();
            var descriptor = buffer(24).putInt(DESCRIPTOR).putInt(sum);
            write(large ? descriptor.putLong(compressedBytes).putLong(sizeBytes) : descriptor.putInt((int) compressedBytes).putInt((int) sizeBytes));
            record(sum, compressedBytes);
            entries++;
        }

        private void record(int sum, long compressedBytes) throws IOException {
            boolean far = begin >= MOST_32;
            var extra = buffer(28);
            if (large || far) {
                extra.putShort((short) EXTRA_64).putShort((short) ((large ? 16 : 0) + (far ? 8 : 0)));
                if (large) {
                    extra.putLong(sizeBytes).putLong(compressedBytes);
                }
                if (far) {
                    extra.putLong(begin);
                }
            }
            var header = buffer(46 + name.length + 28).putInt(CENTRAL).putShort((short) (MADE_BY_UNIX | VERSION_64)).putShort((short) VERSION_64)
                    .putShort((short) FLAGS).putShort((short) DEFLATED).putInt(time).putInt(sum)
                    .putInt(large ? -1 : (int) compressedBytes).putInt(large ? -1 : (int) sizeBytes)
                    .putShort((short) name.length).putShort((short) extra.position()).putShort((short) 0).putShort((short) 0).putShort((short) 0)
                    .putInt(PLAIN_FILE << 16).putInt(far ? -1 : (int) begin).put(name).put(extra.array(), 0, extra.position());
            intoDirectory.write(header.array(), 0, header.position());
        }
    }

    /// Begins a file. Close it before the next.
    ///
    /// @param name          with slashes between folders
    /// @param expectedBytes decides between the two forms of sizes; more than 4 GB may only come where it was expected
    Entry begin(String name, LocalDateTime time, Content content, long expectedBytes) throws IOException {
        return new Entry(name, time, content, expectedBytes);
    }

    /// Writes the directory, without which nothing is an archive: a download that broke off cannot be taken for a whole one.
    void finish() throws IOException {
        intoDirectory.flush();
        long begin = offset;
        directory.position(0);
        offset += new BufferedInputStream(Channels.newInputStream(directory)).transferTo(out);
        long length = offset - begin;
        var end = buffer(56 + 20 + 22);
        if (entries >= MOST_16 || begin >= MOST_32 || length >= MOST_32) {
            end.putInt(END_64).putLong(44).putShort((short) (MADE_BY_UNIX | VERSION_64)).putShort((short) VERSION_64).putInt(0).putInt(0)
                    .putLong(entries).putLong(entries).putLong(length).putLong(begin)
                    .putInt(LOCATOR_64).putInt(0).putLong(offset).putInt(1);
        }
        short count = (short) Math.min(entries, MOST_16);
        end.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count)
                .putInt((int) Math.min(length, MOST_32)).putInt((int) Math.min(begin, MOST_32)).putShort((short) 0);
        out.write(end.array(), 0, end.position());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        stored.end();
        deflated.end();
        directory.close();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Wall clock in steps of two seconds, from 1980 to 2107.
    private static int dosTime(LocalDateTime time) {
        int year = Math.clamp(time.getYear(), 1980, 2107) - 1980;
        return year << 25 | time.getMonthValue() << 21 | time.getDayOfMonth() << 16
                | time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    }
}
