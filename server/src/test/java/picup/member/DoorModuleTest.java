package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the filters let in, on the running product. [picup.platform.security] has the finer cases.
class DoorModuleTest extends RunningPicup {
    @ParameterizedTest
    @CsvSource({"GET,/api/members/me", "GET,/api/nothing", "POST,/api/auth/sessions/current", "DELETE,/api/auth/sessions/current",
            "GET,/api", "GET,/api/members", "PUT,/api/members"})
    void theInterfaceNeedsASession(String method, String path) {
        var answer = send(method, path, null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("not-signed-in");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PROPFIND,/api/members/me", "GET,/api/../api/members/me", "GET,//api/members/me", "GET,/api;/members/me"})
    void anOddRequestIsRefusedPolitely(String method, String path) {
        var answer = send(method, path, null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad-request");
    }

    @Test
    void healthIsForEverybody() {
        assertThat(send("GET", "/health/live", null).status()).isEqualTo(200);
    }

    @Test
    void aPageThatIsNotThereIsNotAQuestionOfRights() {
        assertThat(send("GET", "/nothing.txt", null).status()).isEqualTo(404);
    }

    @Test
    void aCookieThatHasRunOutDoesNotCloseWhatIsOpen() {
        assertThat(send("GET", "/health/live", null, "Cookie", "picup_access=nonsense").status()).isEqualTo(200);
    }

    @Test
    void nothingOutsideTheInterfaceCanBeWritten() {
        assertThat(send("POST", "/health/live", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void aBadBearerTokenDoesNotFallBackToTheCookie() {
        var cookies = signUp("ada").cookieHeader();

        var answer = send("GET", "/api/members/me", null, "Cookie", cookies, "Authorization", "Bearer nonsense");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void anotherSiteMayNotActThroughTheCookie() {
        var cookies = signUp("ada").cookieHeader();

        var answer = send("PATCH", "/api/members/me", Map.of("displayName", "Mallory"),
                "Cookie", cookies, "Sec-Fetch-Site", "cross-site");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("cross-site");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(send("PATCH", "/api/members/me", Map.of("displayName", "Ada"),
                "Cookie", cookies, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
    }

    @Test
    void anotherSiteMayNotSignAVisitorUpOrIn() {
        for (var path : new String[] {"/api/members", "/api/auth/sessions", "/api/auth/sessions/refresh"}) {
            var answer = send("POST", path, Map.of("username", "mallory", "password", "correct horse"), "Origin", "http://evil.example");
            assertThat(answer.code()).isEqualTo("cross-site");
        }
        assertThat(send("POST", "/api/members", Map.of("username", "ada", "password", "correct horse"), "Origin", origin()).status())
                .isEqualTo(201);
    }

    @Test
    void everyAnswerCarriesTheHeadersThatHoldABrowserBack() {
        var open = send("GET", "/health/live", null);
        var refused = send("GET", "/api/members/me", null);

        for (var answer : new Answer[] {open, refused}) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Permissions-Policy")).contains("camera=()");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
        assertThat(refused.header("Cache-Control")).contains("no-store");
        assertThat(open.header("Cache-Control")).isEmpty();
    }
}
