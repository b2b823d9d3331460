package picup.decoder;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Run lengths of a bitmap (Windows API, "Bitmap Compression"): pairs of count and colour, plain stretches, and jumps. What is jumped over
/// has the first colour. Outside of Java's heap, which is small.
final class BitmapRuns implements AutoCloseable {

    private final FileBytes file;
    private final int width;
    private final int height;
    private final boolean halves;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment indices;
    private long at;
    private int x;
    private int y;

    /// @param halves two pixels to a byte
    BitmapRuns(FileBytes file, long at, int width, int height, boolean halves) {
        this.file = file;
        this.at = at;
        this.width = width;
        this.height = height;
        this.halves = halves;
        this.indices = arena.allocate((long) width * height);
    }

    int index(int x, int y) {
        return indices.get(ValueLayout.JAVA_BYTE, (long) y * width + x) & 255;
    }

    void unpack() throws IOException {
        while (y < height) {
            int count = file.u8(at);
            int value = file.u8(at + 1);
            at += 2;
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(halves ? i % 2 == 0 ? value >> 4 : value & 15 : value);
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                return;
            } else if (value == 2) {
                x += file.u8(at);
                y += file.u8(at + 1);
                at += 2;
            } else {
                plain(value);
            }
        }
    }

    private void plain(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int b = file.u8(at + (halves ? i / 2 : i));
            put(halves ? i % 2 == 0 ? b >> 4 : b & 15 : b);
        }
        int bytes = halves ? (count + 1) / 2 : count;
        at += bytes + (bytes & 1);
    }

    /// What runs over the edge is lost, as everywhere.
    private void put(int index) {
        if (x < width && y < height) {
            indices.set(ValueLayout.JAVA_BYTE, (long) y * width + x, (byte) index);
        }
        x++;
    }

    @Override
    public void close() {
        arena.close();
    }
}
