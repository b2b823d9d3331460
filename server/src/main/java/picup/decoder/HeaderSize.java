package picup.decoder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a header says about size, read without any library: only to know what a library is going to need. Nothing is
/// refused here and nothing is believed; a header that can't be read is one of a small picture, and the library that
/// comes next will say what is wrong with it.
///
/// @param pixels      of the largest picture in the file
/// @param samples     bytes of all of its channels, uncompressed; coefficients in a JPEG
/// @param progressive it comes in passes over the whole picture, which has to be kept
/// @param animated    it has frames
record HeaderSize(long pixels, long samples, boolean progressive, boolean animated) {

    private static final HeaderSize UNKNOWN = new HeaderSize(0, 0, false, false);

    /// Where the boxes of a HEIC lie: thousands of tiles make them long, and a megabyte is more than any has.
    private static final int HEAD_BYTES = 1 << 20;

    /// Of a JPEG before its picture: a hundred of 64 KB are a panorama's worth.
    private static final int MOST_SEGMENTS = 1000;

    static HeaderSize of(Path file, FileKind kind) throws IOException {
        try {
            return switch (kind) {
                case JPEG -> ofJpeg(file);
                case PNG -> ofPng(head(file, 32));
                case GIF -> of(little(head(file, 10), 6), little(head(file, 10), 8), 4, false, true);
                case WEBP -> ofWebp(head(file, 30));
                case HEIC, AVIF -> ofBoxes(head(file, HEAD_BYTES));
                case TIFF -> ofTiff(file);
                case BMP -> ofBitmap(head(file, 26));
                case JP2 -> ofJpeg2000(head(file, 4096));
                case PSD -> ofPhotoshop(head(file, 26));
                default -> UNKNOWN;
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException cutOff) {
            return UNKNOWN;
        }
    }

    private static HeaderSize of(long width, long height, long bytesPerPixel, boolean progressive, boolean animated) {
        // 32 bits each at most, so that the product with a few bytes has room in 64 only when it is bounded here.
        long pixels = Math.min(Math.abs(width), 1L << 26) * Math.min(Math.abs(height), 1L << 26);
        long bounded = Math.min(pixels, 1L << 50);
        return new HeaderSize(bounded, bounded * Math.clamp(bytesPerPixel, 1, 64), progressive, animated);
    }

    /// ITU T.81, B.2.2: the frame header. Its second nibble says how: 2, 6, 10 and 14 come in passes.
    private static HeaderSize ofJpeg(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long at = 2;
            for (int i = 0; i < MOST_SEGMENTS && at + 10 < file.length(); i++) {
                file.seek(at);
                int marker = file.readUnsignedShort();
                if (marker >> 8 != 0xff) {
                    return UNKNOWN;
                }
                int code = marker & 255;
                if (code == 255) {
                    at++;
                    continue;
                }
                int length = file.readUnsignedShort();
                if (code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc) {
                    byte[] frame = new byte[Math.min(Math.max(0, length - 2), 64)];
                    file.readFully(frame);
                    return ofFrame(ByteBuffer.wrap(frame), (code & 3) == 2);
                }
                at += 2L + length;
            }
            return UNKNOWN;
        }
    }

    private static HeaderSize ofFrame(ByteBuffer frame, boolean progressive) {
        int height = frame.getShort(1) & 0xffff;
        int width = frame.getShort(3) & 0xffff;
        int components = frame.get(5) & 255;
        int most = 1;
        int sum = 0;
        for (int i = 0; i < Math.min(components, 4); i++) {
            int sampling = frame.get(7 + 3 * i) & 255;
            int area = Math.max(1, (sampling >> 4) * (sampling & 15));
            most = Math.max(most, area);
            sum += area;
        }
        HeaderSize size = of(width, height, 1, progressive, false);
        return new HeaderSize(size.pixels, size.pixels * sum / most, progressive, false);
    }

    /// PNG (third edition), 11.2.1: IHDR is the first chunk.
    private static HeaderSize ofPng(ByteBuffer head) {
        int bits = head.get(24);
        int channels = switch (head.get(25)) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        return of(head.getInt(16) & 0xffffffffL, head.getInt(20) & 0xffffffffL, channels * Math.max(1, bits / 8), head.get(28) != 0, false);
    }

