package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Photoshop document: the flattened picture that Photoshop keeps behind the layers. libvips has no reader of its own, and ffmpeg takes every
/// fourth channel for opacity, though most are selections that somebody saved.
///
/// Source: "Adobe Photoshop File Formats Specification" (2019), chapters "File Header" to "Image Data Section".
final class PhotoshopStill implements Still {

    private static final int HEADER_BYTES = 26;
    private static final int RESOURCE_ICC_PROFILE = 1039;
    private static final int MOST_PROFILE_BYTES = 4 << 20;
    private static final int MOST_CHANNELS = 56;
    private static final int MAX_EDGE_PX = 65_535;

    private static final int BITMAP = 0;
    private static final int GREY = 1;
    private static final int INDEXED = 2;
    private static final int RGB = 3;
    private static final int CMYK = 4;
    private static final int DUOTONE = 8;
    private static final int LAB = 9;

    private final Path input;
    private final Path folder;
    private final boolean big;
    private final int channels;
    private final int width;
    private final int height;
    private final int depth;
    private final int mode;
    private final byte[] palette;
    private final byte @Nullable [] profile;
    private final boolean transparent;
    private final long imageAt;

    private PhotoshopStill(Path input, Path folder, FileBytes file) throws IOException, Refusal {
        this.input = input;
        this.folder = folder;
        big = file.be16(4) == 2;
        channels = file.be16(12);
        height = (int) file.be32(14);
        width = (int) file.be32(18);
        depth = file.be16(22);
        mode = file.be16(24);
        check();
        long coloursAt = HEADER_BYTES;
        palette = mode == INDEXED ? file.bytes(coloursAt + 4, 768) : new byte[0];
        long resourcesAt = coloursAt + 4 + file.be32(coloursAt);
        profile = profile(file, resourcesAt + 4, resourcesAt + 4 + file.be32(resourcesAt));
        long layersAt = resourcesAt + 4 + file.be32(resourcesAt);
        long layersBytes = big ? file.be64(layersAt) : file.be32(layersAt);
        int sizeBytes = big ? 8 : 4;
        // A negative count of layers says that the first channel after the colours is opacity.
        boolean layers = layersBytes >= 2 * sizeBytes && (big ? file.be64(layersAt + 8) : file.be32(layersAt + 4)) >= 2;
        transparent = layers && channels > colours() && (short) file.be16(layersAt + 2L * sizeBytes) < 0;
        imageAt = layersAt + sizeBytes + layersBytes;
        if (imageAt < 0 || imageAt + 2 > file.size()) {
            throw new EOFException("the document ends before its picture");
        }
    }

