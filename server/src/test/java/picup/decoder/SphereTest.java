package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picup.decoder.Facts.Panorama.Projection;

class SphereTest {

    private static final Map<String, Double> PART = Map.of("FullPanoWidthPixels", 8000.0, "FullPanoHeightPixels", 4000.0, "CroppedAreaLeftPixels", 1000.0,
            "CroppedAreaTopPixels", 1200.0, "CroppedAreaImageWidthPixels", 6000.0, "CroppedAreaImageHeightPixels", 1600.0, "PoseHeadingDegrees", 90.0);

    @Test
    void aPartLiesWhereItWasCutOut() {
        assertThat(Sphere.of("equirectangular", PART::get).over(6000, 1600))
                .isEqualTo(new Facts.Panorama(Projection.EQUIRECTANGULAR, 8000, 4000, 1000, 1200, 90.0));
    }

    @Test
    void whatWasMadeSmallerSinceIsScaled() {
        assertThat(Sphere.of("cylindrical", PART::get).over(3000, 800))
                .isEqualTo(new Facts.Panorama(Projection.CYLINDRICAL, 4000, 2000, 500, 600, 90.0));
    }

    @Test
    void whereNothingIsSaidItGoesAllAroundWithTheHorizonInTheMiddle() {
        assertThat(Sphere.of("equirectangular", name -> null).over(4000, 2000))
                .isEqualTo(new Facts.Panorama(Projection.EQUIRECTANGULAR, 4000, 2000, 0, 0, null));
        assertThat(Sphere.of("equirectangular", name -> null).over(4000, 1000))
                .isEqualTo(new Facts.Panorama(Projection.EQUIRECTANGULAR, 4000, 2000, 0, 500, null));
    }

    @Test
    void otherProjectionsAreFlatPictures() {
        assertThat(Sphere.of("fisheye", PART::get)).isNull();
        assertThat(Sphere.of(null, PART::get)).isNull();
    }

    @Test
    void impossibleNumbersStillMakeAPanorama() {
        var random = new Random(360);
        for (int i = 0; i < 20_000; i++) {
            Facts.Panorama panorama = Sphere.of("equirectangular", name -> switch (random.nextInt(5)) {
                case 0 -> null;
                case 1 -> 0.0;
                case 2 -> -1.0;
                case 3 -> random.nextDouble() * 1e7;
                default -> 0.001;
            }).over(1 + random.nextInt(60_000), 1 + random.nextInt(60_000));
            assertThat(panorama.fullWidth()).isPositive();
        }
    }
}
