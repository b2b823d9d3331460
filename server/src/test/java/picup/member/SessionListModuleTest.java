package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionListModuleTest extends RunningPicup {
    private static final String SESSIONS = "/api/auth/sessions";
    private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    @Test
    void membersSeeWhereTheyAreSignedIn() {
        signUp("ada");
        var start = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        var laptop = signInWith(CHROME).text("accessToken");

        var seen = sessions(laptop);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).get("device").asString()).isEqualTo("Chrome on Linux");
        assertThat(seen.get(0).get("current").asBoolean()).isTrue();
        assertThat(time(seen.get(0), "createdAt")).isEqualTo(time(seen.get(0), "lastSeenAt")).isAfter(start);
        assertThat(time(seen.get(0), "expiresAt")).isEqualTo(time(seen.get(0), "createdAt").plus(Duration.ofDays(60)));
        assertThat(seen.get(1).get("current").asBoolean()).isFalse();
    }

    @Test
    void aDeviceThatSaysNothingReadableHasNoName() {
        signUp("ada");
        var token = signInWith("<b>\u00e4</b>").text("accessToken");

        assertThat(sessions(token).get(0).get("device").isNull()).isTrue();
    }

    @Test
    void aRefreshIsSeenAndKeepsItsPlaceInTheList() {
        signUp("ada");
        var phone = signIn("ada");
        clock.advance(Duration.ofMinutes(5));
        signIn("ada");
        clock.advance(Duration.ofMinutes(5));
        var refreshed = refresh(phone.text("refreshToken")).text("accessToken");

        var seen = sessions(refreshed);

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0).get("current").asBoolean()).isTrue();
        assertThat(Duration.between(time(seen.get(0), "createdAt"), time(seen.get(0), "lastSeenAt"))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatIsOverIsNotShown() {
        signUp("ada");
        clock.advance(Duration.ofDays(59));
        var phone = signIn("ada").text("accessToken");
        assertThat(sessions(phone)).hasSize(2);
        send("DELETE", SESSIONS + "/current", null, bearer(phone));
        clock.advance(Duration.ofDays(1));

        var laptop = signIn("ada").text("accessToken");

        assertThat(sessions(laptop)).hasSize(1);
    }

    @Test
    void aSessionIsEndedFromAnotherDeviceAtOnce() {
        var laptop = signUp("ada").cookie("picup_access");
        var phone = signIn("ada");
        var id = current(phone.text("accessToken"));

        var answer = send("DELETE", SESSIONS + "/" + id, null, bearer(laptop));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).isEmpty();
        assertThat(me(phone.text("accessToken")).code()).isEqualTo("not-signed-in");
        assertThat(refresh(phone.text("refreshToken")).code()).isEqualTo("session-ended");
        assertThat(me(laptop).status()).isEqualTo(200);
        assertThat(sessions(laptop)).hasSize(1);
        assertThat(send("DELETE", SESSIONS + "/" + id, null, bearer(laptop)).code()).isEqualTo("not-found");
    }

    @Test
    void endingTheSessionThatAsksAlsoClearsItsCookies() {
        var browser = signUp("ada").cookieHeader();
        var id = send("GET", SESSIONS, null, "Cookie", browser).json().get("sessions").get(0).get("id").asString();

        var answer = send("DELETE", SESSIONS + "/" + id, null, "Cookie", browser);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).contains("Max-Age=0");
        assertThat(send("GET", SESSIONS, null, "Cookie", browser).status()).isEqualTo(401);
    }

    @Test
    void anotherMembersSessionIsNotFoundAndGoesOn() {
        var ada = signUp("ada").cookie("picup_access");
        var eve = signUp("eve").cookie("picup_access");

        var answer = send("DELETE", SESSIONS + "/" + current(ada), null, bearer(eve));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
        assertThat(send("DELETE", SESSIONS + "/" + UUID.randomUUID(), null, bearer(eve)).text("detail")).isEqualTo(answer.text("detail"));
        assertThat(me(ada).status()).isEqualTo(200);
        assertThat(sessions(eve)).hasSize(1);
    }

    @Test
    void signingOutEverywhereElseLeavesThisSessionAndOtherMembersAlone() {
        var eve = signUp("eve").cookie("picup_access");
        signUp("ada");
        var phone = signIn("ada");
        var laptop = signIn("ada");

        var answer = send("DELETE", SESSIONS, null, bearer(laptop.text("accessToken")));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).isEmpty();
        assertThat(me(phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(phone.text("refreshToken")).status()).isEqualTo(401);
        assertThat(sessions(laptop.text("accessToken"))).hasSize(1);
        assertThat(refresh(laptop.text("refreshToken")).status()).isEqualTo(201);
        assertThat(me(eve).status()).isEqualTo(200);
    }

    @Test
    void signingOutEverywhereEndsThisSessionToo() {
        var phone = signUp("ada").cookie("picup_access");
        var laptop = signIn("ada");

        var answer = send("DELETE", SESSIONS + "?all=true", null, bearer(laptop.text("accessToken")));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).contains("Max-Age=0");
        assertThat(me(phone).status()).isEqualTo(401);
        assertThat(me(laptop.text("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(laptop.text("refreshToken")).status()).isEqualTo(401);
    }

    private Answer signInWith(String userAgent) {
        return send("POST", SESSIONS, Map.of("username", "ada", "password", passwordOf("ada")), "User-Agent", userAgent);
    }

    private JsonNode sessions(String accessToken) {
        return send("GET", SESSIONS, null, bearer(accessToken)).json().get("sessions");
    }

    private String current(String accessToken) {
        return sessions(accessToken).valueStream().filter(session -> session.get("current").asBoolean())
                .findFirst().orElseThrow().get("id").asString();
    }

    private static Instant time(JsonNode session, String field) {
        return Instant.parse(session.get(field).asString());
    }

    private static String[] bearer(String accessToken) {
        return new String[] {"Authorization", "Bearer " + accessToken};
    }
}
