package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import picup.member.RunningPicup;

/// The product with three providers: `family`, by which people may sign up; `work`, the same one, by which they may not; and `silent`, which takes
/// calls and never answers.
abstract class RunningPicupWithProvider extends RunningPicup {
    static final TestProvider PROVIDER = new TestProvider();
    private static final ServerSocket SILENT = silent();

    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry properties) {
        for (var id : new String[] {"family", "work"}) {
            properties.add("picup.oidc." + id + ".issuer", PROVIDER::issuer);
            properties.add("picup.oidc." + id + ".client-id", () -> TestProvider.CLIENT);
            properties.add("picup.oidc." + id + ".client-secret", () -> TestProvider.SECRET);
        }
        properties.add("picup.oidc.family.sign-up", () -> true);
        properties.add("picup.oidc.family.name", () -> "The family");
        properties.add("picup.oidc.silent.issuer", () -> "http://localhost:" + SILENT.getLocalPort());
        properties.add("picup.oidc.silent.client-id", () -> TestProvider.CLIENT);
    }

    @BeforeEach
    void theProviderIsHonest() {
        PROVIDER.behave();
        PROVIDER.register(callback("family"), callback("work"));
    }

    String callback(String provider) {
        return origin() + "/api/auth/providers/" + provider + "/callback";
    }

    /// A browser whose person is signed in at the provider.
    static Browser browserOf(String person) {
        var browser = new Browser();
        assertThat(browser.submit(PROVIDER.issuer() + "/login", Map.of("username", person, "password", person)).status()).isEqualTo(302);
        return browser;
    }

    /// Where the provider sends the browser.
    String comeBack(Browser browser, String provider, String to) {
        var departure = browser.post(origin() + "/api/auth/provider-sign-ins", Map.of("provider", provider, "to", to));
        assertThat(departure.status()).as(departure.http().body()).isEqualTo(200);
        return answerOf(browser, departure.text("location"));
    }

    String answerOf(Browser browser, String location) {
        var answer = browser.get(location);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(302);
        return answer.header("Location");
    }

    Answer enter(Browser browser, String provider) {
        return browser.get(comeBack(browser, provider, "/"));
    }

    Answer me(Browser browser) {
        return browser.get(origin() + "/api/members/me");
    }
}
