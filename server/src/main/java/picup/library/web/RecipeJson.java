package picup.library.web;

import org.jspecify.annotations.Nullable;
import picup.decoder.Recipe;
import picup.platform.Problem;

/// What a person makes of a photo, in this order. Whatever is left out does nothing.
///
/// @param turns             by 90° clockwise, 0 to 3
/// @param mirrored          left to right, after the turns
/// @param straightenDegrees clockwise about the centre, -45 to 45
record RecipeJson(@Nullable Integer turns, @Nullable Boolean mirrored, @Nullable Double straightenDegrees, @Nullable Crop crop, @Nullable Tones tones) {

    /// A part of the turned picture before it is straightened: parts of its sides, 0 to 1. Nothing in it may lie beyond the straightened picture.
    record Crop(double x, double y, double width, double height) {}

    /// Each -100 to 100, and 0 for no change; saturation -100 is black and white.
    record Tones(
            @Nullable Integer exposure, @Nullable Integer contrast, @Nullable Integer highlights, @Nullable Integer shadows,
            @Nullable Integer warmth, @Nullable Integer saturation) {}

    static @Nullable RecipeJson of(@Nullable Recipe recipe) {
        if (recipe == null) {
            return null;
        }
        var crop = recipe.crop();
        var tones = recipe.tones();
        return new RecipeJson(recipe.turns(), recipe.mirrored(), recipe.straightenDegrees(), new Crop(crop.x(), crop.y(), crop.width(), crop.height()),
                new Tones(tones.exposure(), tones.contrast(), tones.highlights(), tones.shadows(), tones.warmth(), tones.saturation()));
    }

    /// @throws picup.platform.ProblemException `bad-value`
    Recipe recipe() {
        try {
            return new Recipe(or0(turns), Boolean.TRUE.equals(mirrored), straightenDegrees == null ? 0 : straightenDegrees,
                    crop == null ? Recipe.Crop.ALL : new Recipe.Crop(crop.x(), crop.y(), crop.width(), crop.height()),
                    tones == null ? Recipe.Tones.NEUTRAL : new Recipe.Tones(or0(tones.exposure()), or0(tones.contrast()), or0(tones.highlights()),
                            or0(tones.shadows()), or0(tones.warmth()), or0(tones.saturation())));
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_VALUE.because(e.getMessage());
        }
    }

    private static int or0(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
