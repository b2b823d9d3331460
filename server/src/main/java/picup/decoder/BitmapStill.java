package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;

/// A BMP.
record BitmapStill(Path input, Path folder, Renditions.Size size) implements Still {

    private static final int HEADER_AT = 14;

    static BitmapStill open(Path input, Path folder) throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            Bitmap bitmap = bitmap(file);
            return new BitmapStill(input, folder, Renditions.Size.of(bitmap.width, bitmap.height));
        }
    }

    @Override
    public Source source() throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            Bitmap bitmap = bitmap(file);
            boolean alpha = bitmap.hasAlpha();
            return new PixelFile(PixelFile.in(folder), bitmap.width, bitmap.height, 4, "uchar", "srgb")
                    .write(out -> bitmap.writeRgba(out, alpha, false));
        }
    }

    private static Bitmap bitmap(FileBytes file) throws IOException, Refusal {
        return new Bitmap(file, HEADER_AT, file.le32(10), null);
    }
}
