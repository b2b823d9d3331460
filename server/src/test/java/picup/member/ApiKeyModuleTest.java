package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.platform.security.AccessTokens;
import picup.platform.security.EndedSessions;
import picup.platform.security.KeyFolder;
import picup.platform.PicupSettings;

class ApiKeyModuleTest extends RunningPicup {
    @Autowired
    ApiKeys keys;

    @Autowired
    PicupSettings picup;

    @Test
    void aKeyLetsAProgramInWithinItsScopes() {
        var made = make(signUp("ada").cookieHeader(), List.of("account:read", "albums:read"), null);
        assertThat(made.status()).isEqualTo(201);
        var key = made.text("secret");

        assertThat(key).matches("picup_[A-Za-z0-9_-]{43}");
        assertThat(by(key, "GET", "/api/members/me").text("username")).isEqualTo("ada");
        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(200);
        assertThat(by(key, "HEAD", "/api/albums").status()).isEqualTo(200);
        var refused = by(key, "GET", "/api/pictures");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("scope-missing");
        assertThat(refused.text("scope")).isEqualTo("pictures:read");
        assertThat(send("POST", "/api/albums", Map.of("name", "Trip"), bearer(key)).text("scope")).isEqualTo("albums:write");
    }

    @Test
    void whoFindsADeviceLeftOpenMakesNoKey() {
        var cookies = signUp("ada").cookieHeader();
        database.sql("update member.session set created_at = created_at - interval '11 minutes'").update();

        assertThat(make(cookies, List.of("account:read"), null).code()).isEqualTo("proof-needed");

        send("PUT", "/api/auth/sessions/current/proof", Map.of("password", passwordOf("ada")), "Cookie", cookies);
        assertThat(make(cookies, List.of("account:read"), null).status()).isEqualTo(201);
    }

    /// A regression test for a known defect of such systems.
    @Test
    void aKeyCannotRaiseItsOwnScopeNorThatOfATokenMadeOfIt() {
        var cookies = signUp("ada").cookieHeader();
        var made = make(cookies, List.of("account:read"), null);
        var all = Map.of("name", "more", "scopes", List.of("account:read", "pictures:read", "pictures:write", "albums:read", "albums:write"));
        var id = made.json().get("key").get("id").asString();

        for (var credential : new String[] {made.text("secret"), exchange(made.text("secret")).text("accessToken")}) {
            assertThat(send("POST", "/api/auth/api-keys", all, bearer(credential)).code()).isEqualTo("scope-missing");
            for (var method : new String[] {"PUT", "PATCH", "POST", "DELETE"}) {
                assertThat(send(method, "/api/auth/api-keys/" + id, all, bearer(credential)).code()).isEqualTo("scope-missing");
            }
            assertThat(by(credential, "GET", "/api/auth/api-keys").code()).isEqualTo("scope-missing");
            assertThat(send("PUT", "/api/members/me/password", Map.of("currentPassword", passwordOf("ada"), "newPassword", "another password"),
                    bearer(credential)).code()).isEqualTo("scope-missing");
            assertThat(by(credential, "DELETE", "/api/auth/sessions?all=true").code()).isEqualTo("scope-missing");
            assertThat(send("PATCH", "/api/members/me", Map.of("displayName", "Mallory"), bearer(credential)).code()).isEqualTo("scope-missing");
            // ada administers, her key does not
            assertThat(send("POST", "/api/admin/invitations", Map.of(), bearer(credential)).code()).isEqualTo("not-found");
            assertThat(by(credential, "GET", "/api/pictures").code()).isEqualTo("scope-missing");
        }
        var widened = send("POST", "/api/auth/access-tokens", Map.of("apiKey", made.text("secret"), "scopes", all.get("scopes"), "scope", "pictures:read"));
        assertThat(by(widened.text("accessToken"), "GET", "/api/pictures").code()).isEqualTo("scope-missing");
        assertThat(list(cookies).json().get("keys")).hasSize(1);
    }

