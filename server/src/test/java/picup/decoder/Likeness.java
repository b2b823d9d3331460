package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How alike two pictures are, by libvips inside of this process: each step by its programs would start one, and tests compare some hundred pictures
/// in ten steps each. For pictures that we made; the first page of them.
public final class Likeness {
    static {
        Vips.start();
    }

    private Likeness() {}

    /// Mean of the differences of all numbers, 0 to 255, opacity over black.
    public static double difference(Path one, Path other) throws IOException {
        try (var first = flat(one); var second = flat(other);
                var subtracted = Vips.operation("subtract").set("left", first).set("right", second).image();
                var absolute = Vips.operation("abs").set("in", subtracted).image()) {
            return Vips.operation("avg").set("in", absolute).number();
        } catch (Vips.Failure failure) {
            throw new IOException(one + " beside " + other, failure);
        }
    }

    /// The largest CIEDE2000, after averaging squares of so many pixels: patches, not noise.
    public static double deltaE(Path one, Path other, int squarePx) throws IOException {
        try (var first = patches(one, squarePx); var second = patches(other, squarePx);
                var differences = Vips.operation("dE00").set("left", first).set("right", second).image()) {
            return Vips.operation("max").set("in", differences).number();
        } catch (Vips.Failure failure) {
            throw new IOException(one + " beside " + other, failure);
        }
    }

    /// How many pages or frames it has.
    public static int frames(Path file) throws IOException {
        try (var image = load(file)) {
            return image.header("n-pages", 1);
        } catch (Vips.Failure failure) {
            throw new IOException(file.toString(), failure);
        }
    }

    private static VipsImage patches(Path file, int squarePx) throws IOException, Vips.Failure {
        try (var flat = flat(file); var patches = Vips.operation("shrink").set("in", flat).set("hshrink", squarePx).set("vshrink", squarePx).image()) {
            return Vips.operation("colourspace").set("in", patches).set("space", "lab").image();
        }
    }

    private static VipsImage flat(Path file) throws IOException, Vips.Failure {
        try (var image = load(file); var srgb = Vips.operation("colourspace").set("in", image).set("space", "srgb").image()) {
            return Vips.operation(srgb.hasAlpha() ? "flatten" : "copy").set("in", srgb).image();
        }
    }

    private static VipsImage load(Path file) throws IOException, Vips.Failure {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(FileKind.HEAD_BYTES);
        }
        var loader = switch (FileKind.of(head).orElseThrow(() -> new IOException(file + " is of no kind"))) {
            case JPEG -> "jpegload";
            case PNG -> "pngload";
            case WEBP -> "webpload";
            case GIF -> "gifload";
            case HEIC, AVIF -> "heifload";
            case TIFF -> "tiffload";
            default -> throw new IOException(file + " is of a kind that nobody compared so far");
        };
        return Vips.operation(loader).set("filename", file).image();
    }
}
