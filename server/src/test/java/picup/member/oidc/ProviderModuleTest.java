package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import picup.member.Together;

class ProviderModuleTest extends RunningPicupWithProvider {
    @Test
    void whoComesByAProviderGetsAnAccountAndFindsItAgain() {
        var first = browserOf("ada");
        var opened = first.get(comeBack(first, "family", "/albums?sort=new"));

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.header("Location")).isEqualTo("/albums?sort=new");
        assertThat(opened.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(opened.setCookie("picup_access")).contains("HttpOnly", "SameSite=Lax");
        assertThat(me(first).text("username")).isEqualTo("ada");
        assertThat(me(first).text("displayName")).isEqualTo("ada Lovelace");

        var second = browserOf("ada");
        assertThat(enter(second, "family").header("Location")).isEqualTo("/");
        assertThat(me(second).text("id")).isEqualTo(me(first).text("id"));
        assertThat(members()).isEqualTo(1);
    }

    @Test
    void theQuestionHasStateNonceAndAProofKey() {
        var browser = browserOf("ada");

        var departure = browser.post(origin() + "/api/auth/provider-sign-ins", Map.of("provider", "family"));

        assertThat(departure.text("location")).startsWith(PROVIDER.issuer()).contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256")
                .doesNotContain(TestProvider.SECRET);
        assertThat(departure.setCookie("picup_browser")).contains("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/api/auth");
    }

    @Test
    void aNameOrAnAddressOfMailIsNobodysProof() {
        signUp("ada");

        var browser = browserOf("ada");
        enter(browser, "family");

        assertThat(me(browser).text("username")).isEqualTo("ada-2");
        assertThat(members()).isEqualTo(2);
    }

    @Test
    void anotherSubjectUnderTheSameNameIsSomebodyElse() {
        var ada = browserOf("ada");
        enter(ada, "family");
        PROVIDER.twist(claims -> claims.claim("preferred_username", "ada").claim("email", "ada@example.org"));

        var eve = browserOf("eve");
        enter(eve, "family");

        assertThat(me(eve).text("id")).isNotEqualTo(me(ada).text("id"));
        assertThat(me(eve).text("username")).isEqualTo("ada-2");
    }

    @Test
    void anAnswerIsGoodOnce() {
        var browser = browserOf("ada");
        var answer = comeBack(browser, "family", "/");
        assertThat(browser.get(answer).header("Location")).isEqualTo("/");

        assertRefused(browser.get(answer), "sign-in-interrupted");
    }

    @Test
    void anAnswerThatSomebodyElseGotOpensNothingHere() {
        var eve = browserOf("eve");
        var evesAnswer = comeBack(eve, "family", "/");
        var ada = browserOf("ada");
        comeBack(ada, "family", "/");

        assertRefused(ada.get(evesAnswer), "sign-in-interrupted");
        assertRefused(new Browser().get(evesAnswer), "sign-in-interrupted");
        assertThat(members()).isZero();
        // nor has anybody taken it from Eve
        assertThat(eve.get(evesAnswer).header("Location")).isEqualTo("/");
    }

    @Test
    void anAnswerWithoutItsStateIsRefused() {
        var browser = browserOf("ada");
        var answer = comeBack(browser, "family", "/");

        assertRefused(browser.get(answer.replaceAll("[?&]state=[^&]*", "").replace("callback&", "callback?")), "sign-in-interrupted");
        assertRefused(browser.get(answer.replaceAll("state=[^&]*", "state=AAAA")), "sign-in-interrupted");
        assertRefused(browser.get(answer + "&state=AAAA"), "sign-in-interrupted");
        assertRefused(browser.get(answer.replace("/family/", "/nobody/")), "sign-in-interrupted");
    }

    @Test
    void anAnswerForOneProviderIsNoneByAnother() {
        var browser = browserOf("ada");

        assertRefused(browser.get(comeBack(browser, "family", "/").replace("/family/", "/work/")), "sign-in-interrupted");
    }

    @Test
    void anAnswerByAnotherIssuerIsRefused() {
        var browser = browserOf("ada");
        var answer = comeBack(browser, "family", "/").replaceAll("&iss=[^&]*", "");

        assertRefused(browser.get(answer + "&iss=https://evil.example"), "provider-refused");
        assertThat(members()).isZero();
    }

