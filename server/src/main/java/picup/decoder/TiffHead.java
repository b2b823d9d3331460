package picup.decoder;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/// Tells pictures in TIFF from what cameras put into its shape: most RAW formats are TIFFs whose first directory is a
/// small preview, and libvips would show that, or a grey mosaic.
///
/// Source of tags and values: TIFF 6.0, DNG 1.7 and ExifTool's tables "EXIF Tags".
final class TiffHead {

    private static final int NEW_SUBFILE_TYPE = 254;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int MAKE = 271;
    private static final int SUB_IFDS = 330;
    private static final int DNG_VERSION = 50706;

    /// Sony ARW, Nikon NEF, Samsung SRW, Pentax PEF.
    private static final Set<Long> RAW_COMPRESSIONS = Set.of(32767L, 34713L, 32769L, 32770L, 32772L, 65535L);

    /// A mosaic of colours, and linear light from one.
    private static final Set<Long> RAW_PHOTOMETRICS = Set.of(32803L, 34892L);

    private static final int MOST_ENTRIES = 512;

    private boolean dng;
    private boolean make;
    private boolean subIfds;
    private boolean reduced;
    private boolean rawPixels;

    private TiffHead() {}

    static Optional<FileKind> kind(byte[] head) {
        if (FileKind.startsWith(head, 0, "IIRO") || FileKind.startsWith(head, 0, "IIRS") || FileKind.startsWith(head, 0, "MMOR")
                || FileKind.startsWith(head, 0, "IIU\0")) {
            return Optional.of(FileKind.RAW); // Olympus, Panasonic
        }
        boolean little = FileKind.startsWith(head, 0, "II*\0") || FileKind.startsWith(head, 0, "II+\0");
        boolean big = FileKind.startsWith(head, 0, "MM\0*") || FileKind.startsWith(head, 0, "MM\0+");
        if (!little && !big) {
            return Optional.empty();
        }
        if (FileKind.startsWith(head, 8, "CR\2") || FileKind.startsWith(head, 8, "IIII") || FileKind.startsWith(head, 8, "MMMM")) {
            return Optional.of(FileKind.RAW); // Canon CR2, Phase One IIQ
        }
        TiffHead tiff = new TiffHead();
        try {
            tiff.read(ByteBuffer.wrap(head).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
        } catch (BufferUnderflowException | IndexOutOfBoundsException beyondTheHead) {
            return Optional.of(tiff.raw() ? FileKind.RAW : FileKind.TIFF);
        }
        return Optional.of(tiff.raw() ? FileKind.RAW : FileKind.TIFF);
    }

    private boolean raw() {
        return dng || rawPixels || make && subIfds && reduced;
    }

    private void read(ByteBuffer head) {
        boolean eightBytes = head.getShort(2) == 43;
        long at = eightBytes ? head.getLong(8) : head.getInt(4) & 0xffffffffL;
        int first = Math.toIntExact(Math.min(at, Integer.MAX_VALUE));
        long count = eightBytes ? head.getLong(first) : head.getShort(first) & 0xffff;
        int entryBytes = eightBytes ? 20 : 12;
        for (int i = 0; i < Math.min(count, MOST_ENTRIES); i++) {
            int entry = first + (eightBytes ? 8 : 2) + i * entryBytes;
            int tag = head.getShort(entry) & 0xffff;
            int type = head.getShort(entry + 2);
            int valueAt = entry + (eightBytes ? 12 : 8);
            long value = type == 3 ? head.getShort(valueAt) & 0xffff : head.getInt(valueAt) & 0xffffffffL;
            switch (tag) {
                case NEW_SUBFILE_TYPE -> reduced = (value & 1) == 1;
                case COMPRESSION -> rawPixels |= RAW_COMPRESSIONS.contains(value);
                case PHOTOMETRIC -> rawPixels |= RAW_PHOTOMETRICS.contains(value);
                case MAKE -> make = true;
                case SUB_IFDS -> subIfds = true;
                case DNG_VERSION -> dng = true;
                default -> { }
            }
        }
    }
}
