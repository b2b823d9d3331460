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
        float[] average = averageColour(rgba);
        boolean hasAlpha = average[3] < pixels;
        int lLimit = hasAlpha ? 5 : 7; // fewer luminance bits where opacity needs some
        int longEdge = Math.max(width, height);
        Channel l = new Channel(
                Math.max(1, Math.round((float) (lLimit * width) / longEdge)), Math.max(1, Math.round((float) (lLimit * height) / longEdge)), pixels);
        Channel p = new Channel(3, 3, pixels);
        Channel q = new Channel(3, 3, pixels);
        Channel a = new Channel(5, 5, pixels);
        for (int i = 0, at = 0; i < pixels; i++, at += 4) {
            float alpha = (rgba[at + 3] & 255) / 255.0f;
            float red = average[0] * (1.0f - alpha) + alpha / 255.0f * (rgba[at] & 255);
            float green = average[1] * (1.0f - alpha) + alpha / 255.0f * (rgba[at + 1] & 255);
            float blue = average[2] * (1.0f - alpha) + alpha / 255.0f * (rgba[at + 2] & 255);
            l.values[i] = (red + green + blue) / 3.0f;
            p.values[i] = (red + green) / 2.0f - blue;
            q.values[i] = red - green;
            a.values[i] = alpha;
        }
        int needed = Math.max(3, Math.round((float) (lLimit * width) / longEdge));
        int neededY = Math.max(3, Math.round((float) (lLimit * height) / longEdge));
        l.transform(width, height, needed, neededY);
        p.transform(width, height, 3, 3);
        q.transform(width, height, 3, 3);
        if (hasAlpha) {
            a.transform(width, height, 5, 5);
        }
        return write(width > height, hasAlpha, l, p, q, a);
    }

    private static float[] averageColour(byte[] rgba) {
        float red = 0;
        float green = 0;
        float blue = 0;
        float opacity = 0;
        for (int at = 0; at < rgba.length; at += 4) {
            float alpha = (rgba[at + 3] & 255) / 255.0f;
            red += alpha / 255.0f * (rgba[at] & 255);
            green += alpha / 255.0f * (rgba[at + 1] & 255);
            blue += alpha / 255.0f * (rgba[at + 2] & 255);
            opacity += alpha;
        }
        return opacity > 0
                ? new float[] {red / opacity, green / opacity, blue / opacity, opacity}
                : new float[] {0, 0, 0, 0};
    }

    private static byte[] write(boolean landscape, boolean hasAlpha, Channel l, Channel p, Channel q, Channel a) {
        int header24 = Math.round(63.0f * l.dc)
                | Math.round(31.5f + 31.5f * p.dc) << 6
                | Math.round(31.5f + 31.5f * q.dc) << 12
                | Math.round(31.0f * l.scale) << 18
                | (hasAlpha ? 1 << 23 : 0);
        int header16 = (landscape ? l.ny : l.nx)
                | Math.round(63.0f * p.scale) << 3
                | Math.round(63.0f * q.scale) << 9
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
            hash[5] = (byte) (Math.round(15.0f * a.dc) | Math.round(15.0f * a.scale) << 4);
        }
        int index = l.write(hash, start, 0);
        index = p.write(hash, start, index);
        index = q.write(hash, start, index);
        if (hasAlpha) {
            a.write(hash, start, index);
        }
        return hash;
    }

    /// One plane and its lowest frequencies, a triangle of `nx` by `ny`.
    private static final class Channel {
        private final int nx;
        private final int ny;
        private final float[] values;
        private final float[] ac = new float[64];
        private int count;
        private float dc;
        private float scale;

        private Channel(int nx, int ny, int pixels) {
            this.nx = nx;
            this.ny = ny;
            this.values = new float[pixels];
        }

        private void transform(int width, int height, int nx, int ny) {
            float[] fx = new float[width];
            for (int cy = 0; cy < ny; cy++) {
                for (int cx = 0; cx * ny < nx * (ny - cy); cx++) {
                    for (int x = 0; x < width; x++) {
                        fx[x] = (float) Math.cos(Math.PI / width * cx * (x + 0.5f));
                    }
                    float sum = 0;
                    for (int y = 0; y < height; y++) {
                        float fy = (float) Math.cos(Math.PI / height * cy * (y + 0.5f));
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
                ac[i] = 0.5f + 0.5f / scale * ac[i];
            }
        }

        /// Four bits a term, the low half of a byte first.
        private int write(byte[] hash, int start, int index) {
            for (int i = 0; i < count; i++, index++) {
                hash[start + (index >> 1)] |= (byte) (Math.round(15.0f * ac[i]) << ((index & 1) << 2));
            }
            return index;
        }
    }
}
