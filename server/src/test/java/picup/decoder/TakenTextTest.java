package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenTextTest {

    @Test
    void timesAreReadAsFilesWriteThem() {
        assertThat(TakenText.of("x", "2020:05:04 18:39:11", "644", "-04:00"))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11, 644_000_000), -14_400, "x"));
        assertThat(TakenText.of("x", "2021-04-10T11:43:59+01:00", null, null))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2021, 4, 10, 11, 43, 59), 3600, "x"));
        assertThat(TakenText.of("x", "20061029 062751-0500", null, null))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2006, 10, 29, 6, 27, 51), -18_000, "x"));
        assertThat(TakenText.of("x", "2016:05:31 17:01:35", null, "Z"))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2016, 5, 31, 17, 1, 35), 0, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000:00:00 00:00:00", "    :  :     :  :  ", "2020:13:01 00:00:00", "2020:02:30 12:00:00", "2020:05:04", "yesterday",
        "2020:05:04 25:00:00"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(TakenText.of("x", text, null, null)).isNull();
    }

    @Test
    void aBrokenOffsetOrFractionDoesNotCostTheTime() {
        assertThat(TakenText.of("x", "2020:05:04 18:39:11", "  ", "+99:00"))
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11), null, "x"));
    }
}
