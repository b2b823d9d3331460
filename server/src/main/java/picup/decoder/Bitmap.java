package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A Windows bitmap, as it lies in a BMP after the file's header, or in an icon. Old programs wrote all of them, no library
/// here reads them (but for one that is too large a target), and they are simple.
///
/// Sources: "Bitmap Header Types" and "BITMAPV5HEADER" of the Windows API; the BMP suite of Jason Summers for what is usual
/// where those are silent: the fourth byte of a pixel means something only where a mask says so.
final class Bitmap {

    private static final int RGB = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    /// Run lengths can jump about, so they are unpacked in memory.
    private static final long MAX_RUN_PIXELS = 64_000_000;

    /// A row has to fit Java's small heap.
    private static final int MAX_EDGE_PX = 65_535;

    final int width;
    final int height;
    final int bitsPerPixel;

    private final FileBytes file;
    private final boolean topDown;
    private final int compression;
    private final int[] palette;
    private final int[] masks = new int[4];
    private final long pixelsAt;

    /// What the directory of an icon says of a picture, whose own height counts the mask below it too.
    record Listed(int width, int height, long bytes) {

        /// Where both contradict each other, and there isn't enough for the picture's own word, the directory's counts.
        boolean betterThan(int ownWidth, int ownHeight, int bitsPerPixel) {
            return ((long) ownWidth * bitsPerPixel + 31) / 32 * 4 * ownHeight > bytes;
        }
    }

    /// @param at       of the header
    /// @param pixelsAt 0 when they follow header and palette
    /// @param listed   for a picture in an icon
    Bitmap(FileBytes file, long at, long pixelsAt, @Nullable Listed listed) throws IOException, Refusal {
        this.file = file;
        long headerBytes = file.le32(at);
        boolean core = headerBytes == 12;
        int ownWidth = core ? file.le16(at + 4) : (int) file.le32(at + 4);
        int rows = core ? file.le16(at + 6) : (int) file.le32(at + 8);
        int ownHeight = Math.abs(rows) / (listed == null ? 1 : 2);
        topDown = rows < 0;
        bitsPerPixel = file.le16(at + (core ? 10 : 14));
        boolean corrected = listed != null && listed.betterThan(ownWidth, ownHeight, bitsPerPixel);
        width = corrected ? listed.width : ownWidth;
        height = corrected ? listed.height : ownHeight;
        compression = headerBytes < 20 ? RGB : (int) file.le32(at + 16);
        check(headerBytes);
        long after = at + headerBytes;
        if (headerBytes == 40 && (compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS)) {
            after += compression == BIT_FIELDS ? 12 : 16;
        }
        readMasks(at, headerBytes);
        palette = bitsPerPixel > 8 ? new int[0] : palette(after, headerBytes < 36 ? 0 : (int) file.le32(at + 32), core ? 3 : 4, pixelsAt);
        this.pixelsAt = pixelsAt > 0 ? pixelsAt : after + (long) palette.length * (core ? 3 : 4);
    }

