package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlausibleTimeTest {

    private static final Instant NOW = Instant.parse("2045-06-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {
        "0001-01-01T00:00", "1601-01-01T00:00", "1825-12-31T23:59:59", "1904-01-01T00:00", "1904-01-01T01:00", "1903-12-31T19:00",
        "1969-12-31T19:00", "1970-01-01T00:00", "1970-01-01T05:45", "1970-01-01T00:03:12", "2036-02-07T06:28:15", "2036-02-07T07:28:16",
        "2038-01-19T03:14:07", "2040-02-06T06:28:15", "2040-02-06T12:13:15.5", "2045-06-02T12:00:01", "2099-01-01T00:00"})
    void whatNoClockCanHaveShownIsNotATime(String at) {
        assertThat(PlausibleTime.of(LocalDateTime.parse(at), NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1826-07-01T12:00", "1904-01-01T00:00:01", "1904-01-02T00:00", "1969-07-20T20:17", "1970-01-02T00:00", "1980-01-01T00:00", "2000-01-01T00:00",
        "2020-01-01T12:00", "2036-02-07T12:00", "2038-01-19T03:14:09", "2045-06-01T12:00", "2045-06-02T02:00"})
    void whatMayBeTrueIsKept(String at) {
        assertThat(PlausibleTime.of(LocalDateTime.parse(at), NOW)).isTrue();
    }
}
