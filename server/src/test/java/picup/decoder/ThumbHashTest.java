package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/// The expected values were computed with the reference implementation, npm's `thumbhash` 0.1.1.
class ThumbHashTest {

    private interface Picture {
        int[] pixel(int x, int y);
    }

    @Test
    void anOpaqueLandscapeHashesAsTheReferenceDoes() {
        assertThat(hash(100, 75, (x, y) -> new int[] {x * 255 / 100, y * 255 / 75, x * y % 256, 255})).isEqualTo("HwgKLZpwdndwd3d3d2d3d5CACfiI");
    }

    @Test
    void aTransparentPortraitHashesAsTheReferenceDoes() {
        assertThat(hash(40, 90, (x, y) -> new int[] {x * 6 % 256, y * 3 % 256, 128, 90 + x * 3 + (y * y >> 7)}))
                .isEqualTo("IAiGIhAakJFomFeQkQb5l3B3dHiIh3c=");
    }

    @Test
    void aSinglePixelHasTheReferencesSizeAndColour() {
        byte[] hash = Base64.getDecoder().decode(hash(1, 1, (x, y) -> new int[] {10, 200, 30, 255}));
        byte[] reference = Base64.getDecoder().decode("VIoon14I9wiIh4hwj3CI+AiIgIAI94cP");
        assertThat(hash).hasSameSizeAs(reference).startsWith(reference[0], reference[1], reference[2]);
    }

    @Test
    void fullyTransparentIsNoDivisionByZero() {
        assertThat(hash(10, 10, (x, y) -> new int[] {0, 0, 0, 0})).isNotEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ThumbHash.of(101, 1, new byte[404]));
        assertThatIllegalArgumentException().isThrownBy(() -> ThumbHash.of(2, 2, new byte[15]));
    }

    private static String hash(int width, int height, Picture picture) {
        byte[] rgba = new byte[width * height * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] pixel = picture.pixel(x, y);
                for (int band = 0; band < 4; band++) {
                    rgba[(y * width + x) * 4 + band] = (byte) pixel[band];
                }
            }
        }
        return Base64.getEncoder().encodeToString(ThumbHash.of(width, height, rgba));
    }
}
