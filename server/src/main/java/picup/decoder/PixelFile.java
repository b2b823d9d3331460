package picup.decoder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Pixels without any format around them, for what no library here reads: written row by row by code that can't be made to
/// write elsewhere, and read by libvips as they are.
///
/// @param format         of libvips: `uchar`, `ushort`, `float`, in this machine's order
/// @param interpretation of libvips: `srgb`, `b-w`, `cmyk`, `lab`
record PixelFile(Path file, int width, int height, int bands, String format, String interpretation) {

    interface Rows {
        void writeTo(OutputStream out) throws IOException, Refusal;
    }

    static Path in(Path folder) {
        return folder.resolve("pixels.raw");
    }

    Still.Source write(Rows rows) throws IOException, Refusal {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            rows.writeTo(out);
        }
        return new Still.Source(file, "rawload", Map.of("width", width, "height", height, "bands", bands, "format", format,
                "interpretation", interpretation), 0, null, null);
    }
}