    @Test
    void anAnswerThatTakesTooLongIsRefused() {
        var browser = browserOf("ada");
        var answer = comeBack(browser, "family", "/");
        clock.advance(Duration.ofMinutes(10));

        assertRefused(browser.get(answer), "sign-in-interrupted");
    }

    @Test
    void aPersonWhoSaysNoIsTakenBack() {
        var browser = browserOf("ada");
        var state = comeBack(browser, "family", "/").replaceAll(".*state=([^&]*).*", "$1");

        assertRefused(browser.get(callback("family") + "?error=access_denied&state=" + state), "provider-refused");
    }

    @Test
    void aCodeThatTheProviderNeverGaveIsRefused() {
        var browser = browserOf("ada");

        assertRefused(browser.get(comeBack(browser, "family", "/").replaceAll("code=[^&]*", "code=stolen")), "provider-refused");
    }

    static Stream<Arguments> badTokens() {
        var now = Instant.now();
        return Stream.of(
                Arguments.of("a nonce of another sign-in", (Consumer<JwtClaimsSet.Builder>) claims -> claims.claim("nonce", "another")),
                Arguments.of("no nonce", (Consumer<JwtClaimsSet.Builder>) claims -> claims.claims(all -> all.remove("nonce"))),
                Arguments.of("for another client", (Consumer<JwtClaimsSet.Builder>) claims -> claims.audience(List.of("another"))),
                Arguments.of("by another issuer", (Consumer<JwtClaimsSet.Builder>) claims -> claims.issuer("https://evil.example")),
                Arguments.of("has run out", (Consumer<JwtClaimsSet.Builder>) claims ->
                        claims.issuedAt(now.minusSeconds(900)).expiresAt(now.minusSeconds(300))),
                Arguments.of("from the future", (Consumer<JwtClaimsSet.Builder>) claims ->
                        claims.issuedAt(now.plusSeconds(300)).expiresAt(now.plusSeconds(900))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenThatIsNotGoodOpensNothing(String what, Consumer<JwtClaimsSet.Builder> twist) {
        PROVIDER.twist(twist);

        assertRefused(enter(browserOf("ada"), "family"), "provider-refused");

        assertThat(members()).as(what).isZero();
    }

    @Test
    void aClockThatIsALittleOffDoesNotMatter() {
        var now = Instant.now();
        PROVIDER.twist(claims -> claims.issuedAt(now.plusSeconds(20)).expiresAt(now.plusSeconds(600)));

        assertThat(enter(browserOf("ada"), "family").header("Location")).isEqualTo("/");
    }

    @Test
    void aProviderThatDoesNotAnswerIsToldAndThePasswordStillWorks() {
        signUp("ada");

        var refused = send("POST", "/api/auth/provider-sign-ins", Map.of("provider", "silent"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("provider-unavailable");
        assertThat(signIn("ada").status()).isEqualTo(201);
        assertThat(send("GET", "/health/ready", null).status()).isEqualTo(200);
        assertThat(send("POST", "/api/auth/provider-sign-ins", Map.of("provider", "nobody")).code()).isEqualTo("not-found");
    }

    @Test
    void whereAProviderMayNotSignUpOnlyMembersComeIn() {
        var browser = browserOf("ada");
        assertRefused(enter(browser, "work"), "account-unknown");
        assertThat(members()).isZero();
        enter(browser, "family");

        assertThat(enter(browserOf("ada"), "work").header("Location")).isEqualTo("/");
    }

    @Test
    void thePathBackLeadsNowhereElse() {
        var browser = browserOf("ada");
        for (var to : new String[] {"https://evil.example", "//evil.example", "/\\evil.example", "/%2F/evil.example", "/\t/evil.example", "/api/auth/sessions"}) {
            assertThat(browser.get(comeBack(browser, "family", to)).header("Location")).as(to).isEqualTo("/");
        }
    }

    @Test
    void twoWindowsOfOneNewcomerMakeOneAccount() {
        var windows = Stream.generate(() -> browserOf("ada")).limit(8).toList();
        var answers = windows.stream().map(each -> comeBack(each, "family", "/")).toList();

        var entered = Together.run(windows.size(), which -> (Callable<Answer>) () -> windows.get(which).get(answers.get(which)));

        assertThat(entered).extracting(answer -> answer.header("Location")).containsOnly("/");
        assertThat(members()).isEqualTo(1);
        assertThat(windows).extracting(each -> me(each).text("username")).containsOnly("ada");
    }

    @Test
    void aMemberLinksAnAccountAndSignsInByIt() {
        var browser = browserOf("ada@elsewhere");
        signInAs("grace", browser);

        assertThat(browser.get(link(browser)).header("Location")).isEqualTo("/settings");

        var account = waysIn(browser).json().get("accounts").get(0);
        assertThat(account.get("provider").asString()).isEqualTo("The family");
        assertThat(account.get("name").asString()).isEqualTo("ada@elsewhere");
        var other = browserOf("ada@elsewhere");
        enter(other, "family");
        assertThat(me(other).text("username")).isEqualTo("grace");
    }

    @Test
    void anAccountBelongsToOneMember() {
        enter(browserOf("ada"), "family");
        var browser = browserOf("ada");
        signInAs("eve", browser);

        assertThat(browser.get(link(browser)).header("Location")).isEqualTo("/settings?problem=account-linked-elsewhere");
        assertThat(waysIn(browser).json().get("accounts").size()).isZero();
    }

    @Test
    void linkingTakesARecentProofAndASessionThatGoesOn() {
        var browser = browserOf("ada");
        signInAs("grace", browser);
        var answer = link(browser);
        database.sql("update member.session set ended_at = now()").update();
        assertThat(browser.get(answer).header("Location")).isEqualTo("/settings?problem=sign-in-interrupted");
        var token = signIn("grace");
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        database.sql("update member.session set created_at = created_at - interval '1 minute'").update();

        var refused = send("POST", "/api/auth/provider-links", Map.of("provider", "family"), "Authorization", "Bearer " + token.text("accessToken"));

        assertThat(refused.code()).isEqualTo("proof-needed");
    }

    @Test
    void theLastWayInCannotBeUnlinked() {
        var browser = browserOf("ada");
        enter(browser, "family");
        var account = waysIn(browser).json().get("accounts").get(0).get("id").asString();
        assertThat(waysIn(browser).json().get("password").asBoolean()).isFalse();

        assertThat(browser.delete(origin() + "/api/members/me/accounts/" + account).code()).isEqualTo("last-way-in");
        assertThat(enter(browserOf("ada"), "family").header("Location")).isEqualTo("/");
    }

    @Test
    void whatWasUnlinkedOpensNothing() {
        var browser = browserOf("ada");
        signInAs("grace", browser);
        browser.get(link(browser));
        var account = waysIn(browser).json().get("accounts").get(0).get("id").asString();
        var eve = signUp("eve").cookie("picup_access");
        assertThat(send("DELETE", "/api/members/me/accounts/" + account, null, "Authorization", "Bearer " + eve).code()).isEqualTo("not-found");

        assertThat(browser.delete(origin() + "/api/members/me/accounts/" + account).status()).isEqualTo(204);

        assertRefused(enter(browserOf("ada"), "work"), "account-unknown");
    }

    @Test
    void whoHasNoPasswordCannotSignInByOne() {
        enter(browserOf("ada"), "family");

        assertThat(signIn("ada", "any password").code()).isEqualTo("bad-credentials");
        assertThat(signIn("ada", "").code()).isEqualTo("bad-credentials");
    }

    @Test
    void anybodySeesWhichProvidersThereAre() {
        var ways = send("GET", "/api/instance", null).json().get("otherWaysIn");

        assertThat(ways.get("providers").toString()).isEqualTo(
                "[{\"id\":\"family\",\"name\":\"The family\"},{\"id\":\"silent\",\"name\":\"silent\"},{\"id\":\"work\",\"name\":\"work\"}]");
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/sign-in?problem=" + code);
        assertThat(answer.setCookie("picup_access")).isEmpty();
    }

    private void signInAs(String username, Browser browser) {
        signUp(username);
        assertThat(browser.post(origin() + "/api/auth/sessions", Map.of("username", username, "password", passwordOf(username))).status()).isEqualTo(201);
    }

    private String link(Browser browser) {
        var departure = browser.post(origin() + "/api/auth/provider-links", Map.of("provider", "family"));
        assertThat(departure.status()).as(departure.http().body()).isEqualTo(200);
        return answerOf(browser, departure.text("location"));
    }

    private Answer waysIn(Browser browser) {
        return browser.get(origin() + "/api/members/me/ways-in");
    }

    private long members() {
        return database.sql("select count(*) from member.account").query(Long.class).single();
    }
}
