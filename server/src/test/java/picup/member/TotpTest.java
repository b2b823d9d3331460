package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picup.platform.MemberId;
import picup.platform.PicupSettings;

class TotpTest {
    /// The secret of RFC 6238, appendix B.
    private static final Totp RFC = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /// The last six of the appendix's eight digits.
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037", "20000000000,353130"})
    void theCodesAreThoseOfTheStandard(long epochSecond, String code) {
        assertThat(RFC.code(Totp.step(Instant.ofEpochSecond(epochSecond)))).isEqualTo(code);
    }

    @Test
    void aCodeOfThePeriodBeforeOrAfterIsTakenAndNoOther() {
        var now = Instant.ofEpochSecond(1_111_111_111);
        long step = Totp.step(now);
        for (long each = step - 1; each <= step + 1; each++) {
            assertThat(RFC.accept(RFC.code(each), now, 0)).hasValue(each);
        }
        assertThat(RFC.accept(RFC.code(step - 2), now, 0)).isEmpty();
        assertThat(RFC.accept(RFC.code(step + 2), now, 0)).isEmpty();
        assertThat(RFC.accept(RFC.code(step), now, step)).isEmpty();
        assertThat(RFC.accept("050 471", now, 0)).hasValue(step);
        assertThat(RFC.accept("", now, 0)).isEmpty();
    }

    @Test
    void theSecretIsWrittenAsAppsReadIt() {
        assertThat(RFC.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(RFC.uri("Ada & Grace")).isEqualTo("otpauth://totp/Picup:Ada%20%26%20Grace?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Picup");
        assertThat(Totp.random().base32()).hasSize(32).isNotEqualTo(Totp.random().base32());
    }

    @Test
    void whatIsSealedOpensForItsMemberAloneAndWithItsKeyAlone(@TempDir Path data, @TempDir Path elsewhere) {
        var box = new SecretBox(new PicupSettings(data, java.util.Set.of(), null));
        var ada = MemberId.random();
        var secret = "twenty bytes of secret".getBytes(StandardCharsets.US_ASCII);

        var sealed = box.seal(secret, ada);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(box.seal(secret, ada)).isNotEqualTo(sealed);
        assertThat(new SecretBox(new PicupSettings(data, java.util.Set.of(), null)).open(sealed, ada)).isEqualTo(secret);
        assertThatThrownBy(() -> box.open(sealed, MemberId.random())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SecretBox(new PicupSettings(elsewhere, java.util.Set.of(), null)).open(sealed, ada)).hasMessageContaining("second-factor-key");
    }
}
