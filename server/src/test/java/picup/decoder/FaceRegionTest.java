package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceRegionTest {

    /// A face near the left top of what is stored, and where the eight orientations show that corner (EXIF 2.32, "Orientation": the
    /// sides that the stored first row and first column are shown at).
    @ParameterizedTest
    @CsvSource({
        "1, 0.25, 0.1, 0.2, 0.05", // row at the top, column at the left
        "2, 0.75, 0.1, 0.2, 0.05", // top, right
        "3, 0.75, 0.9, 0.2, 0.05", // bottom, right
        "4, 0.25, 0.9, 0.2, 0.05", // bottom, left
        "5, 0.1, 0.25, 0.05, 0.2", // left, top
        "6, 0.9, 0.25, 0.05, 0.2", // right, top
        "7, 0.9, 0.75, 0.05, 0.2", // right, bottom
        "8, 0.1, 0.75, 0.05, 0.2"}) // left, bottom
    void facesAreTurnedWithThePicture(int orientation, double x, double y, double width, double height) {
        FaceRegion stored = FaceRegion.around("Ann", 0.25, 0.1, 0.2, 0.05, 400.0, 300.0);
        boolean turned = orientation >= 5;
        Facts.Face shown = stored.shown(orientation, turned ? 3000 : 4000, turned ? 4000 : 3000);
        assertThat(shown.name()).isEqualTo("Ann");
        assertThat(shown.centreX()).isCloseTo(x, within(1e-9));
        assertThat(shown.centreY()).isCloseTo(y, within(1e-9));
        assertThat(shown.width()).isEqualTo(width);
        assertThat(shown.height()).isEqualTo(height);
    }

    @Test
    void whatWasMarkedOnThePictureAsShownStaysThere() {
        Facts.Face face = FaceRegion.around("Ann", 0.25, 0.1, 0.2, 0.05, 300.0, 400.0).shown(6, 3000, 4000);
        assertThat(face).isEqualTo(new Facts.Face("Ann", 0.25, 0.1, 0.2, 0.05));
    }

    @Test
    void microsoftMeasuresFromTheCorner() {
        Facts.Face face = FaceRegion.ofRectangle("Ben", "0.25, 0.1,0.5 , 0.2").shown(1, 4, 3);
        assertThat(face.centreX()).isEqualTo(0.5);
        assertThat(face.centreY()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void whatIsNoPartOfThePictureIsNoFace() {
        assertThat(FaceRegion.around(null, 0.5, 0.5, 1.5, 0.5, null, null)).isNull();
        assertThat(FaceRegion.around(null, 0.5, 0.5, 0.0, 0.5, null, null)).isNull();
        assertThat(FaceRegion.around(null, 0.5, null, 0.1, 0.5, null, null)).isNull();
        assertThat(FaceRegion.ofRectangle(null, "0.1, 0.2, 0.3")).isNull();
        assertThat(FaceRegion.ofRectangle(null, "1e999, 0.2, 0.3, 0.4")).isNull();
        assertThat(FaceRegion.ofRectangle(null, "-, 0.2, 0.3, 0.4")).isNull();
    }
}
