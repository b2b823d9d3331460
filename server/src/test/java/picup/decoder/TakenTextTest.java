package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TakenTextTest {

    @ParameterizedTest
    @CsvSource({
        "2020:05:04 18:39:11, 2020-05-04T18:39:11, ",
        "2020-05-04T18:39:11.644-04:00, 2020-05-04T18:39:11.644, -14400",
        "2020-05-04T18:39Z, 2020-05-04T18:39, 0",
        "20200504 183911+0545, 2020-05-04T18:39:11, 20700",
        "2019:04:24 22:24:00+02:00 DST, 2019-04-24T22:24, 7200",
        "2020:05:04 8:39:11, 2020-05-04T08:39:11, "})
    void timesAreReadAsFilesWriteThem(String text, LocalDateTime at, Integer offsetSeconds) {
        Facts.Taken taken = TakenText.of("EXIF:DateTimeOriginal", text, null, null);
        assertThat(taken).isEqualTo(new Facts.Taken(at, offsetSeconds, "EXIF:DateTimeOriginal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0000:00:00 00:00:00", "    :  :     :  :  ", "2020:13:01 00:00:00", "2020:02:30 12:00:00", "2020:01:01 24:00:00", "2020:01:01", "2020", "", "now",
        "2020:01:01 12:00:00 tomorrow"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(TakenText.of("EXIF:DateTimeOriginal", text, null, null)).isNull();
    }

    @Test
    void secondsHavePartsAndOffsetsBesideThem() {
        assertThat(TakenText.of("E", "2020:05:04 18:39:11", "023", "+02:00"))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11, 23_000_000), 7200, "E"));
        assertThat(TakenText.of("E", "2020:05:04 18:39:11", "none", "east"))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11), null, "E"));
    }

    @Test
    void noTextBreaksIt() {
        var random = new Random(5);
        String signs = "0123456789:::---TZ+ .,DS\0é\u202e";
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder(i % 2 == 0 ? "2020:05:04 18:39:11" : "");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.insert(random.nextInt(text.length() + 1), signs.charAt(random.nextInt(signs.length())));
            }
            TakenText.of("E", text.toString(), text.toString(), text.toString());
        }
    }
}
