package picup.decoder;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// From a file to pixels as they are shown: upright, sRGB, as many as are wanted and no more.
final class Pixels {

    /// Those which `thumbnail` of libvips decodes at a fraction. TIFF isn't among them: what it takes for a smaller version
    /// may be any other picture in the file. Nor is JPEG 2000: libvips 8.14 makes 120 pixels of 480 where 480 were asked for, and
    /// all of them are needed for the full rendition anyway.
    private static final Set<String> LOADERS_WITH_FRACTIONS = Set.of("webpload");

    private Pixels() {}

    /// `fail_on=none`: a photo whose end is missing shows what there is, with the rest in grey; a family would rather see
    /// half of it than nothing. A colour profile that is broken is no reason to refuse the picture either.
    ///
    /// @return in memory
    static VipsImage of(Still still, int shortSidePx, int longSidePx) throws Vips.Failure, Refusal, IOException, InterruptedException {
        Still.Source source = still.source();
        Renditions.Size size = still.size();
        boolean profile = size.profile() || source.profile() != null;
        try (VipsImage promise = shrink(source, size, shortSidePx, longSidePx, profile)) {
            return inMemory(promise, source);
        } catch (Vips.Failure failure) {
            if (!profile) {
                throw failure;
            }
            try (VipsImage promise = shrink(source, size, shortSidePx, longSidePx, false)) {
                return inMemory(promise, source);
            } catch (Vips.Failure again) {
                throw failure;
            }
        }
    }

    private static VipsImage inMemory(VipsImage promise, Still.Source source) throws Vips.Failure {
        if (source.signal() == null) {
            return promise.inMemory();
        }
        try (VipsImage numbers = promise.inMemory()) {
            return source.signal().shown(numbers);
        }
    }

    /// Decoded at a fraction of the size where the format can, turned upright, and read in one pass, a few lines at a time.
    ///
    /// - JPEG can do a half, a quarter or an eighth. libvips' own `thumbnail` would keep twice the pixels it needs, for a
    ///   sharpness that can't be seen in a preview; taking what is just enough halves the time.
    /// - The one loader that is meant for the file is named: `thumbnail` guesses by itself, and finds none for AVIF sequences.
    /// - What is no sRGB yet is shrunk as it is, in all its bits; [Signal] makes light of it after.
    private static VipsImage shrink(Still.Source source, Renditions.Size size, int shortSidePx, int longSidePx, boolean profile) throws Vips.Failure {
        double scale = scale(size.width(), size.height(), shortSidePx, longSidePx);
        if (LOADERS_WITH_FRACTIONS.contains(source.loader()) && source.orientation() == 0) {
            return fit(Vips.operation("thumbnail").set("filename", source.file()).set("fail-on", "none"), size, scale, profile).image();
        }
        Map<String, Object> how = source.loader().equals("jpegload")
                ? Map.of("access", "sequential", "shrink", jpegFraction(1 / scale))
                : Map.of("access", "sequential");
        try (VipsImage loaded = source.load(how)) {
            if (source.signal() != null) {
                return numbers(loaded, scale);
            }
            return fit(Vips.operation("thumbnail_image").set("in", loaded), size, scale, profile).image();
        }
    }

    private static VipsImage numbers(VipsImage loaded, double scale) throws Vips.Failure {
        boolean wide = loaded.sixteenBits();
        try (VipsImage sixteen = wide
                ? Vips.operation("copy").set("in", loaded).image()
                : Vips.operation("cast").set("in", loaded).set("format", "ushort").set("shift", true).image();
                VipsImage colours = Vips.operation("colourspace").set("in", sixteen).set("space", "rgb16").image()) {
            return Vips.operation("resize").set("in", colours).set("scale", scale).image();
        }
    }

    private static int jpegFraction(double shrink) {
        return shrink >= 8 ? 8 : shrink >= 4 ? 4 : shrink >= 2 ? 2 : 1;
    }

    static Vips.Operation fit(Vips.Operation thumbnail, Renditions.Size size, double scale, boolean profile) {
        thumbnail.set("width", Math.max(1, Math.round(size.width() * scale)))
                .set("height", Math.max(1, Math.round(size.height() * scale)))
                .set("size", "down");
        return profile ? thumbnail.set("export-profile", "srgb") : thumbnail;
    }

    static VipsImage smaller(VipsImage image, int shortSidePx, int longSidePx) throws Vips.Failure {
        double scale = scale(image.width(), image.height(), shortSidePx == 0 ? Integer.MAX_VALUE : shortSidePx, longSidePx);
        long width = Math.max(1, Math.round(image.width() * scale));
        long height = Math.max(1, Math.round(image.height() * scale));
        if (image.hasAlpha()) {
            // Takes care that what can't be seen doesn't bleed its colour into what can.
            return Vips.operation("thumbnail_image").set("in", image).set("width", width).set("height", height).set("size", "down").image();
        }
        return Vips.operation("resize").set("in", image)
                .set("scale", (double) width / image.width()).set("vscale", (double) height / image.height()).image();
    }

    static double scale(int width, int height, int shortSidePx, int longSidePx) {
        return Math.min(1, Math.min((double) shortSidePx / Math.min(width, height), (double) longSidePx / Math.max(width, height)));
    }

    static boolean seeThrough(VipsImage image) throws Vips.Failure {
        if (!image.hasAlpha()) {
            return false;
        }
        try (VipsImage alpha = Vips.operation("extract_band").set("in", image).set("band", image.bands() - 1).image()) {
            double opaque = Vips.operation("max").set("in", alpha).number() > 255 ? 65_535 : 255;
            return Vips.operation("min").set("in", alpha).number() < opaque;
        }
    }

    /// Rows of red, green, blue, opacity.
    static byte[] rgba(VipsImage image) throws Vips.Failure {
        try (VipsImage colours = Vips.operation("colourspace").set("in", image).set("space", "srgb").image();
                VipsImage bytes = Vips.operation("cast").set("in", colours).set("format", "uchar").image()) {
            byte[] pixels = bytes.pixels();
            int bands = bytes.bands();
            if (bands == 4) {
                return pixels;
            }
            byte[] rgba = new byte[pixels.length / bands * 4];
            for (int from = 0, to = 0; to < rgba.length; from += bands, to += 4) {
                System.arraycopy(pixels, from, rgba, to, Math.min(3, bands));
                rgba[to + 3] = (byte) 255;
            }
            return rgba;
        }
    }

    static double brightness(byte[] rgba) {
        long sum = 0;
        for (int at = 0; at < rgba.length; at += 4) {
            sum += (rgba[at] & 255) + (rgba[at + 1] & 255) + (rgba[at + 2] & 255);
        }
        return sum / (rgba.length / 4.0 * 3);
    }
}
