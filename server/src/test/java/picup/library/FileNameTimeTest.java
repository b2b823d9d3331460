package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "IMG_20200101_154159.jpg, 2020-01-01T15:41:59, ",
        "IMG_20200101_154159_1.jpg, 2020-01-01T15:41:59, ",
        "IMG_20200101_154159123.jpg, 2020-01-01T15:41:59.123, ",
        "VID_20200101_154159.mp4, 2020-01-01T15:41:59, ",
        "MVIMG_20180503_142501.jpg, 2018-05-03T14:25:01, ",
        "PXL_20231006_063000139.jpg, 2023-10-06T06:30:00.139, 0",
        "PXL_20200710_061629144.MP.jpg, 2020-07-10T06:16:29.144, 0",
        "PANO_20200101_154159.jpg, 2020-01-01T15:41:59, ",
        "00001IMG_00001_BURST20200601120000120_COVER.jpg, 2020-06-01T12:00:00.120, ",
        "IMG20200101154159.jpg, 2020-01-01T15:41:59, ",
        "20200101_154159(0).jpg, 2020-01-01T15:41:59, ",
        "Screenshot_2020-01-01-15-41-59.png, 2020-01-01T15:41:59, ",
        "Screenshot_2020-01-01-15-41-59-123_com.app.png, 2020-01-01T15:41:59.123, ",
        "Screenshot_20200101-154159_Maps.jpg, 2020-01-01T15:41:59, ",
        "Screen Shot 2020-01-01 at 3.41.59 PM.png, 2020-01-01T15:41:59, ",
        "Screenshot 2020-01-01 at 12.41.59\u202fAM.png, 2020-01-01T00:41:59, ",
        "Screenshot 2020-01-01 at 15.41.59.png, 2020-01-01T15:41:59, ",
        "WIN_20200101_15_41_59_Pro.jpg, 2020-01-01T15:41:59, ",
        "DJI_20200101154159_0001_D.JPG, 2020-01-01T15:41:59, ",
        "2013-02-01 12.00.00-1.jpg, 2013-02-01T12:00:00, ",
        "Photo 2020-01-01 12 00 00.jpg, 2020-01-01T12:00:00, ",
        "signal-2020-01-01-120000.jpg, 2020-01-01T12:00:00, ",
        "signal-2020-01-01-12-00-00-123-1.jpg, 2020-01-01T12:00:00.123, ",
        "WhatsApp Image 2020-01-01 at 12.00.00 (1).jpeg, 2020-01-01T12:00:00, ",
        "WhatsApp Video 2020-01-01 at 1.02.03 AM.mp4, 2020-01-01T01:02:03, ",
        "photo_2020-01-01_12-00-00.jpg, 2020-01-01T12:00:00, ",
        "video_2020-01-01_12-00-00 (2).mp4, 2020-01-01T12:00:00, ",
        "KakaoTalk_20200101_120000123.jpg, 2020-01-01T12:00:00.123, ",
        "KakaoTalk_Photo_2020-01-01-12-00-00.jpeg, 2020-01-01T12:00:00, ",
        "FB_IMG_1577893319000.jpg, 2020-01-01T15:41:59, 0",
        "mmexport1577893319000.jpg, 2020-01-01T15:41:59, 0"})
    void phonesAndMessengersNameFilesByTheTime(String name, LocalDateTime at, Integer offsetSeconds) {
        assertThat(FileNameTime.of(name, NOW)).contains(new FileNameTime(at, offsetSeconds, false));
    }

    @ParameterizedTest
    @CsvSource({"IMG-20200101-WA0001.jpg, 2020-01-01", "VID-20200101-WA0012.mp4, 2020-01-01", "2020-01-01 Birthday.jpg, 2020-01-01", "1987-08-12.jpg, 1987-08-12"})
    void aDayAloneIsItsNoon(String name, String day) {
        assertThat(FileNameTime.of(name, NOW)).contains(new FileNameTime(LocalDateTime.parse(day + "T12:00"), null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "IMG_1234.jpg", "DSC01234.JPG", "", "2020.jpg", "IMG_20201301_154159.jpg", "IMG_20200230_154159.jpg", "IMG_20200101_254159.jpg",
        "IMG_20270101_120000.jpg", "PinClipart.com_gopher-clipart_4000224.jpg", "120200101154159000000.jpg", "IMG-20201332-WA0001.jpg", "2012123456789.jpg",
        "Screen Shot 2020-01-01 at 13.41.59 PM.png", "photo_2020-01_01_12-00-00.jpg"})
    void otherNamesSayNothing(String name) {
        assertThat(FileNameTime.of(name, NOW)).isEmpty();
    }

    @Test
    void aKnownTimeOfTheSameDayIsMoreThanTheDay() {
        var day = FileNameTime.of("IMG-20200101-WA0001.jpg", NOW).orElseThrow();
        assertThat(day.lessThan(new ImportPicture.TakenAt(LocalDateTime.of(2020, 1, 1, 9, 15), 3600))).isTrue();
        assertThat(day.lessThan(new ImportPicture.TakenAt(LocalDateTime.of(2024, 1, 1, 9, 15), 3600))).isFalse();
        var time = FileNameTime.of("IMG_20200101_154159.jpg", NOW).orElseThrow();
        assertThat(time.lessThan(new ImportPicture.TakenAt(LocalDateTime.of(2020, 1, 1, 9, 15), 3600))).isFalse();
    }

    @Test
    void noNameBreaksIt() {
        var random = new Random(20200101);
        var signs = "0123456789-_. :atAMPp\u202e\u0000é";
        for (int i = 0; i < 100_000; i++) {
            var name = new StringBuilder(i % 2 == 0 ? "IMG_20200101_154159.jpg" : "Screen Shot 2020-01-01 at 3.41.59 PM.png");
            for (int n = random.nextInt(10); n > 0; n--) {
                name.insert(random.nextInt(name.length()), signs.charAt(random.nextInt(signs.length())));
            }
            FileNameTime.of(name.toString(), NOW);
        }
    }
}
