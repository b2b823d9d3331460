package picup.decoder;

/// The light and colour of a [Recipe], as a table for each channel and a matrix after it. `v` is a channel of an sRGB pixel, 0 to 1; sliders
/// are -1 to 1.
///
/// | slider     | formula                                                                                         | limits          |
/// |------------|-------------------------------------------------------------------------------------------------|-----------------|
/// | exposure   | in linear light (IEC 61966-2-1): `l · 2^(2·exposure)`, cut at 1                                 | ±2 stops        |
/// | warmth     | with it: red · `2^(warmth/2)`, blue · `2^(-warmth/2)`, divided by what white would gain in luminance | √2 and 1/√2 |
/// | shadows    | `v + k·v·(1-v)³`, `k` = 2·shadows, or shadows below 0                                           | +0.21, -0.11 at v = ¼ |
/// | highlights | `v - k·(1-v)·v³`, `k` = -highlights, or -2·highlights below 0                                   | +0.11, -0.21 at v = ¾ |
/// | contrast   | `v + contrast·v·(1-v)·(2v-1)`                                                                   | slope at ½: ½ to 1½ |
/// | saturation | `y + (1 + saturation)·(v - y)` of all three, `y` the luma of BT.709                             | grey to double  |
///
/// The first five are done in this order and rounded to 8 bits once; saturation is rounded again. No curve ever falls: the factors are the largest for which
/// none does. Nothing is clipped but by exposure, warmth and saturation.
final class ToneCurves {

    static final int SHADES = 256;

    private static final double RED = 0.2126;
    private static final double GREEN = 0.7152;
    private static final double BLUE = 0.0722;

    private final Recipe.Tones tones;

    ToneCurves(Recipe.Tones tones) {
        this.tones = tones;
    }

    boolean bend() {
        return tones.exposure() != 0 || tones.warmth() != 0 || tones.shadows() != 0 || tones.highlights() != 0 || tones.contrast() != 0;
    }

    boolean mix() {
        return tones.saturation() != 0;
    }

    /// A row of 256 pixels, bands interleaved; a fourth band is opacity, which stays as it is.
    byte[] table(int bands) {
        double warmth = tones.warmth() / 100.0;
        double red = Math.pow(2, warmth / 2);
        double blue = Math.pow(2, -warmth / 2);
        double white = RED * red + GREEN + BLUE * blue;
        double exposure = Math.pow(2, tones.exposure() / 50.0);
        double[] gains = {exposure * red / white, exposure / white, exposure * blue / white};
        byte[] table = new byte[SHADES * bands];
        for (int shade = 0; shade < SHADES; shade++) {
            for (int band = 0; band < bands; band++) {
                table[shade * bands + band] = (byte) (band < gains.length ? bent(shade, gains[band]) : shade);
            }
        }
        return table;
    }

    private int bent(int shade, double gain) {
        double v = encoded(Math.min(1, linear(shade / 255.0) * gain));
        double shadows = tones.shadows() / 100.0;
        v += (shadows > 0 ? 2 * shadows : shadows) * v * cube(1 - v);
        double highlights = tones.highlights() / 100.0;
        v += (highlights < 0 ? 2 * highlights : highlights) * (1 - v) * cube(v);
        v += tones.contrast() / 100.0 * v * (1 - v) * (2 * v - 1);
        return (int) Math.floor(Math.clamp(v, 0, 1) * 255 + 0.5);
    }

    /// Rows of what each band of the result takes of the bands before.
    double[] matrix(int bands) {
        double more = 1 + tones.saturation() / 100.0;
        double[] luma = {RED, GREEN, BLUE};
        double[] matrix = new double[bands * bands];
        for (int to = 0; to < bands; to++) {
            for (int from = 0; from < bands; from++) {
                double kept = to == from ? 1 : 0;
                matrix[to * bands + from] = to < luma.length && from < luma.length ? (1 - more) * luma[from] + more * kept : kept;
            }
        }
        return matrix;
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    private static double cube(double v) {
        return v * v * v;
    }
}
