package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import picup.platform.security.AccessTokens;
import picup.platform.security.EndedSessions;
import picup.platform.security.KeyFolder;

class SessionModuleTest extends RunningPicup {
    @Autowired
    Sessions sessions;

    @Autowired
    KeyFolder keys;

    @Test
    void theRightPasswordOpensASession() {
        signUp("ada");

        var answer = signIn("ADA", passwordOf("ada"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Instant.parse(answer.text("expiresAt")))
                .isBetween(clock.instant().plus(Duration.ofSeconds(599)), clock.instant().plus(Duration.ofSeconds(600)));
        assertThat(me(answer.text("accessToken")).text("username")).isEqualTo("ada");
    }

    @Test
    void aWrongPasswordAndAnUnknownNameGetTheSameAnswerForTheSameWork() {
        signUp("ada");

        int before = encoder.operations();
        var wrong = signIn("ada", "not the password");
        int forWrong = encoder.operations() - before;
        var unknown = signIn("nobody", "not the password");
        int forUnknown = encoder.operations() - before - forWrong;

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("bad-credentials");
        assertThat(unknown.json()).isEqualTo(wrong.json());
        assertThat(forUnknown).isEqualTo(forWrong).isEqualTo(1);
    }

    @Test
    void theCookiesAreOutOfReachOfScriptsAndOtherSites() {
        var answer = signUp("ada");

        assertThat(answer.setCookie("picup_access")).contains("; HttpOnly", "; SameSite=Lax", "; Path=/;", "; Max-Age=600;")
                .doesNotContain("Secure", "Domain");
        assertThat(answer.setCookie("picup_refresh")).contains("; HttpOnly", "; SameSite=Lax", "; Path=/api/auth;", "; Max-Age=5184000;")
                .doesNotContain("Secure", "Domain");
    }

    @Test
    void theCookiesAreSecureWhenTheRequestIs() {
        signUp("ada");

        var answer = send("POST", "/api/auth/sessions", Map.of("username", "ada", "password", passwordOf("ada")),
                "X-Forwarded-Proto", "https");

        assertThat(answer.setCookie("picup_access")).contains("; Secure");
        assertThat(answer.setCookie("picup_refresh")).contains("; Secure");
    }

    @Test
    void anAccessTokenRunsOutAndTheCookieOfTheBrowserIsRefreshed() {
        var answer = signUp("ada");
        clock.advance(Duration.ofMinutes(10));
        assertThat(send("GET", "/api/members/me", null, "Cookie", answer.cookieHeader()).code()).isEqualTo("not-signed-in");

        var refreshed = send("POST", "/api/auth/sessions/refresh", null, "Cookie", answer.cookieHeader());

        assertThat(refreshed.status()).isEqualTo(201);
        assertThat(refreshed.cookie("picup_refresh")).isNotEqualTo(answer.cookie("picup_refresh"));
        assertThat(send("GET", "/api/members/me", null, "Cookie", refreshed.cookieHeader()).text("username")).isEqualTo("ada");
    }

    @Test
    void aRefreshTokenLeadsToTheNext() {
        signUp("ada");
        var token = signIn("ada").text("refreshToken");
        for (int rotation = 0; rotation < 3; rotation++) {
            clock.advance(Duration.ofDays(59));
            token = refresh(token).text("refreshToken");
        }
        assertThat(me(refresh(token).text("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void aReplayedRefreshTokenEndsTheSessionForBoth() {
        signUp("ada");
        var stolen = signIn("ada").text("refreshToken");
        var owners = refresh(stolen);
        clock.advance(Duration.ofSeconds(11));

        var thief = refresh(stolen);

        assertThat(thief.status()).isEqualTo(401);
        assertThat(thief.code()).isEqualTo("session-ended");
        assertThat(refresh(owners.text("refreshToken")).code()).isEqualTo("session-ended");
        assertThat(me(owners.text("accessToken")).code()).isEqualTo("not-signed-in");
    }

    @Test
    void aReplayFromTwoRotationsAgoIsNoTwin() {
        signUp("ada");
        var first = signIn("ada").text("refreshToken");
        var third = refresh(refresh(first).text("refreshToken")).text("refreshToken");

        assertThat(refresh(first).code()).isEqualTo("session-ended");
        assertThat(refresh(third).code()).isEqualTo("session-ended");
    }

    @Test
    void twoTabsThatRefreshAtOnceGetTheSameSuccessor() {
        signUp("ada");
        var token = signIn("ada").text("refreshToken");

        var answers = Together.run(8, _ -> () -> refresh(token));

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers).extracting(answer -> answer.text("refreshToken")).containsOnly(answers.getFirst().text("refreshToken"));
        clock.advance(Duration.ofMinutes(10));
        assertThat(refresh(answers.getFirst().text("refreshToken")).status()).isEqualTo(201);
    }

    @Test
    void anInventedSecretOfAnotherFamilyHarmsNobody() {
        signUp("ada");
        var token = signIn("ada").text("refreshToken");

        assertThat(refresh(RefreshToken.random().text()).code()).isEqualTo("session-ended");
        assertThat(refresh("nonsense").code()).isEqualTo("session-ended");
        assertThat(refresh(token).status()).isEqualTo(201);
    }

    @Test
    void aSessionThatWasAwayTooLongHasEnded() {
        signUp("ada");
        var token = signIn("ada").text("refreshToken");
        clock.advance(Duration.ofDays(60));

        assertThat(refresh(token).code()).isEqualTo("session-ended");
    }

    @Test
    void withoutAnyRefreshTokenThereIsNothingToRefresh() {
        assertThat(send("POST", "/api/auth/sessions/refresh", null).code()).isEqualTo("not-signed-in");
    }

    @Test
    void signOutEndsThisSessionAtOnceAndNoOther() {
        signUp("ada");
        var phone = signIn("ada");
        var laptop = signIn("ada");

        var answer = send("DELETE", "/api/auth/sessions/current", null, "Cookie", phone.cookieHeader());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).contains("picup_access=;", "Max-Age=0", "Path=/;");
        assertThat(answer.setCookie("picup_refresh")).contains("picup_refresh=;", "Max-Age=0", "Path=/api/auth;");
        assertThat(me(phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(phone.text("refreshToken")).status()).isEqualTo(401);
        assertThat(me(laptop.text("accessToken")).status()).isEqualTo(200);
        assertThat(refresh(laptop.text("refreshToken")).status()).isEqualTo(201);
    }

    @Test
    void aSignOutOutlivesARestart() throws Exception {
        var token = signUp("ada").cookie("picup_access");
        send("DELETE", "/api/auth/sessions/current", null, "Authorization", "Bearer " + token);

        var afterRestart = new EndedSessions();
        new MemberConfiguration().recallEndedSessions(sessions, afterRestart, clock).run(new DefaultApplicationArguments());

        assertThat(new AccessTokens(keys, afterRestart, clock).verify(token)).isEmpty();
        assertThat(new AccessTokens(keys, new EndedSessions(), clock).verify(token)).isPresent();
    }

    @Test
    void theSessionThatWasAwayLongestMakesRoom() {
        signUp("ada");
        var first = signIn("ada").text("refreshToken");
        for (int more = 0; more < 99; more++) {
            clock.advance(Duration.ofSeconds(1));
            signIn("ada");
        }
        var stillThere = refresh(first);
        clock.advance(Duration.ofSeconds(1));

        signIn("ada");

        assertThat(database.sql("select count(*) from member.session").query(Long.class).single()).isEqualTo(100);
        assertThat(refresh(stillThere.text("refreshToken")).status()).isEqualTo(201);
    }

    @Test
    void sessionsThatHaveEndedTakeNoRoomFromThoseThatAreOpen() {
        signUp("ada");
        var phone = signIn("ada").text("refreshToken");
        for (int more = 0; more < 100; more++) {
            clock.advance(Duration.ofSeconds(1));
            send("DELETE", "/api/auth/sessions/current", null, "Authorization", "Bearer " + signIn("ada").text("accessToken"));
        }

        assertThat(refresh(phone).status()).isEqualTo(201);
    }

    @Test
    void aTokenWhoseAccountHasGoneIsNobodys() {
        var token = signUp("ada").cookie("picup_access");
        database.sql("delete from member.account").update();

        assertThat(me(token).code()).isEqualTo("session-ended");
    }

    @Test
    void membersChooseTheirDisplayName() {
        var token = signUp("ada").cookie("picup_access");

        var answer = send("PATCH", "/api/members/me", Map.of("displayName", "  Countess 👩‍💻 "), "Authorization", "Bearer " + token);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(me(token).text("displayName")).isEqualTo("Countess 👩‍💻");
        assertThat(send("PATCH", "/api/members/me", Map.of(), "Authorization", "Bearer " + token).code()).isEqualTo("bad-value");
    }

    @Test
    void theDatabaseHoldsNoTokenInClear() {
        signUp("ada");
        var token = RefreshToken.parse(signIn("ada").text("refreshToken")).orElseThrow();

        var rows = database.sql("select session::text from member.session session").query(String.class).list().toString();

        assertThat(rows).doesNotContain(token.secret(), token.family());
    }

    @Test
    void guessingIsSlowedDownWithoutLockingTheOwnerOut() {
        signUp("ada");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(signInFrom("203.0.113.7", "ada", "guess " + guess).status()).isEqualTo(401);
        }

        var refused = signInFrom("203.0.113.7", "ada", passwordOf("ada"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too-many-attempts");
        assertThat(refused.json().get("retryAfterSeconds").asInt()).isEqualTo(30);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(signInFrom("198.51.100.1", "ada", passwordOf("ada")).status()).isEqualTo(201);
        clock.advance(Duration.ofSeconds(30));
        assertThat(signInFrom("203.0.113.7", "ada", passwordOf("ada")).status()).isEqualTo(201);
    }

    private Answer signInFrom(String address, String username, String password) {
        return send("POST", "/api/auth/sessions", Map.of("username", username, "password", password), "X-Forwarded-For", address);
    }

    @Test
    void thePageSaysWhatTheAppAsksFirstToWhoHasASession() {
        var ada = signUp("ada");
        assertThat(ada.setCookie("picup_here")).as("for the app to read").startsWith("picup_here=yes;").doesNotContain("HttpOnly");
        assertThat(ada.setCookie("picup_access")).contains("HttpOnly");

        var page = send("GET", "/albums", null, "Accept", "text/html", "Cookie", ada.cookieHeader());
        assertThat(page.header("Link")).contains("</api/members/me>; rel=preload", "</api/timeline>; rel=preload", "</api/timeline/latest>; rel=preload");
        var id = "01a21a6b-cf3b-7000-a0ca-babede27cef2";
        assertThat(send("GET", "/picture/" + id, null, "Accept", "text/html", "Cookie", ada.cookieHeader()).header("Link")).contains("</api/timeline>; rel=preload", "</api/pictures/" + id + ">; rel=preload");
        assertThat(send("GET", "/albums", null, "Accept", "text/html").header("Link")).as("to a stranger").isEmpty();
        assertThat(send("GET", "/favicon.svg", null, "Accept", "image/*", "Cookie", ada.cookieHeader()).header("Link")).isEmpty();
        assertThat(send("GET", "/api/members/me", null, "Accept", "text/html", "Cookie", ada.cookieHeader()).header("Link")).isEmpty();

        var bye = send("DELETE", "/api/auth/sessions/current", null, "Cookie", ada.cookieHeader());
        assertThat(bye.setCookie("picup_here")).contains("Max-Age=0");
    }
}