    @Test
    void aKeyIsExchangedForATokenThatEveryRoleVerifiesByItself() {
        var key = make(signUp("ada").cookieHeader(), List.of("albums:read", "albums:write"), null).text("secret");

        var token = exchange(key);

        assertThat(token.status()).isEqualTo(201);
        assertThat(Instant.parse(token.text("expiresAt"))).isBefore(clock.instant().plus(Duration.ofMinutes(11)));
        assertThat(send("POST", "/api/albums", Map.of("name", "Trip"), bearer(token.text("accessToken"))).status()).isEqualTo(201);
        var elsewhere = new AccessTokens(new KeyFolder(picup.secrets().resolve("access-token-keys")), new EndedSessions(), clock);
        assertThat(elsewhere.verify(token.text("accessToken"))).hasValueSatisfying(signedIn -> {
            assertThat(signedIn.administrator()).isFalse();
            assertThat(signedIn.scopes()).hasSize(2);
        });
        clock.advance(Duration.ofMinutes(10));
        assertThat(by(token.text("accessToken"), "GET", "/api/albums").status()).isEqualTo(401);
        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyAndItsTokensStopAtOnce() {
        var cookies = signUp("ada").cookieHeader();
        var made = make(cookies, List.of("albums:read"), null);
        var token = exchange(made.text("secret")).text("accessToken");
        var path = "/api/auth/api-keys/" + made.json().get("key").get("id").asString();

        assertThat(send("DELETE", path, null, "Cookie", cookies).status()).isEqualTo(204);

        assertThat(by(made.text("secret"), "GET", "/api/albums").code()).isEqualTo("not-signed-in");
        assertThat(by(token, "GET", "/api/albums").code()).isEqualTo("not-signed-in");
        assertThat(exchange(made.text("secret")).code()).isEqualTo("bad-credentials");
        assertThat(send("DELETE", path, null, "Cookie", cookies).status()).isEqualTo(404);
        assertThat(list(cookies).json().get("keys")).isEmpty();
        // what a restart would know
        var recalled = new EndedSessions();
        keys.revokedAfter(clock.instant().minus(EndedSessions.REMEMBERED)).forEach(recalled::add);
        var afterRestart = new AccessTokens(new KeyFolder(picup.secrets().resolve("access-token-keys")), recalled, clock);
        assertThat(afterRestart.verify(token)).isEmpty();
    }

    @Test
    void aKeyOfSomebodyElseIsNotFound() {
        var made = make(signUp("ada").cookieHeader(), List.of("albums:read"), null);
        var grace = signUp("grace").cookieHeader();

        assertThat(send("DELETE", "/api/auth/api-keys/" + made.json().get("key").get("id").asString(), null, "Cookie", grace).status()).isEqualTo(404);
        assertThat(list(grace).json().get("keys")).isEmpty();
        assertThat(by(made.text("secret"), "GET", "/api/albums").status()).isEqualTo(200);
    }

    @Test
    void aKeyRunsOut() {
        var key = make(signUp("ada").cookieHeader(), List.of("albums:read"), 30).text("secret");
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));

        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(401);
        assertThat(exchange(key).status()).isEqualTo(401);
    }

    @Test
    void aKeyIsToldOnceAndKeptAsAHash() {
        var cookies = signUp("ada").cookieHeader();
        var secret = make(cookies, List.of("albums:read"), null).text("secret");

        var listed = list(cookies);

        assertThat(listed.http().body()).doesNotContain(secret);
        assertThat(listed.json().get("keys").get(0).get("hint").asString()).hasSize(10).isSubstringOf(secret);
        assertThat(database.sql("select api_key::text from member.api_key").query(String.class).single()).doesNotContain(secret);
    }

    @Test
    void theLastUseIsWrittenOnceAnHour() {
        var cookies = signUp("ada").cookieHeader();
        var key = make(cookies, List.of("albums:read"), null).text("secret");
        assertThat(lastUse()).isNull();

        by(key, "GET", "/api/albums");
        var first = lastUse();
        clock.advance(Duration.ofMinutes(59));
        by(key, "GET", "/api/albums");
        assertThat(lastUse()).isNotNull().isEqualTo(first);

        clock.advance(Duration.ofMinutes(1));
        by(key, "GET", "/api/albums");
        assertThat(lastUse()).isNotEqualTo(first);
    }

    @Test
    void aKeyInACookieIsNone() {
        var key = make(signUp("ada").cookieHeader(), List.of("account:read"), null).text("secret");

        assertThat(send("GET", "/api/members/me", null, "Cookie", "picup_access=" + key).status()).isEqualTo(401);
        assertThat(by("picup_" + "x".repeat(43), "GET", "/api/members/me").status()).isEqualTo(401);
    }

    @Test
    void badKeysAreRefusedWithAReason() {
        var cookies = signUp("ada").cookieHeader();

        assertThat(make(cookies, List.of(), null).code()).isEqualTo("bad-value");
        var unknown = make(cookies, List.of("keys:write"), null);
        assertThat(unknown.code()).isEqualTo("bad-value");
        assertThat(unknown.text("detail")).contains("pictures:read");
        assertThat(make(cookies, List.of("albums:read"), 0).code()).isEqualTo("bad-value");
        assertThat(send("POST", "/api/auth/api-keys", Map.of("name", " ", "scopes", List.of("albums:read")), "Cookie", cookies).code()).isEqualTo("bad-value");
        assertThat(send("POST", "/api/auth/api-keys", Map.of("name", "x"), "Cookie", cookies).code()).isEqualTo("bad-value");
        assertThat(list(cookies).json().get("keys")).isEmpty();
    }

    @Test
    void theKeysOfAnAccountGoWithIt() {
        var ada = signUp("ada");
        var key = make(ada.cookieHeader(), List.of("albums:read"), null).text("secret");

        database.sql("delete from member.account where id = :id").param("id", UUID.fromString(ada.text("id"))).update();

        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(401);
    }

    /// A regression test: the sessions of a suspended member end, and a key must not outlive them.
    @Test
    void theKeysOfASuspendedMemberAreShutOutUntilTheAccountIsOpenAgain() {
        var ada = signUp("ada").cookieHeader();
        var grace = signUp("grace");
        var key = make(grace.cookieHeader(), List.of("albums:read"), null).text("secret");
        var suspension = "/api/admin/members/" + grace.text("id") + "/suspension";
        assertThat(send("PUT", suspension, null, "Cookie", ada).status()).isBetween(200, 204);

        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(401);
        assertThat(exchange(key).status()).isEqualTo(401);

        assertThat(send("DELETE", suspension, null, "Cookie", ada).status()).isBetween(200, 204);
        assertThat(by(key, "GET", "/api/albums").status()).isEqualTo(200);
    }

    @Test
    void theAuditLogTellsWhichKeysWereMadeAndRevokedAndNotTheirSecrets() {
        var cookies = signUp("ada").cookieHeader();
        var made = make(cookies, List.of("albums:read"), null);
        send("DELETE", "/api/auth/api-keys/" + made.json().get("key").get("id").asString(), null, "Cookie", cookies);

        var told = send("GET", "/api/admin/audit", null, "Cookie", cookies).http().body();

        assertThat(told).contains("api-key-made", "a program", "api-key-revoked").doesNotContain(made.text("secret"));
    }

    private @Nullable Object lastUse() {
        return database.sql("select last_used_at from member.api_key").query().singleRow().get("last_used_at");
    }

    private Answer make(String cookies, List<String> scopes, @Nullable Integer days) {
        var body = new HashMap<String, Object>(Map.of("name", "a program", "scopes", scopes));
        body.put("days", days);
        return send("POST", "/api/auth/api-keys", body, "Cookie", cookies);
    }

    private Answer list(String cookies) {
        return send("GET", "/api/auth/api-keys", null, "Cookie", cookies);
    }

    private Answer exchange(String key) {
        return send("POST", "/api/auth/access-tokens", Map.of("apiKey", key));
    }

    private Answer by(String credential, String method, String path) {
        return send(method, path, null, bearer(credential));
    }

    private static String[] bearer(String credential) {
        return new String[] {"Authorization", "Bearer " + credential};
    }
}
