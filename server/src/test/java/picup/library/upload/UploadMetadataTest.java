package picup.library.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picup.platform.BadValue;
import picup.platform.ProblemException;

class UploadMetadataTest {
    private static String value(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhatTheClientSays() {
        var metadata = UploadMetadata.parse("filename " + value("여름, 2008.jpg") + ", folder " + value("a/b") + ",force " + value("true") + ",bulk,takenAt "
                + value("2008-10-22T16:28:39+02:00") + ",sha256 " + value("AB".repeat(32)) + ",source " + value("phone"));
        assertThat(metadata.words().fileName()).isEqualTo("여름, 2008.jpg");
        assertThat(metadata.words().folder()).isEqualTo("a/b");
        assertThat(metadata.words().source()).isEqualTo("phone");
        assertThat(metadata.words().takenAt().offsetSeconds()).isEqualTo(7200);
        assertThat(metadata.sha256().hex()).isEqualTo("ab".repeat(32));
        assertThat(metadata.force()).isTrue();
        assertThat(metadata.bulk()).isFalse();
    }

    @Test
    void nothingSaysNothing() {
        assertThat(UploadMetadata.parse(null)).isEqualTo(UploadMetadata.parse(" "));
        assertThat(UploadMetadata.parse("").sha256()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ?", "a YQ=", "a YQ==,a YQ==", ",", "a YQ==,,b YQ==", "a b c", "a /w==", "a 7aCA", "ü YQ==", "sha256 YQ==", "takenAt YQ=="})
    void whatIsHostileIsRefused(String header) {
        assertThatThrownBy(() -> UploadMetadata.parse(header)).isInstanceOfAny(ProblemException.class, BadValue.class);
    }

    @Test
    void paddingMayBeMissing() {
        assertThat(UploadMetadata.parse("filename YQ").words().fileName()).isEqualTo("a");
    }

    @Test
    void thereIsALimitForEverything() {
        assertThatThrownBy(() -> UploadMetadata.parse("a " + value("x".repeat(7000)))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> UploadMetadata.parse(IntStream.range(0, 33).mapToObj(i -> "k" + i).collect(Collectors.joining(",")))).isInstanceOf(ProblemException.class);
    }

    @Test
    void noTextMakesItFailOtherwise() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(60), 0, 10).mapToObj(at -> "aQ=, filename /\u00e9".substring(at, at + 1)).collect(Collectors.joining());
            try {
                UploadMetadata.parse(text);
            } catch (ProblemException | BadValue expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }
}