    /// RFC 9649: a canvas in VP8X, a frame in VP8, 14 bits each in VP8L.
    private static HeaderSize ofWebp(ByteBuffer head) {
        return switch (head.get(15)) {
            case 'X' -> of((little(head, 24) | (head.get(26) & 255L) << 16) + 1, (little(head, 27) | (head.get(29) & 255L) << 16) + 1, 4, true,
                    (head.get(20) & 2) != 0);
            case 'L' -> {
                int bits = Integer.reverseBytes(head.getInt(21));
                yield of((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, 4, true, false);
            }
            default -> of(little(head, 26) & 0x3fff, little(head, 28) & 0x3fff, 4, true, false);
        };
    }

    /// ISO/IEC 23008-12: every picture in the file has its extent in a box `ispe`. The largest counts, as a grid is its own and
    /// its tiles have theirs.
    private static HeaderSize ofBoxes(ByteBuffer head) {
        HeaderSize largest = UNKNOWN;
        for (int at = 4; at + 16 <= head.limit(); at++) {
            if (head.getInt(at) == 0x69737065) {
                HeaderSize size = of(head.getInt(at + 8) & 0xffffffffL, head.getInt(at + 12) & 0xffffffffL, 4, true, false);
                largest = size.pixels > largest.pixels ? size : largest;
            }
        }
        return largest;
    }

    /// TIFF 6.0: width 256, height 257, bits a sample 258, samples a pixel 277, of the first directory.
    private static HeaderSize ofTiff(Path path) throws IOException {
        ByteBuffer start = head(path, 16);
        ByteOrder order = start.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        start.order(order);
        boolean big = start.getShort(2) == 43;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer directory = at(file, big ? start.getLong(8) : start.getInt(4) & 0xffffffffL, 16_384).order(order);
            long entries = Math.min(big ? directory.getLong(0) : directory.getShort(0) & 0xffff, 512);
            long width = 0;
            long height = 0;
            long bits = 8;
            long samples = 1;
            for (int i = 0; i < entries; i++) {
                int entry = big ? 8 + 20 * i : 2 + 12 * i;
                int valueAt = entry + (big ? 12 : 8);
                long value = directory.getShort(entry + 2) == 3 ? directory.getShort(valueAt) & 0xffff : directory.getInt(valueAt) & 0xffffffffL;
                boolean apart = directory.getShort(entry + 2) == 3 && directory.getInt(entry + 4) > (big ? 4 : 2);
                switch (directory.getShort(entry) & 0xffff) {
                    case 256 -> width = value;
                    case 257 -> height = value;
                    // Three or more of them lie elsewhere; 16 is the most that pictures have.
                    case 258 -> bits = apart ? 16 : value;
                    case 277 -> samples = value;
                    default -> { }
                }
            }
            return of(width, height, Math.min(samples, 8) * Math.max(1, Math.min(bits, 64) / 8), true, false);
        }
    }

    private static HeaderSize ofBitmap(ByteBuffer head) {
        head.order(ByteOrder.LITTLE_ENDIAN);
        return head.getInt(14) == 12 ? of(head.getShort(18) & 0xffff, head.getShort(20) & 0xffff, 4, true, false)
                : of(head.getInt(18), head.getInt(22), 4, true, false);
    }

    /// ITU T.800, A.5.1: the marker SIZ follows SOC at once.
    private static HeaderSize ofJpeg2000(ByteBuffer head) {
        for (int at = 0; at + 42 <= head.limit(); at++) {
            if (head.getInt(at) == 0xff4fff51) {
                return of((head.getInt(at + 8) & 0xffffffffL) - (head.getInt(at + 16) & 0xffffffffL),
                        (head.getInt(at + 12) & 0xffffffffL) - (head.getInt(at + 20) & 0xffffffffL), head.getShort(at + 40) & 0xffff, true, false);
            }
        }
        return UNKNOWN;
    }

    private static HeaderSize ofPhotoshop(ByteBuffer head) {
        return of(head.getInt(18) & 0xffffffffL, head.getInt(14) & 0xffffffffL,
                (head.getShort(12) & 0xffffL) * Math.max(1, (head.getShort(22) & 0xffff) / 8), true, false);
    }

    private static long little(ByteBuffer bytes, int at) {
        return bytes.get(at) & 255L | (bytes.get(at + 1) & 255L) << 8;
    }

    private static ByteBuffer head(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return at(channel, 0, most);
        }
    }

    private static ByteBuffer at(FileChannel file, long position, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.clamp(file.size() - Math.max(0, position), 0, most));
        while (bytes.hasRemaining() && file.read(bytes, Math.max(0, position) + bytes.position()) > 0) {
            continue;
        }
        return bytes.flip();
    }
}
