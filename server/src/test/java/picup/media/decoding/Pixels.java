package picup.media.decoding;

import java.nio.file.Files;
import java.nio.file.Path;

/// The first frame of a picture or video, as a player shows it.
///
/// @param rgb three bytes a pixel
record Pixels(int width, int height, byte[] rgb) {

    /// @param matrix that turned its colours into brightness and differences: `bt601` in JPEG
    static Pixels of(Path file, String matrix, int width, int height) throws Exception {
        return of(file, matrix, width, height, "0");
    }

    static Pixels of(Path file, String matrix, int width, int height, String seconds) throws Exception {
        Path raw = file.resolveSibling(file.getFileName() + ".rgb");
        MadeFiles.run("ffmpeg", "-nostdin", "-v", "error", "-ss", seconds, "-i", file.toString(), "-frames:v", "1",
                "-vf", "scale=" + width + ":" + height + ":in_color_matrix=" + matrix, "-pix_fmt", "rgb24", "-f", "rawvideo", "-y", raw.toString());
        byte[] rgb = Files.readAllBytes(raw);
        Files.delete(raw);
        if (rgb.length != width * height * 3) {
            throw new IllegalStateException(rgb.length + " bytes");
        }
        return new Pixels(width, height, rgb);
    }

    /// @param x of the width, 0 to 1
    /// @param y of the height, 0 to 1
    int[] at(double x, double y) {
        int pixel = ((int) (y * height) * width + (int) (x * width)) * 3;
        return new int[] {rgb[pixel] & 255, rgb[pixel + 1] & 255, rgb[pixel + 2] & 255};
    }

    int green(int x, int y) {
        return rgb[(y * width + x) * 3 + 1] & 255;
    }

    /// The largest difference of a channel.
    static int difference(int[] one, int[] other) {
        int largest = 0;
        for (int i = 0; i < 3; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }
}
