package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Makes the pictures of a picture: preview, thumbnail and placeholder from one decode.
///
/// | rendition   | short side | as                                          |
/// |-------------|-----------:|---------------------------------------------|
/// | preview     |    1440 px | JPEG; WebP where something is transparent   |
/// | preview     |     720 px | animated WebP of an animation               |
/// | thumb       |     256 px | JPEG or WebP, the first frame               |
/// | placeholder |     100 px | [ThumbHash], long side                      |
///
/// Nothing is ever enlarged. Everything is sRGB without metadata: a rendition must not tell where it was taken.
final class Renditions {

    private static final int PREVIEW_PX = 1440;
    private static final int ANIMATION_PX = 720;
    private static final int THUMB_PX = 256;

    /// Panoramas are long: a preview of 16 by 1 would have 33 megapixels, and WebP ends at 16,383.
    private static final int LONGEST_PX = 8192;

    /// Frames times size of an animated preview: as much to encode as fifteen ordinary previews.
    private static final long ANIMATION_PIXELS = 40_000_000;

    private final Path folder;
    private final Limits limits;
    private final List<RenditionFile> written = new ArrayList<>();

    Renditions(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// What the header says, as shown.
    ///
    /// @param profile whether colours are to be converted: without a profile in the file they are sRGB, and libvips would
    ///                spend a third of the time on converting them into themselves
    record Size(int width, int height, int orientation, int frames, boolean profile) {}

    record Made(Size size, List<RenditionFile> files, String thumbHash, double brightness) {}

    /// Reads the header only.
    Size sizeOf(Path input, FileKind kind) throws Refusal {
        try (VipsImage header = Vips.operation(loader(kind)).set("filename", input).image()) {
            int orientation = header.header("orientation", 1);
            boolean animates = kind == FileKind.GIF || kind == FileKind.WEBP;
            int frames = animates ? header.header("n-pages", 1) : 1;
            int width = header.width();
            int height = animates ? header.header("page-height", header.height()) : header.height();
            if ((long) width * height > limits.maxPixels()) {
                throw new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS,
                        width + " × " + height + " pixels: at most " + limits.maxPixels() + " are decoded");
            }
            boolean turned = orientation >= 5 && orientation <= 8;
            return new Size(turned ? height : width, turned ? width : height,
                    orientation >= 1 && orientation <= 8 ? orientation : 1, Math.max(1, frames), header.hasHeader("icc-profile-data"));
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }

    Made make(Path input, FileKind kind) throws Refusal, IOException {
        Size size = sizeOf(input, kind);
        try (VipsImage preview = decode(input, kind, size)) {
            boolean seeThrough = seeThrough(preview);
            if (size.frames() > 1) {
                writeAnimation(input, size);
            } else {
                write(RenditionFile.Name.PREVIEW, preview, seeThrough);
            }
            try (VipsImage promise = smaller(preview, THUMB_PX, Integer.MAX_VALUE); VipsImage thumb = promise.inMemory()) {
                write(RenditionFile.Name.THUMB, thumb, seeThrough);
                try (VipsImage tiny = smaller(thumb, 0, ThumbHash.MAX_EDGE_PX)) {
                    byte[] rgba = rgba(tiny);
                    String hash = Base64.getEncoder().encodeToString(ThumbHash.of(tiny.width(), tiny.height(), rgba));
                    return new Made(size, List.copyOf(written), hash, brightness(rgba));
                }
            }
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }

    /// `fail_on=none`: a photo whose end is missing shows what there is, with the rest in grey; a family would rather see
    /// half of it than nothing. A colour profile that is broken is no reason to refuse the picture either.
    private VipsImage decode(Path input, FileKind kind, Size size) throws Vips.Failure, Refusal {
        try (VipsImage promise = shrink(input, kind, size, size.profile())) {
            return promise.inMemory();
        } catch (Vips.Failure failure) {
            try (VipsImage promise = shrink(input, kind, size, false)) {
                return promise.inMemory();
            } catch (Vips.Failure again) {
                throw failure;
            }
        }
    }

    /// Decoded at a fraction of the size where the format can, turned upright, and read in one pass, a few lines at a time.
    ///
    /// - JPEG can do a half, a quarter or an eighth. libvips' own `thumbnail` would keep twice the pixels it needs, for a
    ///   sharpness that can't be seen in a preview; taking what is just enough halves the time.
    /// - HEIC and AVIF have no fractions, and `thumbnail` finds no loader for AVIF sequences by itself.
    private static VipsImage shrink(Path input, FileKind kind, Size size, boolean profile) throws Vips.Failure, Refusal {
        Vips.Operation load = Vips.operation(switch (kind) {
            case JPEG, HEIC, AVIF -> loader(kind);
            default -> "thumbnail";
        }).set("filename", input).set("fail-on", "none");
        if (kind != FileKind.JPEG && kind != FileKind.HEIC && kind != FileKind.AVIF) {
            return fit(load, size, PREVIEW_PX, profile).image();
        }
        if (kind == FileKind.JPEG) {
            load.set("shrink", jpegFraction(1 / scale(size.width(), size.height(), PREVIEW_PX, LONGEST_PX)));
        }
        try (VipsImage loaded = load.set("access", "sequential").image()) {
            return fit(Vips.operation("thumbnail_image").set("in", loaded), size, PREVIEW_PX, profile).image();
        }
    }

    private static int jpegFraction(double shrink) {
        return shrink >= 8 ? 8 : shrink >= 4 ? 4 : shrink >= 2 ? 2 : 1;
    }

    private static Vips.Operation fit(Vips.Operation thumbnail, Size size, int shortSidePx, boolean profile) {
        double scale = scale(size.width(), size.height(), shortSidePx, LONGEST_PX);
        thumbnail.set("width", Math.max(1, Math.round(size.width() * scale)))
                .set("height", Math.max(1, Math.round(size.height() * scale)))
                .set("size", "down");
        return profile ? thumbnail.set("export-profile", "srgb") : thumbnail;
    }

    private static VipsImage smaller(VipsImage image, int shortSidePx, int longSidePx) throws Vips.Failure {
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

    private static double scale(int width, int height, int shortSidePx, int longSidePx) {
        return Math.min(1, Math.min((double) shortSidePx / Math.min(width, height), (double) longSidePx / Math.max(width, height)));
    }

    private void writeAnimation(Path input, Size size) throws Vips.Failure, IOException, Refusal {
        double scale = scale(size.width(), size.height(), ANIMATION_PX, LONGEST_PX);
        long shownPixels = Math.max(1, (long) (size.width() * scale * size.height() * scale));
        long framePixels = (long) size.width() * size.height();
        long frames = Math.clamp(Math.min(ANIMATION_PIXELS / shownPixels, limits.maxPixels() / framePixels),
                1, Math.min(size.frames(), limits.maxFrames()));
        try (VipsImage animation = fit(Vips.operation("thumbnail").set("filename", input + "[n=" + frames + "]"), size, ANIMATION_PX, size.profile()).image()) {
            Path temporary = temporary(RenditionFile.Name.PREVIEW);
            Vips.operation("webpsave").set("in", animation).set("filename", temporary).set("Q", 75).set("effort", 2).set("strip", true).run();
            finish(RenditionFile.Name.PREVIEW, "image/webp", animation.width(), animation.header("page-height", animation.height()));
        }
    }

    /// Not progressive: that takes a second pass over all coefficients, here and in every browser, and the placeholder is
    /// there before the first scan would be.
    private void write(RenditionFile.Name name, VipsImage image, boolean seeThrough) throws Vips.Failure, IOException {
        Path temporary = temporary(name);
        if (seeThrough) {
            Vips.operation("webpsave").set("in", image).set("filename", temporary).set("Q", 80).set("effort", 2).set("strip", true).run();
            finish(name, "image/webp", image.width(), image.height());
            return;
        }
        // Screenshots have an opacity that is never used; saving as JPEG drops it.
        Vips.operation("jpegsave").set("in", image).set("filename", temporary).set("Q", 80).set("optimize-coding", true).set("strip", true).run();
        finish(name, "image/jpeg", image.width(), image.height());
    }

    private Path temporary(RenditionFile.Name name) {
        return folder.resolve(name.fileName() + ".part");
    }

    private void finish(RenditionFile.Name name, String mediaType, int width, int height) throws IOException {
        Path file = folder.resolve(name.fileName());
        Files.move(temporary(name), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        written.add(new RenditionFile(name, mediaType, width, height, Files.size(file)));
    }

    private static boolean seeThrough(VipsImage image) throws Vips.Failure {
        if (!image.hasAlpha()) {
            return false;
        }
        try (VipsImage alpha = Vips.operation("extract_band").set("in", image).set("band", image.bands() - 1).image()) {
            double opaque = Vips.operation("max").set("in", alpha).number() > 255 ? 65_535 : 255;
            return Vips.operation("min").set("in", alpha).number() < opaque;
        }
    }

    private static byte[] rgba(VipsImage image) throws Vips.Failure {
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

    private static double brightness(byte[] rgba) {
        long sum = 0;
        for (int at = 0; at < rgba.length; at += 4) {
            sum += (rgba[at] & 255) + (rgba[at + 1] & 255) + (rgba[at + 2] & 255);
        }
        return sum / (rgba.length / 4.0 * 3);
    }

    private static String loader(FileKind kind) throws Refusal {
        return switch (kind) {
            case JPEG -> "jpegload";
            case PNG -> "pngload";
            case WEBP -> "webpload";
            case GIF -> "gifload";
            case HEIC, AVIF -> "heifload";
            case JXL -> "jxlload";
            case TIFF -> "tiffload";
            case JP2 -> "jp2kload";
            default -> throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "nothing here reads " + kind);
        };
    }
}
