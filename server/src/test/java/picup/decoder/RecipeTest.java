package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RecipeTest {
    private static Recipe cropped(double x, double y, double width, double height) {
        return new Recipe(0, false, 0, new Recipe.Crop(x, y, width, height), Recipe.Tones.NEUTRAL);
    }

    private static Recipe straightened(double degrees, double part) {
        return new Recipe(0, false, degrees, new Recipe.Crop((1 - part) / 2, (1 - part) / 2, part, part), Recipe.Tones.NEUTRAL);
    }

    @Test
    void whatCannotBeIsNoRecipe() {
        double[] wrong = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -0.1, 1.1};
        for (double value : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(value, 0, 0.5, 0.5));
            assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(0, value, 0.5, 0.5));
            assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(0, 0, value, 0.5));
            assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(0, 0, 0.5, value));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Crop(0.6, 0, 0.5, 1));
        for (double degrees : new double[] {Double.NaN, 45.01, -46, 1e300}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Recipe(0, false, degrees, Recipe.Crop.ALL, Recipe.Tones.NEUTRAL));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe(4, false, 0, Recipe.Crop.ALL, Recipe.Tones.NEUTRAL));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Tones(101, 0, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe.Tones(0, 0, 0, 0, 0, Integer.MIN_VALUE));
    }

    @Test
    void aCropLeavesEnoughToBeAPicture() {
        assertThatIllegalArgumentException().isThrownBy(() -> cropped(0.5, 0.5, 0.001, 0.001).requireWithin(1000, 1000)).withMessageContaining("16");
        assertThatCode(() -> cropped(0.5, 0.5, 0.016, 0.016).requireWithin(1000, 1000)).doesNotThrowAnyException();
        assertThatCode(() -> cropped(0, 0, 1, 1).requireWithin(5, 5)).doesNotThrowAnyException();
    }

    @Test
    void aCropLiesWithinTheStraightenedPicture() {
        assertThatIllegalArgumentException().isThrownBy(() -> straightened(10, 1).requireWithin(300, 200));
        // A picture of 3 by 2 at 10 degrees: 1 / (cos + 1.5 sin)
        double most = 1 / (Math.cos(Math.toRadians(10)) + 1.5 * Math.sin(Math.toRadians(10)));
        assertThatCode(() -> straightened(10, most).requireWithin(300, 200)).doesNotThrowAnyException();
        assertThatCode(() -> straightened(-10, most).requireWithin(200, 300)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> straightened(10, most + 0.01).requireWithin(300, 200));
    }

    @Test
    void anAreaIsRoundedToPixelsAndNeverEmpty() {
        assertThat(cropped(0.1, 0.1, 0.8, 0.8).areaOf(999, 101)).isEqualTo(new Recipe.Area(100, 10, 799, 81));
        assertThat(cropped(0.999999, 0, 1e-6, 1).areaOf(10, 10)).isEqualTo(new Recipe.Area(9, 0, 1, 10));
        assertThat(new Recipe(1, false, 0, new Recipe.Crop(0, 0, 0.5, 1), Recipe.Tones.NEUTRAL).areaOf(600, 400)).isEqualTo(new Recipe.Area(0, 0, 200, 600));
    }

    @Test
    void minusNothingIsNothing() {
        assertThat(new Recipe(0, false, -0.0, new Recipe.Crop(-0.0, -0.0, 1, 1), Recipe.Tones.NEUTRAL)).isEqualTo(new Recipe(0, false, 0, Recipe.Crop.ALL, Recipe.Tones.NEUTRAL));
        assertThat(new Recipe(0, false, -0.0, new Recipe.Crop(-0.0, -0.0, 1, 1), Recipe.Tones.NEUTRAL).doesNothing()).isTrue();
    }
}
