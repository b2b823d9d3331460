package picup.decoder;

/// A picture in 20 to 25 bytes, for the moment before the thumbnail is there: Evan Wallace's ThumbHash
/// (github.com/evanw/thumbhash, public domain), a tiny cosine transform of luminance, two colour differences and opacity.
final class ThumbHash {

    /// The published algorithm takes pictures up to this size.
    static final int MAX_EDGE_PX = 100;

    private ThumbHash() {}

    /// @param rgba rows of red, green, blue, opacity (not premultiplied)
    static byte[] of(int width, int height, byte[] rgba) {
        if (width < 1 || width > MAX_EDGE_PX || height < 1 || height > MAX_EDGE_PX || rgba.length != width * height * 4) {
            throw new IllegalArgumentException(width + " × " + height + " pixels in " + rgba.length + " bytes: must be up to 100 × 100 RGBA");
        }
        int pixels = width * height;
        double[] average = averageColour(rgba);
        boolean hasAlpha = average[3] < pixels;
        int lLimit = hasAlpha ? 5 : 7; // fewer luminance bits where opacity needs some
        int longEdge = Math.max(width, height);
        Channel l = new Channel(
                Math.max(1, (int) Math.round((double) (lLimit * width) / longEdge)), Math.max(1, (int) Math.round((double) (lLimit * height) / longEdge)), pixels);
        Channel p = new Channel(3, 3, pixels);
        Channel q = new Channel(3, 3, pixels);
        Channel a = new Channel(5, 5, pixels);
        for (int i = 0, at = 0; i < pixels; i++, at += 4) {
            double alpha = (rgba[at + 3] & 255) / 255.0;
            double red = average[0] * (1.0 - alpha) + alpha / 255.0 * (rgba[at] & 255);
            double green = average[1] * (1.0 - alpha) + alpha / 255.0 * (rgba[at + 1] & 255);
            double blue = average[2] * (1.0 - alpha) + alpha / 255.0 * (rgba[at + 2] & 255);
            l.values[i] = (red + green + blue) / 3.0;
            p.values[i] = (red + green) / 2.0 - blue;
            q.values[i] = red - green;
            a.values[i] = alpha;
        }
        int needed = Math.max(3, (int) Math.round((double) (lLimit * width) / longEdge));
        int neededY = Math.max(3, (int) Math.round((double) (lLimit * height) / longEdge));
        l.transform(width, height, needed, neededY);
        p.transform(width, height, 3, 3);
        q.transform(width, height, 3, 3);
        if (hasAlpha) {
            a.transform(width, height, 5, 5);
        }
        return write(width > height, hasAlpha, l, p, q, a);
    }

    private static double[] averageColour(byte[] rgba) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double opacity = 0;
        for (int at = 0; at < rgba.length; at += 4) {
            double alpha = (rgba[at + 3] & 255) / 255.0;
            red += alpha / 255.0 * (rgba[at] & 255);
            green += alpha / 255.0 * (rgba[at + 1] & 255);
            blue += alpha / 255.0 * (rgba[at + 2] & 255);
            opacity += alpha;
        }
        return opacity > 0
                ? new double[] {red / opacity, green / opacity, blue / opacity, opacity}
                : new double[] {0, 0, 0, 0};
    }

    private static byte[] write(boolean landscape, boolean hasAlpha, Channel l, Channel p, Channel q, Channel a) {
        int header24 = bits(63.0 * l.dc)
                | bits(31.5 + 31.5 * p.dc) << 6
                | bits(31.5 + 31.5 * q.dc) << 12
                | bits(31.0 * l.scale) << 18
                | (hasAlpha ? 1 << 23 : 0);
        int header16 = (landscape ? l.ny : l.nx)
                | bits(63.0 * p.scale) << 3
                | bits(63.0 * q.scale) << 9
                | (landscape ? 1 << 15 : 0);
        int start = hasAlpha ? 6 : 5;
        int terms = l.count + p.count + q.count + (hasAlpha ? a.count : 0);
        byte[] hash = new byte[start + (terms + 1) / 2];
        hash[0] = (byte) header24;
        hash[1] = (byte) (header24 >> 8);
        hash[2] = (byte) (header24 >> 16);
        hash[3] = (byte) header16;
        hash[4] = (byte) (header16 >> 8);
        if (hasAlpha) {
            hash[5] = (byte) (bits(15.0 * a.dc) | bits(15.0 * a.scale) << 4);
        }
        int index = l.write(hash, start, 0);
        index = p.write(hash, start, index);
        index = q.write(hash, start, index);
        if (hasAlpha) {
            a.write(hash, start, index);
        }
        return hash;
    }

    private static int bits(double value) {
        return (int) Math.round(value);
    }

    /// One plane and its lowest frequencies, a triangle of `nx` by `ny`.
    private static final class Channel {
        private final int nx;
        private final int ny;
        private final double[] values;
        private final double[] ac = new double[64];
        private int count;
        private double dc;
        private double scale;

        private Channel(int nx, int ny, int pixels) {
            this.nx = nx;
            this.ny = ny;
            this.values = new double[pixels];
        }

        private void transform(int width, int height, int nx, int ny) {
            double[] fx = new double[width];
            for (int cy = 0; cy < ny; cy++) {
                for (int cx = 0; cx * ny < nx * (ny - cy); cx++) {
                    for (int x = 0; x < width; x++) {
                        fx[x] = Math.cos(Math.PI / width * cx * (x + 0.5));
                    }
                    double sum = 0;
                    for (int y = 0; y < height; y++) {
                        double fy = Math.cos(Math.PI / height * cy * (y + 0.5));
                        for (int x = 0; x < width; x++) {
                            sum += values[x + y * width] * fx[x] * fy;
                        }
                    }
                    sum /= width * height;
                    if (cx > 0 || cy > 0) {
                        ac[count++] = sum;
                        scale = Math.max(scale, Math.abs(sum));
                    } else {
                        dc = sum;
                    }
                }
            }
            for (int i = 0; scale > 0 && i < count; i++) {
                ac[i] = 0.5 + 0.5 / scale * ac[i];
            }
        }

        /// Four bits a term, the low half of a byte first.
        private int write(byte[] hash, int start, int index) {
            for (int i = 0; i < count; i++, index++) {
                hash[start + (index >> 1)] |= (byte) (bits(15.0 * ac[i]) << ((index & 1) << 2));
            }
            return index;
        }
    }
}