    private void check(long headerBytes) throws Refusal {
        boolean depth = switch (compression) {
            case RGB -> bitsPerPixel == 1 || bitsPerPixel == 2 || bitsPerPixel == 4 || bitsPerPixel == 8 || bitsPerPixel == 16
                    || bitsPerPixel == 24 || bitsPerPixel == 32;
            case RLE8 -> bitsPerPixel == 8;
            case RLE4 -> bitsPerPixel == 4;
            case BIT_FIELDS, ALPHA_BIT_FIELDS -> (bitsPerPixel == 16 || bitsPerPixel == 32) && headerBytes != 64;
            default -> false;
        };
        if (!depth) {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "a bitmap of " + bitsPerPixel + " bits in compression " + compression);
        }
        if (width < 1 || height < 1 || width > MAX_EDGE_PX || height > MAX_EDGE_PX) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "a bitmap of " + width + " × " + height + " pixels");
        }
    }

    private void readMasks(long at, long headerBytes) throws IOException {
        if (compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS) {
            for (int i = 0; i < 3; i++) {
                masks[i] = (int) file.le32(at + 40 + 4 * i);
            }
            masks[3] = headerBytes >= 56 || compression == ALPHA_BIT_FIELDS ? (int) file.le32(at + 52) : 0;
        } else if (bitsPerPixel == 16) {
            masks[0] = 0x7c00;
            masks[1] = 0x3e0;
            masks[2] = 0x1f;
        } else {
            masks[0] = 0xff0000;
            masks[1] = 0xff00;
            masks[2] = 0xff;
        }
    }

    /// Some writers say 256 colours and keep fewer: what the pixels begin behind can't be palette.
    private int[] palette(long at, long said, int entryBytes, long end) throws IOException {
        int most = 1 << bitsPerPixel;
        long count = said == 0 || said > most ? most : said;
        if (end > at) {
            count = Math.min(count, (end - at) / entryBytes);
        }
        int[] colours = new int[(int) count];
        for (int i = 0; i < colours.length; i++) {
            long entry = at + (long) i * entryBytes;
            colours[i] = file.u8(entry + 2) << 16 | file.u8(entry + 1) << 8 | file.u8(entry);
        }
        return colours;
    }

    boolean hasAlpha() throws IOException {
        return masks[3] != 0 && anyAlpha(masks[3]);
    }

    /// Icons keep their opacity in the fourth byte, without a mask.
    boolean hasIconAlpha() throws IOException {
        return bitsPerPixel == 32 && compression == RGB && anyAlpha(0xff000000);
    }

    /// Rows of red, green, blue and opacity. A file whose end is missing shows what there is.
    void writeRgba(OutputStream out, boolean alpha, boolean icon) throws IOException, Refusal {
        if (compression == RLE8 || compression == RLE4) {
            writeRuns(out);
            return;
        }
        long stride = stride();
        if (pixelsAt + stride > file.size() || file.size() - pixelsAt < stride * height / 4) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "most of the bitmap's pixels are missing");
        }
        int[] alphaMask = {masks[0], masks[1], masks[2], icon && alpha ? 0xff000000 : alpha ? masks[3] : 0};
        byte[] row = new byte[(int) stride];
        byte[] opacity = new byte[(int) maskStride()];
        byte[] rgba = new byte[width * 4];
        for (int y = 0; y < height; y++) {
            int stored = topDown ? y : height - 1 - y;
            int n = file.read(pixelsAt + stored * stride, row);
            Arrays.fill(row, n, row.length, (byte) 0);
            toRgba(row, rgba, alphaMask);
            if (icon && !alpha) {
                Arrays.fill(opacity, file.read(pixelsAt + stride * height + stored * maskStride(), opacity), opacity.length, (byte) 0);
                for (int x = 0; x < width; x++) {
                    rgba[x * 4 + 3] = (byte) ((opacity[x >> 3] >> (7 - (x & 7)) & 1) == 1 ? 0 : 255);
                }
            }
            out.write(rgba);
        }
    }

    private void toRgba(byte[] row, byte[] rgba, int[] channels) {
        for (int x = 0, to = 0; x < width; x++, to += 4) {
            int colour;
            if (bitsPerPixel <= 8) {
                int perByte = 8 / bitsPerPixel;
                int index = row[x / perByte] >> (perByte - 1 - x % perByte) * bitsPerPixel & (1 << bitsPerPixel) - 1;
                colour = index < palette.length ? palette[index] : 0;
                put(rgba, to, colour);
            } else if (bitsPerPixel == 24) {
                rgba[to] = row[x * 3 + 2];
                rgba[to + 1] = row[x * 3 + 1];
                rgba[to + 2] = row[x * 3];
                rgba[to + 3] = (byte) 255;
            } else {
                int bytes = bitsPerPixel / 8;
                int pixel = row[x * bytes] & 255 | (row[x * bytes + 1] & 255) << 8;
                if (bytes == 4) {
                    pixel |= (row[x * 4 + 2] & 255) << 16 | row[x * 4 + 3] << 24;
                }
                for (int i = 0; i < 3; i++) {
                    rgba[to + i] = (byte) scaled(pixel, channels[i]);
                }
                rgba[to + 3] = (byte) (channels[3] == 0 ? 255 : scaled(pixel, channels[3]));
            }
        }
    }

    private static void put(byte[] rgba, int to, int colour) {
        rgba[to] = (byte) (colour >> 16);
        rgba[to + 1] = (byte) (colour >> 8);
        rgba[to + 2] = (byte) colour;
        rgba[to + 3] = (byte) 255;
    }

    /// Some bits of a pixel, as 0 to 255.
    private static int scaled(int pixel, int mask) {
        if (mask == 0) {
            return 0;
        }
        long most = (mask & 0xffffffffL) >>> Integer.numberOfTrailingZeros(mask);
        long value = (pixel & mask & 0xffffffffL) >>> Integer.numberOfTrailingZeros(mask);
        return (int) ((value * 255 + most / 2) / most);
    }

    private boolean anyAlpha(int mask) throws IOException {
        byte[] row = new byte[(int) stride()];
        int bytes = bitsPerPixel / 8;
        for (int y = 0; y < height; y++) {
            int n = file.read(pixelsAt + y * stride(), row);
            for (int at = 0; at + bytes <= n; at += bytes) {
                int pixel = row[at] & 255 | (row[at + 1] & 255) << 8;
                if (bytes == 4) {
                    pixel |= (row[at + 2] & 255) << 16 | row[at + 3] << 24;
                }
                if ((pixel & mask) != 0) {
                    return true;
                }
            }
            if (n < row.length) {
                return false;
            }
        }
        return false;
    }

    private void writeRuns(OutputStream out) throws IOException, Refusal {
        if ((long) width * height > MAX_RUN_PIXELS) {
            throw new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS, width + " × " + height + " pixels in runs: at most " + MAX_RUN_PIXELS);
        }
        BitmapRuns runs = new BitmapRuns(file, pixelsAt, width, height, compression == RLE4);
        byte[] rgba = new byte[width * 4];
        try (runs) {
            try {
                runs.unpack();
            } catch (EOFException cutOff) {
                System.err.println("the bitmap is cut off: " + cutOff.getMessage());
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int index = runs.index(x, topDown ? y : height - 1 - y);
                    put(rgba, x * 4, index < palette.length ? palette[index] : 0);
                }
                out.write(rgba);
            }
        }
    }

    private long stride() {
        return ((long) width * bitsPerPixel + 31) / 32 * 4;
    }

    private long maskStride() {
        return ((long) width + 31) / 32 * 4;
    }
}