    static PhotoshopStill open(Path input, Path folder) throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            return new PhotoshopStill(input, folder, file);
        }
    }

    private void check() throws Refusal {
        if (width < 1 || height < 1 || width > MAX_EDGE_PX || height > MAX_EDGE_PX || channels < 1 || channels > MOST_CHANNELS) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "a document of " + width + " × " + height + " pixels in " + channels + " channels");
        }
        boolean known = switch (mode) {
            case BITMAP -> depth == 1;
            case INDEXED -> depth == 8;
            case GREY, DUOTONE, RGB, CMYK -> depth == 8 || depth == 16 || depth == 32;
            case LAB -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known || channels < (mode == INDEXED || mode == BITMAP ? 1 : colours())) {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "a document of mode " + mode + " with " + channels + " channels of " + depth + " bits");
        }
    }

    private static byte @Nullable [] profile(FileBytes file, long from, long end) throws IOException {
        for (long at = from; at + 12 <= end && file.ascii(at, 4).equals("8BIM"); ) {
            int id = file.be16(at + 4);
            int nameBytes = file.u8(at + 6) + 1;
            long dataAt = at + 6 + nameBytes + (nameBytes & 1) + 4;
            long bytes = file.be32(dataAt - 4);
            if (id == RESOURCE_ICC_PROFILE && bytes <= MOST_PROFILE_BYTES) {
                return file.bytes(dataAt, (int) bytes);
            }
            at = dataAt + bytes + (bytes & 1);
        }
        return null;
    }

    private int colours() {
        return switch (mode) {
            case RGB, LAB -> 3;
            case CMYK -> 4;
            default -> 1;
        };
    }

    @Override
    public Renditions.Size size() {
        return Renditions.Size.of(width, height).coloured(profile);
    }

    @Override
    public Source source() throws IOException, Refusal {
        String interpretation = switch (mode) {
            case CMYK -> "cmyk";
            case LAB -> "lab";
            case RGB, INDEXED -> depth == 32 ? "scrgb" : depth == 16 ? "rgb16" : "srgb";
            default -> depth == 16 ? "grey16" : "b-w";
        };
        String format = mode == LAB || depth == 32 ? "float" : depth == 16 ? "ushort" : "uchar";
        int bands = (mode == INDEXED ? 3 : colours()) + (transparent ? 1 : 0);
        try (FileBytes file = FileBytes.of(input)) {
            PhotoshopRows rows = new PhotoshopRows(file, imageAt, big, channels, width, height, depth);
            return new PixelFile(PixelFile.in(folder), width, height, bands, format, interpretation)
                    .write(out -> write(rows, bands, out)).coloured(mode == RGB && depth == 32 ? null : profile);
        }
    }

    private void write(PhotoshopRows rows, int bands, OutputStream out) throws IOException, Refusal {
        int sampleBytes = mode == LAB || depth == 32 ? 4 : depth == 16 ? 2 : 1;
        byte[] line = new byte[width * bands * sampleBytes];
        int taken = colours() + (transparent ? 1 : 0);
        byte[][] planes = new byte[taken][rows.rowBytes()];
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < taken; c++) {
                rows.read(c, y, planes[c]);
            }
            for (int x = 0; x < width; x++) {
                pixel(planes, x, line, x * bands, bands);
            }
            out.write(line);
        }
    }

    private void pixel(byte[][] planes, int x, byte[] line, int at, int bands) {
        if (mode == BITMAP) {
            line[at] = (byte) ((planes[0][x >> 3] >> (7 - (x & 7)) & 1) == 1 ? 0 : 255);
            return;
        }
        if (mode == INDEXED) {
            int index = planes[0][x] & 255;
            for (int i = 0; i < 3; i++) {
                line[at + i] = palette[256 * i + index];
            }
            if (transparent) {
                line[at + 3] = planes[1][x];
            }
            return;
        }
        int most = depth == 16 ? 65_535 : 255;
        int alpha = transparent && depth != 32 ? sample(planes[bands - 1], x) : most;
        for (int c = 0; c < bands; c++) {
            boolean colour = c < colours();
            if (depth == 32) {
                float value = Float.intBitsToFloat((planes[c][x * 4] & 255) << 24 | (planes[c][x * 4 + 1] & 255) << 16
                        | (planes[c][x * 4 + 2] & 255) << 8 | planes[c][x * 4 + 3] & 255);
                putFloat(line, at + c, colour && mode != RGB || !colour ? Math.clamp(value, 0, 1) * 255 : value);
                continue;
            }
            int value = sample(planes[c], x);
            if (mode == LAB) {
                float part = 255f * value / most;
                putFloat(line, at + c, c == 0 ? part * 100 / 255 : colour ? part - 128 : part);
                continue;
            }
            if (colour && mode == RGB && alpha > 0 && alpha < most) {
                // Photoshop has mixed what is half transparent with white.
                value = (int) Math.clamp(((long) value - (most - alpha)) * most / alpha, 0, most);
            }
            put(line, at + c, colour && mode == CMYK ? most - value : value);
        }
    }

    private int sample(byte[] plane, int x) {
        return depth == 16 ? (plane[x * 2] & 255) << 8 | plane[x * 2 + 1] & 255 : plane[x] & 255;
    }

    private void put(byte[] line, int sample, int value) {
        if (depth == 16) {
            line[sample * 2] = (byte) value;
            line[sample * 2 + 1] = (byte) (value >> 8);
        } else {
            line[sample] = (byte) value;
        }
    }

    private static void putFloat(byte[] line, int sample, float value) {
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < 4; i++) {
            line[sample * 4 + i] = (byte) (bits >> 8 * i);
        }
    }
}
