package picup.decoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An icon: the largest of its pictures, which is a PNG or a bitmap with a mask below.
///
/// @param at  of the picture
/// @param png whether it is one
record IconStill(Path input, Path folder, Renditions.Size size, long at, Bitmap.Listed listed, boolean png) implements Still {

    private static final int MOST_PICTURES = 64;

    private static final long PNG_MAGIC = 0x89504e470d0a1a0aL;

    static IconStill open(Path input, Path folder) throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            IconStill best = null;
            int bestDepth = 0;
            for (int i = 0; i < Math.min(file.le16(4), MOST_PICTURES); i++) {
                int entry = 6 + 16 * i;
                long at = file.le32(entry + 12);
                Bitmap.Listed listed = new Bitmap.Listed(side(file.u8(entry)), side(file.u8(entry + 1)), file.le32(entry + 8));
                boolean png = file.be64(at) == PNG_MAGIC;
                Bitmap bitmap = png ? null : new Bitmap(file, at, 0, listed);
                int width = bitmap == null ? size(file.be32(at + 16)) : bitmap.width;
                int height = bitmap == null ? size(file.be32(at + 20)) : bitmap.height;
                int depth = bitmap == null ? 32 : bitmap.bitsPerPixel;
                long more = best == null ? 1 : (long) width * height - (long) best.size.width() * best.size.height();
                if (more > 0 || more == 0 && depth > bestDepth) {
                    best = new IconStill(input, folder, Renditions.Size.of(width, height), at, listed, png);
                    bestDepth = depth;
                }
            }
            if (best == null) {
                throw new Refusal(DecodeAnswer.Reason.NO_PICTURE, "an icon without a picture");
            }
            return best;
        }
    }

    @Override
    public Source source() throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            if (png) {
                Path alone = folder.resolve("icon.png");
                try (FileChannel to = FileChannel.open(alone, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                    file.copy(at, Math.min(listed.bytes(), file.size() - at), to);
                }
                return Source.of(alone, "pngload");
            }
            Bitmap bitmap = new Bitmap(file, at, 0, listed);
            boolean alpha = bitmap.hasIconAlpha();
            return new PixelFile(PixelFile.in(folder), bitmap.width, bitmap.height, 4, "uchar", "srgb")
                    .write(out -> bitmap.writeRgba(out, alpha, true));
        }
    }

    private static int side(int listed) {
        return listed == 0 ? 256 : listed;
    }

    private static int size(long number) throws Refusal {
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "an icon of " + number + " pixels");
        }
        return (int) number;
    }
}
