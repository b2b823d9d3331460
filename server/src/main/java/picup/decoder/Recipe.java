package picup.decoder;

/// What a person made of a photo, without touching its file. The steps, in this order:
///
/// 1. upright, as its orientation says; quarter turns clockwise; mirrored left to right
/// 2. straightened: turned clockwise about the centre
/// 3. cropped
/// 4. [ToneCurves]: exposure and warmth, shadows, highlights, contrast; then saturation
///
/// The web app shows the same while somebody edits (`web/src/lib/edit`): whoever changes a step here changes it there.
///
/// @param turns             by 90° clockwise, 0 to 3
/// @param mirrored          left to right, after the turns
/// @param straightenDegrees clockwise, -45 to 45
public record Recipe(int turns, boolean mirrored, double straightenDegrees, Crop crop, Tones tones) {

    public static final double MOST_DEGREES = 45;

    /// Below that nobody sees what it is.
    public static final int LEAST_SIDE_PX = 16;

    /// How far a corner may reach beyond the edges, as a part of the side: clients compute with rounded ratios. What is missing there
    /// is filled with the pixels of the edge.
    private static final double TOLERANCE = 0.002;

    /// A part of the turned picture, which has the frame that it has before it is straightened. Parts of its sides, 0 to 1.
    public record Crop(double x, double y, double width, double height) {

        public static final Crop ALL = new Crop(0, 0, 1, 1);

        /// For what sums of fractions lose.
        private static final double LOST = 1e-9;

        public Crop {
            // No -0, which equals no 0 in a record.
            x += 0.0;
            y += 0.0;
            require(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + LOST && y + height <= 1 + LOST,
                    "A crop lies within the picture, whose sides are 0 to 1, but this has x %s, y %s, width %s and height %s.".formatted(x, y, width, height));
        }
    }

    /// Each -100 to 100, and 0 for no change.
    public record Tones(int exposure, int contrast, int highlights, int shadows, int warmth, int saturation) {

        public static final int MOST = 100;
        public static final Tones NEUTRAL = new Tones(0, 0, 0, 0, 0, 0);

        public Tones {
            within("exposure", exposure);
            within("contrast", contrast);
            within("highlights", highlights);
            within("shadows", shadows);
            within("warmth", warmth);
            within("saturation", saturation);
        }

        private static void within(String name, int value) {
            require(value >= -MOST && value <= MOST, "%s is -%d to %2$d, but this is %d.".formatted(name, MOST, value));
        }
    }

    /// Pixels of the turned picture.
    public record Area(int left, int top, int width, int height) {}

    public Recipe {
        straightenDegrees += 0.0;
        require(turns >= 0 && turns <= 3, "A picture is turned by 0 to 3 quarters, but this is " + turns + ".");
        // Also false for what is no number.
        require(Math.abs(straightenDegrees) <= MOST_DEGREES, "A picture is straightened by -45 to 45 degrees, but this is " + straightenDegrees + ".");
    }

    /// Whether the picture stays as it came.
    public boolean doesNothing() {
        return turns == 0 && !mirrored && straightenDegrees == 0 && crop.equals(Crop.ALL) && tones.equals(Tones.NEUTRAL);
    }

    public int turnedWidth(int width, int height) {
        return turns % 2 == 0 ? width : height;
    }

    public int turnedHeight(int width, int height) {
        return turns % 2 == 0 ? height : width;
    }

    /// What is left of a picture of this size, at least one pixel.
    ///
    /// @param width  upright
    /// @param height upright
    public Area areaOf(int width, int height) {
        int acrossPx = turnedWidth(width, height);
        int downPx = turnedHeight(width, height);
        int left = Math.min((int) Math.round(crop.x() * acrossPx), acrossPx - 1);
        int top = Math.min((int) Math.round(crop.y() * downPx), downPx - 1);
        int right = Math.clamp(Math.round((crop.x() + crop.width()) * acrossPx), left + 1, acrossPx);
        int bottom = Math.clamp(Math.round((crop.y() + crop.height()) * downPx), top + 1, downPx);
        return new Area(left, top, right - left, bottom - top);
    }

    /// Whether there are pixels of the picture everywhere in the crop, and enough of them to be a picture.
    ///
    /// @param width  upright
    /// @param height upright
    /// @throws IllegalArgumentException which says what is wrong
    public void requireWithin(int width, int height) {
        double acrossPx = turnedWidth(width, height);
        double downPx = turnedHeight(width, height);
        Area area = areaOf(width, height);
        require(area.width() >= Math.min(LEAST_SIDE_PX, acrossPx) && area.height() >= Math.min(LEAST_SIDE_PX, downPx),
                "A crop leaves at least %d × %1$d pixels, but this leaves %d × %d.".formatted(LEAST_SIDE_PX, area.width(), area.height()));
        double angle = Math.toRadians(straightenDegrees);
        for (double x : new double[] {crop.x(), crop.x() + crop.width()}) {
            for (double y : new double[] {crop.y(), crop.y() + crop.height()}) {
                double right = (x - 0.5) * acrossPx;
                double down = (y - 0.5) * downPx;
                double pictureX = (right * Math.cos(angle) + down * Math.sin(angle)) / acrossPx;
                double pictureY = (down * Math.cos(angle) - right * Math.sin(angle)) / downPx;
                require(Math.abs(pictureX) <= 0.5 + TOLERANCE && Math.abs(pictureY) <= 0.5 + TOLERANCE,
                        "The crop reaches beyond the straightened picture: make it smaller, or straighten less.");
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
