package picup.decoder;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The pixels that a [Recipe] makes of upright ones, by libvips.
final class Retouched {

    private Retouched() {}

    /// @param upright stays open
    /// @return in memory: sRGB, three bytes a pixel, or four with opacity
    static VipsImage of(VipsImage upright, Recipe recipe) throws Vips.Failure {
        try (VipsImage colours = Vips.operation("colourspace").set("in", upright).set("space", "srgb").image();
                VipsImage bytes = Vips.operation("cast").set("in", colours).set("format", "uchar").image();
                VipsImage turned = turned(bytes, recipe.turns());
                VipsImage mirrored = recipe.mirrored() ? Vips.operation("flip").set("in", turned).set("direction", "horizontal").image() : turned.another();
                VipsImage frame = mirrored.inMemory();
                VipsImage cropped = cropped(frame, recipe, recipe.areaOf(upright.width(), upright.height()));
                VipsImage bent = bent(cropped, new ToneCurves(recipe.tones()));
                VipsImage mixed = mixed(bent, new ToneCurves(recipe.tones()))) {
            return mixed.inMemory();
        }
    }

    private static VipsImage turned(VipsImage image, int turns) throws Vips.Failure {
        return turns == 0 ? image.another() : Vips.operation("rot").set("in", image).set("angle", "d" + 90 * turns).image();
    }

    /// About the centre, in coordinates whose whole numbers are the middles of pixels, as `affine` has them.
    private static VipsImage cropped(VipsImage frame, Recipe recipe, Recipe.Area area) throws Vips.Failure {
        if (recipe.straightenDegrees() == 0) {
            return Vips.operation("extract_area").set("input", frame)
                    .set("left", area.left()).set("top", area.top()).set("width", area.width()).set("height", area.height()).image();
        }
        double angle = Math.toRadians(recipe.straightenDegrees());
        double middleX = (frame.width() - 1) / 2.0;
        double middleY = (frame.height() - 1) / 2.0;
        return Vips.operation("affine").set("in", frame)
                .set("matrix", Math.cos(angle) + " " + -Math.sin(angle) + " " + Math.sin(angle) + " " + Math.cos(angle))
                .set("idx", -middleX).set("idy", -middleY).set("odx", middleX).set("ody", middleY)
                .set("oarea", area.left() + " " + area.top() + " " + area.width() + " " + area.height())
                .set("interpolate", "bicubic").set("extend", "copy").image();
    }

    private static VipsImage bent(VipsImage image, ToneCurves curves) throws Vips.Failure {
        if (!curves.bend()) {
            return image.another();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocateFrom(ValueLayout.JAVA_BYTE, curves.table(image.bands()));
            try (VipsImage lut = VipsImage.copyOf(table, ToneCurves.SHADES, 1, image.bands())) {
                return Vips.operation("maplut").set("in", image).set("lut", lut).image();
            }
        }
    }

    /// A cast to bytes cuts off what is behind the point, and what is below 0 or above 255.
    private static VipsImage mixed(VipsImage image, ToneCurves curves) throws Vips.Failure {
        if (!curves.mix()) {
            return image.another();
        }
        int bands = image.bands();
        try (VipsImage matrix = VipsImage.matrix(curves.matrix(bands), bands, bands);
                VipsImage exact = Vips.operation("recomb").set("in", image).set("m", matrix).image();
                VipsImage half = Vips.operation("linear").set("in", exact).set("a", "1").set("b", "0.5").image();
                VipsImage bytes = Vips.operation("cast").set("in", half).set("format", "uchar").image()) {
            return Vips.operation("copy").set("in", bytes).set("interpretation", "srgb").image();
        }
    }
}
