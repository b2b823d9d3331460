package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PasswordModuleTest extends RunningPicup {
    private static final String NEW = "another good password";

    @Test
    void aChangeLetsInWhoKnowsTheNewPasswordAndNobodyElse() {
        var token = signUp("ada").cookie("picup_access");

        var answer = change(token, passwordOf("ada"), NEW);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(signIn("ada", passwordOf("ada")).code()).isEqualTo("bad-credentials");
        assertThat(signIn("ada", NEW).status()).isEqualTo(201);
    }

    @Test
    void aChangeEndsEveryOtherSessionAtOnceButNotThisOne() {
        var eve = signUp("eve").cookie("picup_access");
        signUp("ada");
        var phone = signIn("ada");
        var laptop = signIn("ada");

        change(laptop.text("accessToken"), passwordOf("ada"), NEW);

        assertThat(me(phone.text("accessToken")).code()).isEqualTo("not-signed-in");
        assertThat(refresh(phone.text("refreshToken")).code()).isEqualTo("session-ended");
        assertThat(me(laptop.text("accessToken")).status()).isEqualTo(200);
        assertThat(refresh(laptop.text("refreshToken")).status()).isEqualTo(201);
        assertThat(me(eve).status()).isEqualTo(200);
    }

    @Test
    void theWrongCurrentPasswordChangesNothing() {
        var phone = signUp("ada").cookie("picup_access");
        var laptop = signIn("ada").text("accessToken");

        var answer = change(laptop, "not the password", NEW);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("bad-credentials");
        assertThat(me(phone).status()).isEqualTo(200);
        assertThat(signIn("ada").status()).isEqualTo(201);
    }

    @Test
    void aNewPasswordMustBeLongEnoughAndBothMustBeThere() {
        var token = signUp("ada").cookie("picup_access");

        assertThat(change(token, passwordOf("ada"), "1234567").code()).isEqualTo("bad-value");
        assertThat(put(token, Map.of("newPassword", NEW)).code()).isEqualTo("bad-value");
        assertThat(put(token, Map.of("currentPassword", passwordOf("ada"))).code()).isEqualTo("bad-value");
        assertThat(signIn("ada").status()).isEqualTo(201);
    }

    @Test
    void guessingFromAnOpenSessionIsSlowedDownLikeSignIn() {
        var token = signUp("ada").cookie("picup_access");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(change(token, "guess " + guess, NEW).status()).isEqualTo(401);
        }

        var refused = change(token, passwordOf("ada"), NEW);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too-many-attempts");
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(signIn("ada").status()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(30));
        assertThat(change(token, passwordOf("ada"), NEW).status()).isEqualTo(204);
    }

    @Test
    void aSignInThatCheckedTheOldPasswordOpensNothingAfterTheChange() {
        signUp("ada");
        encoder.afterNextMatch(() -> database.sql("update member.account set password_hash = 'changed meanwhile'").update());

        assertThat(signIn("ada").code()).isEqualTo("bad-credentials");
        assertThat(database.sql("select count(*) from member.session").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void ofTwoChangesAtOnceOneWins() {
        var token = signUp("ada").cookie("picup_access");

        var answers = Together.run(4, attempt -> () -> change(token, passwordOf("ada"), NEW + attempt));

        assertThat(answers).extracting(Answer::status).containsOnly(204, 401);
        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    }

    @Test
    void anAccountThatHasGoneHasNoPassword() {
        var token = signUp("ada").cookie("picup_access");
        database.sql("delete from member.account").update();

        assertThat(change(token, passwordOf("ada"), NEW).code()).isEqualTo("session-ended");
    }

    private Answer change(String accessToken, String currentPassword, String newPassword) {
        return put(accessToken, Map.of("currentPassword", currentPassword, "newPassword", newPassword));
    }

    private Answer put(String accessToken, Map<String, String> body) {
        return send("PUT", "/api/members/me/password", body, "Authorization", "Bearer " + accessToken);
    }
}
