package picup.decoder;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What the numbers of a picture mean as light, where no ICC profile says so: "coding-independent code points"
/// (ITU-T H.273), as HEIC and AVIF carry them. libvips doesn't know of them and would show everything as sRGB: a wide
/// gamut pale, HDR grey.
///
/// HDR is brought to what an ordinary screen shows: white paper (203 cd/m², ITU-R BT.2408) becomes white's neighbour, what
/// is darker stays as it is, what is brighter is bent into the little room above.
///
/// @param primaries H.273 table 2
/// @param transfer  H.273 table 3
record Signal(int primaries, int transfer) {

    private static final int BT_2020 = 9;
    private static final int DCI_P3 = 11;
    private static final int DISPLAY_P3 = 12;

    private static final int LINEAR = 8;
    private static final int PQ = 16;
    private static final int HLG = 18;

    private static final float PAPER_WHITE = 203;

    /// Of the screen that an HLG signal means (BT.2100, table 5).
    private static final float HLG_PEAK = 1000;

    /// Where the bend begins, as part of white.
    private static final float KNEE = 0.6f;

    /// Fine enough that sRGB's darkest steps, 1/12.92 of linear ones, are all met.
    private static final int STEPS = 16_384;

    /// From linear light to that of sRGB's primaries: BT.2087 annex 1; P3 by the same derivation from SMPTE EG 432-1.
    private static final float[] FROM_BT_2020 = {
        1.6605f, -0.5876f, -0.0728f,
        -0.1246f, 1.1329f, -0.0083f,
        -0.0182f, -0.1006f, 1.1187f};
    private static final float[] FROM_P3 = {
        1.2249f, -0.2247f, 0,
        -0.0420f, 1.0419f, 0,
        -0.0197f, -0.0786f, 1.0979f};
    private static final float[] SAME = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    boolean hdr() {
        return transfer == PQ || transfer == HLG;
    }

    /// sRGB already, as near as anybody can see: BT.709's and BT.601's curves are shown by sRGB's everywhere.
    boolean ordinary() {
        return !hdr() && transfer != LINEAR && matrix() == SAME;
    }

    private float[] matrix() {
        return switch (primaries) {
            case BT_2020 -> FROM_BT_2020;
            case DCI_P3, DISPLAY_P3 -> FROM_P3;
            default -> SAME;
        };
    }

    /// @param image in memory, of 16 bits, three colours and perhaps opacity
    /// @return of 8 bits, sRGB
    VipsImage shown(VipsImage image) throws Vips.Failure {
        int bands = image.bands();
        long pixels = (long) image.width() * image.height();
        MemorySegment from = image.memory(pixels * bands * 2);
        float[] light = toLight();
        float[] m = matrix();
        float peak = hdr() ? Math.max(1, brightest(from, pixels, bands, light, m)) : 1;
        byte[] encoded = encoded();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment to = arena.allocate(pixels * bands);
            for (long i = 0; i < pixels; i++) {
                long at = i * bands;
                float r = light[sample(from, at)];
                float g = light[sample(from, at + 1)];
                float b = light[sample(from, at + 2)];
                float system = hlgGain(r, g, b);
                float red = (m[0] * r + m[1] * g + m[2] * b) * system;
                float green = (m[3] * r + m[4] * g + m[5] * b) * system;
                float blue = (m[6] * r + m[7] * g + m[8] * b) * system;
                if (hdr()) {
                    float most = Math.max(red, Math.max(green, blue));
                    if (most > KNEE) {
                        float bent = bent(most, peak) / most;
                        red *= bent;
                        green *= bent;
                        blue *= bent;
                    }
                }
                to.set(ValueLayout.JAVA_BYTE, at, encoded[index(red)]);
                to.set(ValueLayout.JAVA_BYTE, at + 1, encoded[index(green)]);
                to.set(ValueLayout.JAVA_BYTE, at + 2, encoded[index(blue)]);
                if (bands == 4) {
                    to.set(ValueLayout.JAVA_BYTE, at + 3, (byte) (sample(from, at + 3) >> 8));
                }
            }
            return VipsImage.copyOf(to, image.width(), image.height(), bands);
        }
    }

    private float brightest(MemorySegment from, long pixels, int bands, float[] light, float[] m) {
        float brightest = 0;
        for (long i = 0; i < pixels; i++) {
            float r = light[sample(from, i * bands)];
            float g = light[sample(from, i * bands + 1)];
            float b = light[sample(from, i * bands + 2)];
            float most = Math.max(m[0] * r + m[1] * g + m[2] * b, Math.max(m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b));
            brightest = Math.max(brightest, most * hlgGain(r, g, b));
        }
        return brightest;
    }

    /// Straight up to the knee, then a curve that leaves it with the same slope and ends with `peak` at 1 (Reinhard's, "Photographic Tone
    /// Reproduction", 2002, equation 4).
    private static float bent(float light, float peak) {
        if (peak <= 1) {
            return light;
        }
        float above = (light - KNEE) / (1 - KNEE);
        float most = (peak - KNEE) / (1 - KNEE);
        return KNEE + (1 - KNEE) * above * (1 + above / (most * most)) / (1 + above);
    }

    /// HLG's numbers are light before the camera; the screen's differs by its luminance to the 1.2 (BT.2100, "OOTF").
    private float hlgGain(float r, float g, float b) {
        if (transfer != HLG) {
            return 1;
        }
        float luminance = Math.max(1e-6f, 0.2627f * r + 0.6780f * g + 0.0593f * b);
        return (float) Math.pow(luminance, 0.2) * HLG_PEAK / PAPER_WHITE;
    }

    /// Linear light of each of the 65,536 numbers, 1 being white.
    private float[] toLight() {
        float[] light = new float[65_536];
        for (int i = 0; i < light.length; i++) {
            double signal = i / 65_535.0;
            light[i] = (float) switch (transfer) {
                case PQ -> pq(signal);
                case HLG -> hlg(signal);
                case LINEAR -> signal;
                default -> signal <= 0.04045 ? signal / 12.92 : Math.pow((signal + 0.055) / 1.055, 2.4);
            };
        }
        return light;
    }

    /// SMPTE ST 2084.
    private static double pq(double signal) {
        double root = Math.pow(signal, 1 / (2523 / 32.0));
        return 10_000 / PAPER_WHITE * Math.pow(Math.max(root - 107 / 128.0, 0) / (2413 / 128.0 - 2392 / 128.0 * root), 8192 / 1305.0);
    }

    /// BT.2100, table 5.
    private static double hlg(double signal) {
        return signal <= 0.5 ? signal * signal / 3 : (Math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12;
    }

    private static byte[] encoded() {
        byte[] encoded = new byte[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double light = (double) i / STEPS;
            double signal = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            encoded[i] = (byte) Math.round(255 * signal);
        }
        return encoded;
    }

    private static int index(float light) {
        return light <= 0 ? 0 : light >= 1 ? STEPS : Math.round(light * STEPS);
    }

    private static int sample(MemorySegment from, long index) {
        return from.getAtIndex(ValueLayout.JAVA_SHORT, index) & 0xffff;
    }
}
