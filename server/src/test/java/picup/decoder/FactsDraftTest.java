package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsDraftTest {

    private final FactsDraft draft = new FactsDraft();

    @Test
    void utcBecomesTheClockOfThePlace() {
        draft.takenInUtc(TakenText.of("QuickTime:CreateDate", "2023:12:31 23:30:00", null, "Z"));
        draft.place(27.7172, 85.3240, null);
        assertThat(taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2024, 1, 1, 5, 15), 20_700, "QuickTime:CreateDate"));
    }

    @Test
    void utcStaysWhereThePlaceIsUnknown() {
        draft.takenInUtc(TakenText.of("QuickTime:CreateDate", "2023:12:31 23:30:00", null, "Z"));
        assertThat(taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2023, 12, 31, 23, 30), 0, "QuickTime:CreateDate"));
    }

    @Test
    void aClockWithoutAnOffsetGetsThatOfThePlaceInItsSeason() {
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", "2024:07:01 12:00:00", null, null));
        draft.place(52.52, 13.405, null);
        assertThat(taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2024, 7, 1, 12, 0), 7200, "EXIF:DateTimeOriginal"));
    }

    @Test
    void anOffsetOfItsOwnIsKeptWhereverItWas() {
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", "2024:07:01 12:00:00", null, "-05:00"));
        draft.place(52.52, 13.405, null);
        assertThat(taken().offsetSeconds()).isEqualTo(-18_000);
    }

    @Test
    void beforeThereWereZonesAClockHasNoOffset() {
        draft.taken(TakenText.of("XMP:DateTimeOriginal", "1870-07-01T12:00:00", null, null));
        draft.place(52.52, 13.405, null);
        assertThat(taken().offsetSeconds()).isNull();
    }

    @Test
    void whatCanNotBeTrueMakesWayForTheNextSource() {
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", "1970:01:01 00:00:00", null, null));
        draft.taken(TakenText.of("EXIF:CreateDate", "2099:01:01 00:00:00", null, null));
        draft.taken(TakenText.of("XMP:CreateDate", "2020-01-01T12:00:00", null, null));
        draft.taken(TakenText.of("XMP:DateCreated", "2021-01-01T12:00:00", null, null));
        assertThat(taken().source()).isEqualTo("XMP:CreateDate");
    }

    @Test
    void placesOutsideOfTheEarthAndThatOfZeroesAreNone() {
        draft.place(0.0, 0.0, 0.0);
        draft.place(Double.NaN, 1.0, null);
        draft.place(91.0, 1.0, null);
        draft.place(1.0, Double.POSITIVE_INFINITY, null);
        assertThat(facts().place()).isNull();
        draft.place(0.0, 9.45, Double.NaN);
        assertThat(facts().place()).as("on the equator in Gabon").isEqualTo(new Facts.Place(0, 9.45, null));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "13, 2", "25, 2", "50, 3", "75, 4", "99, 5", "100, 5"})
    void starsAreReadFromMicrosoftsPercent(double percent, int stars) {
        draft.ratingPercent(percent);
        assertThat(facts().words().rating()).isEqualTo(stars);
    }

    @Test
    void wordsThatAreLevelsOfATagAreNotSaidTwice() {
        draft.keyword("Berlin");
        draft.keyword("dog");
        draft.keyword("dog");
        draft.tag("Places|Germany|Berlin");
        assertThat(facts().words().tags()).containsExactly("Places|Germany|Berlin", "dog");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "OLYMPUS DIGITAL CAMERA         ", "TRAVELER DIGITAL CAMERA", "SAMSUNG CSC", "DSC00019", "000001", "{\"shape\": [3]}", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG", "<Digimax i5, Samsung #1>", "edf", "  ", "---", "\0\0"})
    void whatCamerasWriteByThemselvesIsNoDescription(String text) {
        draft.description(text);
        assertThat(facts().words().description()).isNull();
    }

    @Test
    void commentsAreReadInTheCharsetTheySay() {
        assertThat(DescriptionText.ofComment("ASCII\0\0\0Grandma at the sea".getBytes(StandardCharsets.UTF_8))).isEqualTo("Grandma at the sea");
        assertThat(DescriptionText.ofComment(join("UNICODE\0", "Großmutter".getBytes(StandardCharsets.UTF_16LE)))).isEqualTo("Großmutter");
        assertThat(DescriptionText.ofComment(join("UNICODE\0", "Großmutter".getBytes(StandardCharsets.UTF_16BE)))).isEqualTo("Großmutter");
        assertThat(DescriptionText.ofComment("\0\0\0\0\0\0\0\0raw".getBytes(StandardCharsets.ISO_8859_1))).isNull();
        assertThat(DescriptionText.ofComment("ASCII\0\0\0{\"zoom\":1}".getBytes(StandardCharsets.ISO_8859_1))).isNull();
    }

    private static byte[] join(String charset, byte[] text) {
        byte[] all = Arrays.copyOf(charset.getBytes(StandardCharsets.ISO_8859_1), 8 + text.length);
        System.arraycopy(text, 0, all, 8, text.length);
        return all;
    }

    private Facts.Taken taken() {
        return facts().taken();
    }

    private SidecarFacts facts() {
        return draft.sidecar(null, false);
    }
}
