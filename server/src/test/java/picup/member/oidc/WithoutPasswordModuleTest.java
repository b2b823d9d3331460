package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picup.member.Together;

/// Members who came by an account elsewhere and have no password: a session that is new stands in for it.
class WithoutPasswordModuleTest extends RunningPicupWithProvider {
    private static final String PASSWORD = "a sentence of her own";

    @Test
    void aFirstPasswordIsANewWayIn() {
        var browser = entered("ada");

        assertThat(choose(browser, PASSWORD).status()).isEqualTo(204);

        assertThat(waysIn(browser).json().get("password").asBoolean()).isTrue();
        assertThat(signIn("ada", PASSWORD).status()).isEqualTo(201);
        assertThat(me(browser).status()).as("the session goes on").isEqualTo(200);
        assertThat(activity(browser)).contains("password-chosen");
        var account = waysIn(browser).json().get("accounts").get(0).get("id").asString();
        assertThat(browser.delete(origin() + "/api/members/me/accounts/" + account).status()).as("no longer the last way in").isEqualTo(204);
    }

    @Test
    void aSecondOneIsAChangeAndTakesTheFirst() {
        var browser = entered("ada");
        choose(browser, PASSWORD);

        assertThat(choose(browser, "another sentence").code()).isEqualTo("bad-value");
        assertThat(change(browser, "not this one", "another sentence").code()).isEqualTo("bad-credentials");
        assertThat(change(browser, PASSWORD, "another sentence").status()).isEqualTo(204);
        assertThat(signIn("ada", "another sentence").status()).isEqualTo(201);
    }

    @Test
    void theRulesForPasswordsHoldForTheFirst() {
        var browser = entered("ada");

        assertThat(choose(browser, "short").code()).isEqualTo("bad-value");
        assertThat(choose(browser, "password123").code()).isEqualTo("common-password");
        assertThat(waysIn(browser).json().get("password").asBoolean()).isFalse();
    }

    @Test
    void whoFindsADeviceLeftOpenCannotChooseIt() {
        var browser = entered("ada");
        sessionsGrowOld();

        assertThat(choose(browser, PASSWORD).code()).isEqualTo("proof-needed");
        assertThat(change(browser, "no password at all", PASSWORD).code()).isEqualTo("bad-credentials");
        assertThat(waysIn(browser).json().get("password").asBoolean()).isFalse();

        enter(browser, "family");
        assertThat(choose(browser, PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void ofTwoFirstPasswordsAtOnceOneWins() {
        var browser = entered("ada");

        var answers = Together.run(8, which -> (Callable<Answer>) () -> choose(browser, PASSWORD + which));

        assertThat(answers).extracting(answer -> answer.status() == 204 ? "chosen" : answer.code()).containsOnlyOnce("chosen").containsOnly("chosen", "bad-value");
        int winner = answers.stream().map(Answer::status).toList().indexOf(204);
        assertThat(signIn("ada", PASSWORD + winner).status()).isEqualTo(201);
    }

    @Test
    void anAccountWithoutAPasswordIsDeletedByANewSession() {
        var browser = entered("ada");
        sessionsGrowOld();
        assertThat(leave(browser).code()).isEqualTo("proof-needed");
        assertThat(browser.delete(origin() + "/api/members/me", Map.of("password", "any")).code()).isEqualTo("proof-needed");
        assertThat(me(browser).status()).isEqualTo(200);
        enter(browser, "family");

        assertThat(leave(browser).status()).isEqualTo(204);

        assertThat(me(browser).status()).isEqualTo(401);
        assertThat(database.sql("select count(*) from member.account").query(Long.class).single()).isZero();
    }

    @Test
    void whoHasChosenAPasswordLeavesByIt() {
        var browser = entered("ada");
        choose(browser, PASSWORD);

        assertThat(leave(browser).code()).isEqualTo("bad-value");
        assertThat(browser.delete(origin() + "/api/members/me", Map.of("password", PASSWORD)).status()).isEqualTo(204);
    }

    /// A regression test: the missing password was compared with itself, which is no for a database.
    @Test
    void anAdministratorDeletesAnAccountWithoutAPassword() {
        var root = signUp("root").cookie("picup_access");
        var ada = me(entered("ada")).text("id");

        assertThat(send("DELETE", "/api/admin/members/" + ada, null, "Authorization", "Bearer " + root).status()).isEqualTo(204);

        assertThat(database.sql("select username from member.account").query(String.class).list()).containsExactly("root");
    }

    @Test
    void aKeyForAProgramTakesANewSessionToo() {
        var browser = entered("ada");
        var key = Map.of("name", "Frame", "scopes", new String[] {"pictures:read"});
        sessionsGrowOld();
        assertThat(browser.post(origin() + "/api/auth/api-keys", key).code()).isEqualTo("proof-needed");
        enter(browser, "family");

        assertThat(browser.post(origin() + "/api/auth/api-keys", key).status()).isEqualTo(201);
    }

    private Browser entered(String person) {
        var browser = browserOf(person);
        assertThat(enter(browser, "family").header("Location")).isEqualTo("/");
        return browser;
    }

    private void sessionsGrowOld() {
        database.sql("update member.session set created_at = created_at - interval '11 minutes'").update();
    }

    private Answer choose(Browser browser, String password) {
        return browser.put(origin() + "/api/members/me/password", Map.of("newPassword", password));
    }

    private Answer change(Browser browser, String current, String password) {
        return browser.put(origin() + "/api/members/me/password", Map.of("currentPassword", current, "newPassword", password));
    }

    private Answer leave(Browser browser) {
        return browser.delete(origin() + "/api/members/me", Map.of());
    }

    private Answer waysIn(Browser browser) {
        return browser.get(origin() + "/api/members/me/ways-in");
    }

    private String activity(Browser browser) {
        return browser.get(origin() + "/api/members/me/activity").http().body();
    }
}
