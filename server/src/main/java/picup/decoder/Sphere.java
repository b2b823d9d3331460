package picup.decoder;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A panorama as Google's Photo Sphere metadata describes it (developers.google.com/streetview/spherical-metadata), in pixels
/// of the picture as the camera joined it. What was made smaller since keeps the old numbers: [#over] scales them.
///
/// @param croppedWidth how much of the whole the picture covers; none where it isn't said
record Sphere(
        Facts.Panorama.Projection projection, @Nullable Double fullWidth, @Nullable Double fullHeight,
        @Nullable Double left, @Nullable Double top, @Nullable Double croppedWidth, @Nullable Double croppedHeight, @Nullable Double headingDegrees) {

    /// No camera and no stitcher goes beyond: one a side of a million would not fit any format.
    private static final double MAX_PX = 1_000_000;

    /// @param number finds a property by its name
    /// @return none where it isn't a panorama of a kind that can be shown
    static @Nullable Sphere of(@Nullable String projection, Function<String, @Nullable Double> number) {
        if (projection == null) {
            return null;
        }
        return switch (projection.strip()) {
            case "equirectangular" -> of(Facts.Panorama.Projection.EQUIRECTANGULAR, number);
            case "cylindrical" -> of(Facts.Panorama.Projection.CYLINDRICAL, number);
            default -> null;
        };
    }

    private static Sphere of(Facts.Panorama.Projection projection, Function<String, @Nullable Double> number) {
        Double heading = number.apply("PoseHeadingDegrees");
        return new Sphere(projection, length(number.apply("FullPanoWidthPixels")), length(number.apply("FullPanoHeightPixels")),
                length(number.apply("CroppedAreaLeftPixels")), length(number.apply("CroppedAreaTopPixels")),
                length(number.apply("CroppedAreaImageWidthPixels")), length(number.apply("CroppedAreaImageHeightPixels")),
                heading != null && Math.abs(heading) <= 360 ? heading : null);
    }

    private static @Nullable Double length(@Nullable Double number) {
        return number != null && number >= 0 && number <= MAX_PX ? number : null;
    }

    /// Where nothing is said about the whole, the picture goes all around, and its middle is the horizon.
    ///
    /// @param width of the picture as shown
    Facts.Panorama over(int width, int height) {
        double scaleX = croppedWidth != null && croppedWidth > 0 ? width / croppedWidth : 1;
        double scaleY = croppedHeight != null && croppedHeight > 0 ? height / croppedHeight : 1;
        int wholeWidth = Math.max(width, pixels(fullWidth, scaleX, width));
        int wholeHeight = Math.max(height, pixels(fullHeight, scaleY,
                projection == Facts.Panorama.Projection.EQUIRECTANGULAR ? wholeWidth / 2 : height));
        int fromLeft = Math.clamp(pixels(left, scaleX, (wholeWidth - width) / 2), 0, wholeWidth - width);
        int fromTop = Math.clamp(pixels(top, scaleY, (wholeHeight - height) / 2), 0, wholeHeight - height);
        return new Facts.Panorama(projection, wholeWidth, wholeHeight, fromLeft, fromTop, headingDegrees);
    }

    private static int pixels(@Nullable Double length, double scale, int otherwise) {
        return length == null ? otherwise : (int) Math.clamp(Math.round(length * scale), 0, Integer.MAX_VALUE);
    }
}
