package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The flattened picture of a Photoshop document, channel after channel, each row plain or in PackBits (TIFF 6.0, section 9).
final class PhotoshopRows {

    private static final int PLAIN = 0;
    private static final int PACK_BITS = 1;

    private final FileBytes file;
    private final int height;
    private final int rowBytes;
    private final long dataAt;

    /// Where each packed row begins; outside of Java's heap: half a million rows are possible. None when rows are plain.
    private final MemorySegment packedAt;

    PhotoshopRows(FileBytes file, long at, boolean big, int channels, int width, int height, int depth) throws IOException, Refusal {
        this.file = file;
        this.height = height;
        rowBytes = depth == 1 ? (width + 7) / 8 : width * (depth / 8);
        int compression = file.be16(at);
        long rows = (long) channels * height;
        if (compression == PLAIN) {
            dataAt = at + 2;
            packedAt = MemorySegment.NULL;
            if (file.size() - dataAt < rows * rowBytes / 4) {
                throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "most of the document's pixels are missing");
            }
        } else if (compression == PACK_BITS) {
            int countBytes = big ? 4 : 2;
            dataAt = at + 2 + rows * countBytes;
            packedAt = Arena.ofAuto().allocate(rows * 8);
            long next = dataAt;
            for (long row = 0; row < rows; row++) {
                packedAt.set(ValueLayout.JAVA_LONG_UNALIGNED, row * 8, next);
                long countAt = at + 2 + row * countBytes;
                next += big ? file.be32(countAt) : file.be16(countAt);
            }
        } else {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "a document in compression " + compression);
        }
    }

    int rowBytes() {
        return rowBytes;
    }

    /// What is missing is 0.
    void read(int channel, int y, byte[] to) throws IOException {
        long row = (long) channel * height + y;
        if (packedAt.equals(MemorySegment.NULL)) {
            int n = file.read(dataAt + row * rowBytes, to);
            Arrays.fill(to, n, to.length, (byte) 0);
            return;
        }
        int done = 0;
        try {
            done = unpack(packedAt.get(ValueLayout.JAVA_LONG_UNALIGNED, row * 8), to);
        } catch (EOFException cutOff) {
            Arrays.fill(to, (byte) 0);
            return;
        }
        Arrays.fill(to, done, to.length, (byte) 0);
    }

    private int unpack(long from, byte[] to) throws IOException {
        long at = from;
        int done = 0;
        while (done < to.length) {
            int control = (byte) file.u8(at++);
            if (control >= 0) {
                for (int i = 0; i <= control && done < to.length; i++) {
                    to[done++] = (byte) file.u8(at++);
                }
            } else if (control != -128) {
                byte value = (byte) file.u8(at++);
                for (int i = 0; i <= -control && done < to.length; i++) {
                    to[done++] = value;
                }
            }
        }
        return done;
    }
}
