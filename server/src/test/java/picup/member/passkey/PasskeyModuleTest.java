package picup.member.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picup.member.RunningPicup;
import picup.member.Together;

class PasskeyModuleTest extends RunningPicup {
    private static final String PASSKEYS = "/api/members/me/passkeys";
    private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private TestAuthenticator phone;

    @BeforeEach
    void aPhone() {
        phone = new TestAuthenticator(origin());
    }

    @Test
    void aPasskeySignsInWithoutAName() {
        register("ada");

        var opened = signInWith(phone);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.setCookie("picup_access")).contains("HttpOnly");
        assertThat(me(opened.text("accessToken")).text("username")).isEqualTo("ada");
        assertThat(refresh(opened.text("refreshToken")).status()).isEqualTo(201);
    }

    @Test
    void membersSeeTheirPasskeysAndWhenTheyWereUsed() {
        var ada = signUp("ada").cookie("picup_access");
        var added = add(ada, phone, "Phone");
        assertThat(added.text("name")).isEqualTo("Phone");
        assertThat(added.json().get("lastUsedAt").isNull()).isTrue();
        signInWith(phone);

        var ways = waysIn(ada);

        assertThat(ways.json().get("password").asBoolean()).isTrue();
        var passkey = ways.json().get("passkeys").get(0);
        assertThat(passkey.get("device").asString()).isEqualTo("Chrome on Linux");
        assertThat(passkey.get("lastUsedAt").asString()).isNotEmpty();
        assertThat(waysIn(signUp("eve").cookie("picup_access")).json().get("passkeys").size()).isZero();
    }

    @Test
    void aChallengeForCreationLeavesOutWhatTheMemberHas() {
        var ada = register("ada");

        var options = creation(ada).json();

        assertThat(options.get("excludeCredentials").size()).isEqualTo(1);
        assertThat(options.get("excludeCredentials").get(0).get("transports").toString()).isEqualTo("[\"hybrid\",\"internal\"]");
        assertThat(options.get("rp").get("id").asString()).isEqualTo("localhost");
        assertThat(options.get("authenticatorSelection").get("residentKey").asString()).isEqualTo("required");
        assertThat(options.get("user").get("name").asString()).isEqualTo("ada");
    }

    @Test
    void aChallengeIsGoodOnce() {
        register("ada");
        var signed = phone.sign(challenge());
        assertThat(signIn(signed).status()).isEqualTo(201);

        var replayed = signIn(signed);

        assertThat(replayed.status()).isEqualTo(401);
        assertThat(replayed.code()).isEqualTo("passkey-refused");
    }

    @Test
    void ofTwentyWhoBringOneSignatureAtOnceOneGetsIn() {
        register("ada");
        var signed = phone.sign(challenge());

        var answers = Together.run(20, _ -> (Callable<Answer>) () -> signIn(signed));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    }

    @Test
    void aChallengeRunsOut() {
        register("ada");
        var signed = phone.sign(challenge());
        clock.advance(Duration.ofMinutes(5));

        assertThat(signIn(signed).code()).isEqualTo("passkey-refused");
    }

    @Test
    void aChallengeIsOursAndForItsPurpose() {
        var ada = register("ada");

        assertThat(signIn(phone.sign("AAAA")).code()).isEqualTo("passkey-refused");
        assertThat(signIn(phone.sign(creation(ada).text("challenge"))).code()).isEqualTo("passkey-refused");
    }

    @Test
    void anotherMembersChallengeMakesNoPasskey() {
        var ada = signUp("ada").cookie("picup_access");
        var eve = signUp("eve").cookie("picup_access");

        var answer = send("POST", PASSKEYS, Map.of("name", "Eve's", "credential", phone.create(creation(eve).text("challenge"))), bearer(ada));

        assertThat(answer.code()).isEqualTo("bad-value");
        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
    }

    @Test
    void aSignatureMadeForAnotherSiteIsRefused() {
        register("ada");
        phone.origin = "https://evil.example";
        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
        phone.origin = origin();
        phone.relyingParty = "evil.example";
        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
        phone.relyingParty = "localhost";

        assertThat(signInWith(phone).status()).isEqualTo(201);
    }

    @Test
    void aKeyThatSomebodyElseHoldsIsRefused() {
        register("ada");
        var thief = new TestAuthenticator(origin());
        thief.userHandle = phone.userHandle;
        System.arraycopy(phone.credentialId, 0, thief.credentialId, 0, thief.credentialId.length);

        assertThat(signInWith(thief).code()).isEqualTo("passkey-refused");
    }

    @Test
    void aPasskeyThatWasCopiedIsToldByItsCounter() {
        register("ada");
        phone.counter = 6;
        assertThat(signInWith(phone).status()).isEqualTo(201);

        phone.counter = 6;
        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
        phone.counter = 5;
        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
        phone.counter = 7;
        assertThat(signInWith(phone).status()).isEqualTo(201);
    }

    @Test
    void aPasskeyOnManyDevicesCountsNothing() {
        phone.counter = 0;
        register("ada");

        assertThat(signInWith(phone).status()).isEqualTo(201);
        assertThat(signInWith(phone).status()).isEqualTo(201);
    }

    @Test
    void theAuthenticatorMustVerifyItsUser() {
        register("ada");
        phone.verifiesUser = false;

        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
        assertThat(add(signIn("ada").text("accessToken"), new TestAuthenticator(origin()) {
            {
                verifiesUser = false;
            }
        }, "Old key").code()).isEqualTo("bad-value");
    }

    @Test
    void anAuthenticatorThatTakesItForAnothersIsRefused() {
        register("ada");
        phone.userHandle = "AAAAAAAAAAAAAAAAAAAAAA";

        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
    }

    @Test
    void onePasskeyBelongsToOneMember() {
        register("ada");
        var handle = phone.userHandle;

        var again = add(signUp("eve").cookie("picup_access"), phone, "Mine now");

        phone.userHandle = handle;
        assertThat(again.code()).isEqualTo("passkey-known");
        assertThat(me(signInWith(phone).text("accessToken")).text("username")).isEqualTo("ada");
    }

    @Test
    void aSessionThatIsNotNewMustProveItselfFirst() {
        register("ada");
        var session = signIn("ada");
        clock.advance(Duration.ofMinutes(9));
        assertThat(creation(session.text("accessToken")).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        var old = refresh(session.text("refreshToken")).text("accessToken");

        assertThat(creation(old).code()).isEqualTo("proof-needed");
        assertThat(send("DELETE", PASSKEYS + "/" + passkeyOf(old), null, bearer(old)).code()).isEqualTo("proof-needed");
        assertThat(prove(old, "not the password").code()).isEqualTo("bad-credentials");
        assertThat(creation(old).code()).isEqualTo("proof-needed");
        assertThat(prove(old, passwordOf("ada")).status()).isEqualTo(204);
        assertThat(creation(old).status()).isEqualTo(200);
    }

    @Test
    void aPasskeyIsRenamed() {
        var ada = register("ada");
        var id = passkeyOf(ada);

        assertThat(send("PATCH", PASSKEYS + "/" + id, Map.of("name", " Kitchen tablet "), bearer(ada)).text("name")).isEqualTo("Kitchen tablet");
        assertThat(send("PATCH", PASSKEYS + "/" + id, Map.of("name", " "), bearer(ada)).code()).isEqualTo("bad-value");
        var eve = signUp("eve").cookie("picup_access");
        assertThat(send("PATCH", PASSKEYS + "/" + id, Map.of("name", "Eve's"), bearer(eve)).code()).isEqualTo("not-found");
    }

    @Test
    void aPasskeyThatWasRemovedOpensNothing() {
        var ada = register("ada");
        var id = passkeyOf(ada);
        var eve = signUp("eve").cookie("picup_access");
        assertThat(send("DELETE", PASSKEYS + "/" + id, null, bearer(eve)).code()).isEqualTo("not-found");
        assertThat(signInWith(phone).status()).isEqualTo(201);

        assertThat(send("DELETE", PASSKEYS + "/" + id, null, bearer(ada)).status()).isEqualTo(204);

        assertThat(signInWith(phone).code()).isEqualTo("passkey-refused");
    }

    @Test
    void theLastWayInStays() {
        var ada = register("ada");
        var laptop = new TestAuthenticator(origin());
        var second = add(ada, laptop, "Laptop").text("id");
        database.sql("update member.account set password_hash = null").update();

        var answers = Together.run(2, which -> (Callable<Answer>) () ->
                send("DELETE", PASSKEYS + "/" + (which == 0 ? passkeyOf(ada) : second), null, bearer(ada)));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).extracting(Answer::code).containsExactly("last-way-in");
        assertThat(waysIn(ada).json().get("passkeys").size()).isEqualTo(1);
    }

    @Test
    void whereNobodyHasToldTheAddressThereAreNoPasskeys() {
        var elsewhere = sendTo("http://127.0.0.1:", "POST", "/api/auth/passkey-challenges", null);

        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(elsewhere.code()).isEqualTo("no-public-address");
        assertThat(sendTo("http://127.0.0.1:", "GET", "/api/instance", null).json().get("otherWaysIn").isNull()).isTrue();
        assertThat(send("GET", "/api/instance", null).json().get("otherWaysIn").get("origin").asString()).isEqualTo(origin());
    }

    @Test
    void nonsenseIsABadValue() {
        for (var body : new Object[] {Map.of(), Map.of("id", "?", "response", Map.of("clientDataJSON", "e30", "authenticatorData", "", "signature", ""))}) {
            assertThat(send("POST", "/api/auth/sessions/passkey", body).code()).isEqualTo("bad-value");
        }
        assertThat(send("POST", "/api/auth/sessions/passkey", Map.of("id", "AA", "response",
                Map.of("clientDataJSON", "AA", "authenticatorData", "AA", "signature", "AA"))).code()).isEqualTo("passkey-refused");
        phone.userHandle = "AA";
        var garbled = Map.of("id", "AA", "response", Map.of("clientDataJSON", ((Map<?, ?>) phone.sign(challenge()).get("response")).get("clientDataJSON"),
                "authenticatorData", "AA", "signature", "AA"));
        assertThat(signIn(garbled).code()).isEqualTo("passkey-refused");
    }

    /// The access token of a new member whose phone has a passkey.
    private String register(String username) {
        var token = signUp(username).cookie("picup_access");
        assertThat(add(token, phone, "Phone").status()).isEqualTo(201);
        return token;
    }

    private Answer add(String token, TestAuthenticator authenticator, String name) {
        var options = creation(token);
        authenticator.userHandle = options.json().get("user").get("id").asString();
        return send("POST", PASSKEYS, Map.of("name", name, "credential", authenticator.create(options.text("challenge"))),
                "Authorization", "Bearer " + token, "User-Agent", CHROME);
    }

    private Answer creation(String token) {
        return send("POST", "/api/members/me/passkey-challenges", null, bearer(token));
    }

    private String challenge() {
        return send("POST", "/api/auth/passkey-challenges", null).text("challenge");
    }

    private Answer signInWith(TestAuthenticator authenticator) {
        return signIn(authenticator.sign(challenge()));
    }

    private Answer signIn(Map<String, ?> signed) {
        return send("POST", "/api/auth/sessions/passkey", signed);
    }

    private Answer waysIn(String token) {
        return send("GET", "/api/members/me/ways-in", null, bearer(token));
    }

    private String passkeyOf(String token) {
        return waysIn(token).json().get("passkeys").get(0).get("id").asString();
    }

    private Answer prove(String token, String password) {
        return send("PUT", "/api/auth/sessions/current/proof", Map.of("password", password), bearer(token));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
