package picup.media.decoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Files of kinds that no tool here writes.
final class MadeStills {

    private MadeStills() {}

    /// A bitmap of a byte a pixel.
    static byte[] bitmap8(int width, int height, int compression, byte[] pixels, int... palette) {
        int pixelsAt = 54 + 4 * palette.length;
        ByteBuffer file = ByteBuffer.allocate(pixelsAt + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(pixelsAt);
        file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8).putInt(compression).putInt(pixels.length)
                .putInt(0).putInt(0).putInt(palette.length).putInt(0);
        for (int colour : palette) {
            file.putInt(colour);
        }
        return file.put(pixels).array();
    }

    /// A document of red, green, blue and one more channel, which is a selection, or the opacity of the only layer.
    static byte[] photoshop(int width, int height, byte[] rgb, boolean packed, boolean transparent) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        ByteBuffer counts = ByteBuffer.allocate(packed ? 4 * height * 2 : 0);
        for (int channel = 0; channel < 4 && rgb.length > 0; channel++) {
            for (int y = 0; y < height; y++) {
                byte[] row = new byte[width];
                for (int x = 0; x < width; x++) {
                    row[x] = channel < 3 ? rgb[(y * width + x) * 3 + channel] : (byte) (x < width / 2 ? 255 : 0);
                }
                byte[] stored = packed ? pack(row) : row;
                rows.writeBytes(stored);
                if (packed) {
                    counts.putShort((short) stored.length);
                }
            }
        }
        int layerBytes = transparent ? 8 : 0;
        ByteBuffer file = ByteBuffer.allocate(26 + 4 + 4 + 4 + layerBytes + 2 + counts.capacity() + rows.size());
        file.put("8BPS".getBytes()).putShort((short) 1).put(new byte[6]).putShort((short) 4).putInt(height).putInt(width).putShort((short) 8).putShort((short) 3);
        file.putInt(0).putInt(0).putInt(layerBytes);
        if (transparent) {
            file.putInt(4).putShort((short) -1).putShort((short) 0);
        }
        return file.putShort((short) (packed ? 1 : 0)).put(counts.array()).put(rows.toByteArray()).array();
    }

    /// PackBits: runs where there are some, else single bytes.
    private static byte[] pack(byte[] row) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int at = 0; at < row.length; ) {
            int run = 1;
            while (at + run < row.length && run < 128 && row[at + run] == row[at]) {
                run++;
            }
            packed.write(run > 1 ? 1 - run : 0);
            packed.write(row[at]);
            at += run;
        }
        return packed.toByteArray();
    }

    /// What a camera with an RGGB sensor would write: a mosaic of three bars, red, green and blue, with a preview before it.
    ///
    /// @param preview a JPEG
    static byte[] negative(int width, int height, int orientation, byte[] preview, int previewWidth, int previewHeight) {
        ByteBuffer mosaic = ByteBuffer.allocate(width * height * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int colour = (y & 1) + (x & 1); // 0 red, 1 green, 2 blue
                mosaic.putShort((short) (colour == x * 3 / width ? 30_000 : 1500));
            }
        }
        List<byte[]> entries = new ArrayList<>();
        int rawAt = 8 + 2 + 12 * 17 + 4;
        int smallAt = rawAt + 2 + 12 * 12 + 4;
        int matrixAt = smallAt + 2 + 12 * 9 + 4;
        int neutralAt = matrixAt + 72;
        int othersAt = neutralAt + 24;
        int previewAt = othersAt + 8;
        int mosaicAt = previewAt + preview.length + (preview.length & 1);
        ByteBuffer file = ByteBuffer.allocate(mosaicAt + mosaic.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        entries.add(entry(254, 4, 1, 1));
        entries.add(entry(256, 4, 1, 1));
        entries.add(entry(257, 4, 1, 1));
        entries.add(entry(258, 3, 1, 8));
        entries.add(entry(259, 3, 1, 1));
        entries.add(entry(262, 3, 1, 1));
        entries.add(entry(271, 2, 4, 'P' | 'i' << 8 | 'c' << 16));
        entries.add(entry(273, 4, 1, matrixAt));
        entries.add(entry(274, 3, 1, orientation));
        entries.add(entry(277, 3, 1, 1));
        entries.add(entry(278, 4, 1, 1));
        entries.add(entry(279, 4, 1, 1));
        entries.add(entry(330, 4, 2, othersAt));
        entries.add(entry(50706, 1, 4, 0x00000401));
        entries.add(entry(50721, 10, 9, matrixAt));
        entries.add(entry(50728, 5, 3, neutralAt));
        entries.add(entry(50778, 3, 1, 21));
        directory(file, entries);
        entries.clear();
        entries.add(entry(254, 4, 1, 0));
        entries.add(entry(256, 4, 1, width));
        entries.add(entry(257, 4, 1, height));
        entries.add(entry(258, 3, 1, 16));
        entries.add(entry(259, 3, 1, 1));
        entries.add(entry(262, 3, 1, 32_803));
        entries.add(entry(273, 4, 1, mosaicAt));
        entries.add(entry(277, 3, 1, 1));
        entries.add(entry(278, 4, 1, height));
        entries.add(entry(279, 4, 1, mosaic.capacity()));
        entries.add(entry(33421, 3, 2, 2 | 2 << 16));
        entries.add(entry(33422, 1, 4, 0 | 1 << 8 | 1 << 16 | 2 << 24));
        directory(file, entries);
        entries.clear();
        entries.add(entry(254, 4, 1, 1));
        entries.add(entry(256, 4, 1, previewWidth));
        entries.add(entry(257, 4, 1, previewHeight));
        entries.add(entry(259, 3, 1, 7));
        entries.add(entry(262, 3, 1, 6));
        entries.add(entry(273, 4, 1, previewAt));
        entries.add(entry(277, 3, 1, 3));
        entries.add(entry(278, 4, 1, previewHeight));
        entries.add(entry(279, 4, 1, preview.length));
        directory(file, entries);
        // XYZ to the camera's colours, which are sRGB's: IEC 61966-2-1.
        for (int tenThousandth : new int[] {32_404, -15_371, -4985, -9693, 18_760, 416, 556, -2040, 10_572}) {
            file.putInt(tenThousandth).putInt(10_000);
        }
        for (int i = 0; i < 3; i++) {
            file.putInt(1).putInt(1);
        }
        file.putInt(rawAt).putInt(smallAt);
        file.put(preview).position(mosaicAt);
        return file.put(mosaic.array()).array();
    }

    private static byte[] entry(int tag, int type, int count, int value) {
        return ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putShort((short) tag).putShort((short) type).putInt(count).putInt(value).array();
    }

    private static void directory(ByteBuffer file, List<byte[]> entries) {
        file.putShort((short) entries.size());
        entries.forEach(file::put);
        file.putInt(0);
    }

    static int indexOf(byte[] bytes, byte first, byte second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == first && bytes[i + 1] == second) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
