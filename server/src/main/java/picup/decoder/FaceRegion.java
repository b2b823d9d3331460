package picup.decoder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A face as XMP marks it: in parts of the picture as it is stored, before it is turned upright. (So do Lightroom and digiKam;
/// Picasa marked the picture as shown, which can be seen by the size it says it looked at.)
///
/// @param centreX       0 to 1
/// @param appliedWidth  of the picture that was looked at, where it is known
record FaceRegion(
        @Nullable String name, double centreX, double centreY, double width, double height,
        @Nullable Double appliedWidth, @Nullable Double appliedHeight) {

    private static final Pattern RECTANGLE = Pattern.compile(
            "\\s*+([0-9.eE-]{1,24})\\s*+,\\s*+([0-9.eE-]{1,24})\\s*+,\\s*+([0-9.eE-]{1,24})\\s*+,\\s*+([0-9.eE-]{1,24})\\s*+");

    /// Sizes are rounded, pictures are scaled: shapes this near are the same.
    private static final double SAME_SHAPE = 0.02;

    /// @return none where it isn't a part of the picture
    static @Nullable FaceRegion around(@Nullable String name, @Nullable Double x, @Nullable Double y, @Nullable Double w, @Nullable Double h,
            @Nullable Double appliedWidth, @Nullable Double appliedHeight) {
        if (!part(x) || !part(y) || !part(w) || !part(h) || w == 0 || h == 0) {
            return null;
        }
        return new FaceRegion(CleanText.name(name), x, y, w, h, appliedWidth, appliedHeight);
    }

    /// Microsoft's: left, top, width and height.
    static @Nullable FaceRegion ofRectangle(@Nullable String name, @Nullable String rectangle) {
        Matcher m = RECTANGLE.matcher(rectangle == null ? "" : rectangle);
        if (!m.matches()) {
            return null;
        }
        Double left = Numbers.of(m.group(1));
        Double top = Numbers.of(m.group(2));
        Double width = Numbers.of(m.group(3));
        Double height = Numbers.of(m.group(4));
        return left == null || top == null || width == null || height == null
                ? null
                : around(name, left + width / 2, top + height / 2, width, height, null, null);
    }

    private static boolean part(@Nullable Double number) {
        return number != null && number >= 0 && number <= 1;
    }

    /// @param orientation EXIF's, by which the stored picture is turned
    /// @param shownWidth  after that
    Facts.Face shown(int orientation, int shownWidth, int shownHeight) {
        boolean quarterTurn = orientation >= 5;
        if (orientation == 1 || quarterTurn && looksTurned(shownWidth, shownHeight)) {
            return new Facts.Face(name, centreX, centreY, width, height);
        }
        // EXIF 2.32, "Orientation": where the stored rows and columns lie when it is shown.
        double x = switch (orientation) {
            case 2, 3 -> 1 - centreX;
            case 5, 8 -> centreY;
            case 6, 7 -> 1 - centreY;
            default -> centreX;
        };
        double y = switch (orientation) {
            case 3, 4 -> 1 - centreY;
            case 5, 6 -> centreX;
            case 7, 8 -> 1 - centreX;
            default -> centreY;
        };
        return new Facts.Face(name, x, y, quarterTurn ? height : width, quarterTurn ? width : height);
    }

    private boolean looksTurned(int shownWidth, int shownHeight) {
        if (appliedWidth == null || appliedHeight == null || appliedWidth <= 0 || appliedHeight <= 0) {
            return false;
        }
        double shape = appliedWidth / appliedHeight;
        return near(shape, (double) shownWidth / shownHeight) && !near(shape, (double) shownHeight / shownWidth);
    }

    private static boolean near(double a, double b) {
        return Math.abs(a / b - 1) < SAME_SHAPE;
    }
}
