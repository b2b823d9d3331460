package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsTest {
    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(bound("picup.member", MemberSettings.class, Map.of())).isEqualTo(
                new MemberSettings(Duration.ofMinutes(10), Duration.ofDays(60), Duration.ofSeconds(10), 100));
        assertThat(bound("picup.sign-in", SignInSettings.class, Map.of())).isEqualTo(
                new SignInSettings(Runtime.getRuntime().availableProcessors(), 128, 10, Duration.ofSeconds(30), 50, Duration.ofSeconds(6)));
        assertThat(bound("picup", SignUpSettings.class, Map.of())).isEqualTo(new SignUpSettings(SignUpMode.INVITATION));
    }

    @ParameterizedTest
    @CsvSource({"open,OPEN", "invitation,INVITATION", "closed,CLOSED"})
    void theSignUpIsSetByOneVariable(String value, SignUpMode mode) {
        var variables = new SystemEnvironmentPropertySource("systemEnvironment", Map.of("PICUP_SIGN_UP", value));

        assertThat(new Binder(ConfigurationPropertySources.from(variables)).bindOrCreate("picup", SignUpSettings.class).signUp()).isEqualTo(mode);
    }

    @Test
    void aSignUpThatIsNoneIsRefused() {
        assertThatThrownBy(() -> bound("picup", SignUpSettings.class, Map.of("picup.sign-up", "ajar")))
                .rootCause().hasMessageContaining("ajar");
    }

    @ParameterizedTest
    @CsvSource({"access-token-lifetime,1h", "access-token-lifetime,5s", "session-lifetime,5m", "rotation-grace,2m", "rotation-grace,-1s",
            "sessions-per-member,0"})
    void aBadMemberSettingIsNamed(String name, String value) {
        assertThatThrownBy(() -> bound("picup.member", MemberSettings.class, Map.of("picup.member." + name, value)))
                .rootCause().hasMessageStartingWith("picup.member." + name);
    }

    @ParameterizedTest
    @CsvSource({"hashing-threads,-1", "hashing-queue,0", "attempts-per-account,0", "attempts-per-address,0", "account-refill,0s",
            "address-refill,-1s"})
    void aBadSignInSettingIsNamed(String name, String value) {
        assertThatThrownBy(() -> bound("picup.sign-in", SignInSettings.class, Map.of("picup.sign-in." + name, value)))
                .rootCause().hasMessageStartingWith("picup.sign-in." + name);
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
