package picup.library.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GazetteerTest {
    private final Gazetteer gazetteer = Gazetteer.load();

    @ParameterizedTest
    @CsvSource(textBlock = """
            37.5796, 126.9770, Seoul, KR
            37.5126, 127.1025, Seoul, KR
            37.2636, 127.0286, Suwon, KR
            35.1587, 129.1604, Busan, KR
            51.5007, -0.1246, London, GB
            48.8584, 2.2945, Paris, FR
            40.7484, -73.9857, New York City, US
            35.6595, 139.7005, Tokyo, JP
            43.3188, 11.3308, Siena, IT
            -33.8568, 151.2153, Sydney, AU
            64.1466, -21.9426, Reykjavík, IS
            66.3200, 179.9000, Egvekinot, RU
            """)
    void aPointBelongsToTheTownThatPeopleWouldSay(double latitude, double longitude, String name, String country) {
        assertThat(gazetteer.at(latitude, longitude)).hasValueSatisfying(town -> {
            assertThat(town.name()).isEqualTo(name);
            assertThat(town.country()).isEqualTo(country);
        });
    }

    @Test
    void namesAreKoreanWhereSomebodyToldThem() {
        assertThat(gazetteer.at(37.5796, 126.9770)).hasValueSatisfying(town -> assertThat(town.nameKo() + " " + town.regionKo()).isEqualTo("서울 서울"));
        assertThat(gazetteer.at(35.6595, 139.7005)).hasValueSatisfying(town -> assertThat(town.nameKo()).startsWith("도쿄"));
        assertThat(gazetteer.at(48.8584, 2.2945)).hasValueSatisfying(town -> assertThat(town.nameKo()).isEqualTo("파리"));
    }

    @ParameterizedTest
    @CsvSource({"0, -30", "-60, 100", "90, 0", "-90, 180", "25, -140", "23.5, 24.9"})
    void onTheSeaAtThePolesAndInTheDesertThereIsNone(double latitude, double longitude) {
        assertThat(gazetteer.at(latitude, longitude)).isEmpty();
    }

    @Test
    void whatIsNoPlaceOnEarthIsRefused() {
        for (var wrong : new double[][] {{91, 0}, {0, 181}, {Double.NaN, 0}, {0, Double.NaN}, {Double.POSITIVE_INFINITY, 0}}) {
            assertThatThrownBy(() -> gazetteer.at(wrong[0], wrong[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// The cells, and the ends of the earth, are for speed alone.
    @Test
    void everyPointOfTheEarthHasAnAnswer() {
        assertThat(gazetteer.count()).isGreaterThan(150_000);
        var random = new Random(7);
        int named = 0;
        for (int point = 0; point < 20_000; point++) {
            var town = gazetteer.at(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
            named += town.isPresent() ? 1 : 0;
            town.ifPresent(each -> {
                assertThat(each.name()).isNotBlank();
                assertThat(each.country()).matches("[A-Z]{2}");
            });
        }
        assertThat(named).as("a third of the earth is land, and much of that is empty").isBetween(2_000, 8_000);
        for (double longitude : new double[] {-180, 180}) {
            assertThat(gazetteer.at(66.32, longitude)).as("both are the same meridian").isPresent();
        }
    }
}
