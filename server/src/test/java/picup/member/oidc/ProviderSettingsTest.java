package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ProviderSettingsTest {
    private static final Map<String, Object> GOOD = Map.of("picup.oidc.home.issuer", "https://id.example", "picup.oidc.home.client-id", "picup");

    @TempDir
    Path folder;

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(bound(GOOD).settings("home")).isEqualTo(
                new ProviderSettings(URI.create("https://id.example"), "picup", null, null, null, false, List.of("openid", "profile")));
        assertThat(bound(GOOD).all()).containsExactly(new Providers.Provider("home", "home"));
        assertThat(bound(Map.of()).all()).isEmpty();
    }

    @Test
    void theEnvironmentIsEnough() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(
                        "PICUP_OIDC_HOME_ISSUER", "https://id.example", "PICUP_OIDC_HOME_CLIENT_ID", "picup", "PICUP_OIDC_HOME_CLIENT_SECRET", "s3cret",
                        "PICUP_OIDC_HOME_NAME", "Home", "PICUP_OIDC_HOME_SIGN_UP", "yes")));

        var home = new OidcConfiguration().oidcProviders(environment).settings("home");

        assertThat(home).isEqualTo(new ProviderSettings(URI.create("https://id.example"), "picup", "s3cret", null, "Home", true, List.of("openid", "profile")));
        assertThat(home.toString()).doesNotContain("s3cret");
    }

    @Test
    void aSecretInAFileIsReadEachTime() throws IOException {
        var file = folder.resolve("secret");
        Files.writeString(file, "first\n");
        var settings = bound(with("client-secret-file", file.toString())).settings("home");
        assertThat(settings.secret()).contains("first");

        Files.writeString(file, "second\n");

        assertThat(settings.secret()).contains("second");
    }

    @ParameterizedTest
    @CsvSource({"issuer,http://id.example", "issuer,id.example", "issuer,https://id.example?x=1", "client-id,''", "scopes,profile"})
    void aBadSettingIsNamed(String name, String value) {
        assertThatThrownBy(() -> bound(with(name, value))).rootCause().hasMessageStartingWith("picup.oidc.<id>." + name);
    }

    @Test
    void whatIsUnknownOrTooMuchStopsTheStart() {
        assertThatThrownBy(() -> bound(with("client-secrets", "x"))).hasStackTraceContaining("client-secrets");
        assertThatThrownBy(() -> bound(Map.of("picup.oidc.Home!.issuer", "https://id.example"))).isInstanceOf(RuntimeException.class);
        var both = new HashMap<>(with("client-secret", "x"));
        both.put("picup.oidc.home.client-secret-file", "/x");
        assertThatThrownBy(() -> bound(both)).rootCause().hasMessageContaining("client-secret-file");
    }

    private static Map<String, Object> with(String name, String value) {
        var values = new HashMap<>(GOOD);
        values.put("picup.oidc.home." + name, value);
        return values;
    }

    private static Providers bound(Map<String, Object> values) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", values));
        return new OidcConfiguration().oidcProviders(environment);
    }
}
