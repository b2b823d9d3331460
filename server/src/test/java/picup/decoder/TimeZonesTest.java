package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZonesTest {

    private static final Instant WINTER = Instant.parse("2024-01-15T12:00:00Z");
    private static final Instant SUMMER = Instant.parse("2024-07-15T12:00:00Z");

    /// What clocks show there in January and in July, by the countries' own rules.
    @ParameterizedTest
    @CsvSource({
        "Berlin, 52.52, 13.405, +01:00, +02:00",
        "London, 51.507, -0.128, Z, +01:00",
        "Reykjavik, 64.147, -21.94, Z, Z",
        "Lisbon, 38.72, -9.14, Z, +01:00",
        "Ponta Delgada (Azores), 37.74, -25.67, -01:00, Z",
        "Las Palmas, 28.12, -15.43, Z, +01:00",
        "Helsinki, 60.17, 24.94, +02:00, +03:00",
        "Haparanda (Sweden; 2 km from Finland's time), 65.83, 24.05, +01:00, +02:00",
        "Istanbul, 41.01, 28.98, +03:00, +03:00",
        "Moscow, 55.75, 37.62, +03:00, +03:00",
        "Kaliningrad, 54.71, 20.51, +02:00, +02:00",
        "Cairo, 30.04, 31.24, +02:00, +03:00",
        "Tehran, 35.69, 51.39, +03:30, +03:30",
        "Dubai, 25.20, 55.27, +04:00, +04:00",
        "Kabul, 34.55, 69.21, +04:30, +04:30",
        "Karachi, 24.86, 67.01, +05:00, +05:00",
        "Mumbai, 19.08, 72.88, +05:30, +05:30",
        "Colombo, 6.93, 79.85, +05:30, +05:30",
        "Kathmandu, 27.717, 85.324, +05:45, +05:45",
        "Dhaka, 23.81, 90.41, +06:00, +06:00",
        "Yangon, 16.87, 96.20, +06:30, +06:30",
        "Bangkok, 13.76, 100.50, +07:00, +07:00",
        "Shanghai, 31.23, 121.47, +08:00, +08:00",
        "Perth, -31.95, 115.86, +08:00, +08:00",
        "Eucla, -31.68, 128.88, +08:45, +08:45",
        "Tokyo, 35.68, 139.69, +09:00, +09:00",
        "Darwin, -12.46, 130.84, +09:30, +09:30",
        "Adelaide, -34.93, 138.60, +10:30, +09:30",
        "Brisbane, -27.47, 153.03, +10:00, +10:00",
        "Sydney, -33.87, 151.21, +11:00, +10:00",
        "Lord Howe, -31.55, 159.08, +11:00, +10:30",
        "Auckland, -36.85, 174.76, +13:00, +12:00",
        "Chatham, -43.95, -176.56, +13:45, +12:45",
        "Apia, -13.83, -171.77, +13:00, +13:00",
        "Kiritimati, 1.87, -157.43, +14:00, +14:00",
        "Honolulu, 21.31, -157.86, -10:00, -10:00",
        "Marquesas, -8.91, -140.10, -09:30, -09:30",
        "Anchorage, 61.22, -149.90, -09:00, -08:00",
        "Los Angeles, 34.05, -118.24, -08:00, -07:00",
        "Phoenix, 33.45, -112.07, -07:00, -07:00",
        "Denver, 39.74, -104.99, -07:00, -06:00",
        "Chicago, 41.88, -87.63, -06:00, -05:00",
        "New York, 40.71, -74.01, -05:00, -04:00",
        "St. John's, 47.56, -52.71, -03:30, -02:30",
        "Caracas, 10.48, -66.90, -04:00, -04:00",
        "São Paulo, -23.55, -46.63, -03:00, -03:00",
        "Montevideo, -34.90, -56.16, -03:00, -03:00",
        "the middle of the Atlantic, 30.0, -40.0, -03:00, -03:00",
        "the middle of the Pacific, -40.0, -130.0, -09:00, -09:00",
        "the Indian Ocean, -30.0, 80.0, +05:00, +05:00"})
    void clocksAreKnownWhereverPeopleAre(String place, double latitude, double longitude, String winter, String summer) {
        ZoneId zone = TimeZones.load().at(latitude, longitude).orElseThrow();
        assertThat(zone.getRules().getOffset(WINTER)).as(place).hasToString(winter);
        assertThat(zone.getRules().getOffset(SUMMER)).as(place).hasToString(summer);
    }

    @Test
    void everyNameIsOneThatJavaKnows() {
        assertThat(TimeZones.load().names()).hasSizeGreaterThan(400)
                .allSatisfy(name -> assertThatCode(() -> ZoneId.of(name)).doesNotThrowAnyException());
    }

    @Test
    void everyPointOfTheEarthHasAZoneTheEdgesToo() {
        var random = new Random(24);
        for (int i = 0; i < 100_000; i++) {
            assertThat(TimeZones.load().at(random.nextDouble(-90, 90), random.nextDouble(-180, 180))).isPresent();
        }
        for (double latitude : new double[] {-90, 0, 90}) {
            for (double longitude : new double[] {-180, 0, 180}) {
                assertThat(TimeZones.load().at(latitude, longitude)).isPresent();
            }
        }
    }

    @Test
    void thereAreNoZonesOutsideOfTheEarth() {
        assertThatThrownBy(() -> TimeZones.load().at(91, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeZones.load().at(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
