package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/// The sign-up as it is when nobody has set it.
@TestPropertySource(properties = "picup.sign-up=invitation")
class InvitationModuleTest extends RunningPicup {
    @Test
    void theFirstMemberNeedsNoInvitationAndEverybodyElseDoes() {
        assertThat(send("GET", "/api/instance", null).text("signUp")).isEqualTo("invitation");
        assertThat(signUp("ada").status()).isEqualTo(201);

        var answer = signUp("grace");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("invitation-needed");
        assertThat(answer.text("detail")).contains("administrator");
        assertThat(members()).isEqualTo(1);
    }

    @Test
    void ofManyWhoAreFirstAtOnceOneGetsIn() {
        var answers = Together.run(20, n -> () -> signUp("member " + n));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 403 && answer.code().equals("invitation-needed")).hasSize(19);
        assertThat(members()).isEqualTo(1);
    }

    @Test
    void anInvitationLetsOnePersonIn() {
        var ada = signUp("ada").cookieHeader();
        var made = invite(ada, Map.of("note", "for Grace"));
        assertThat(made.status()).isEqualTo(201);

        var grace = signUp("grace", made.text("secret"));

        assertThat(grace.status()).isEqualTo(201);
        assertThat(grace.json().get("administrator").asBoolean()).isFalse();
        var again = signUp("hedy", made.text("secret"));
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.code()).isEqualTo("invitation-over");
        var listed = list(ada).json().get("invitations").get(0);
        assertThat(listed.get("note").asString()).isEqualTo("for Grace");
        assertThat(listed.get("createdBy").asString()).isEqualTo("ada");
        assertThat(listed.get("usedBy").asString()).isEqualTo("grace");
        assertThat(listed.get("usedAt").isNull()).isFalse();
    }

    @Test
    void ofAHundredWhoComeWithOneInvitationOneGetsIn() {
        var secret = invite(signUp("ada").cookieHeader(), Map.of()).text("secret");

        var answers = Together.run(100, n -> () -> signUp("guest " + n, secret));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 403 && answer.code().equals("invitation-over")).hasSize(99);
        assertThat(members()).isEqualTo(2);
        assertThat(database.sql("select count(*) from member.session").query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void aSignUpThatFailsLeavesTheInvitationGood() {
        var secret = invite(signUp("ada").cookieHeader(), Map.of()).text("secret");

        assertThat(signUp("ADA", secret).code()).isEqualTo("username-taken");
        assertThat(send("POST", "/api/members", Map.of("username", "grace", "password", "password", "invitation", secret)).code())
                .isEqualTo("common-password");

        assertThat(signUp("grace", secret).status()).isEqualTo(201);
    }

    /// A regression test for an enumeration: the invitation is looked at before the name.
    @Test
    void whoHasNoGoodInvitationLearnsNoNamesAndCostsNoHash() {
        signUp("ada");
        int before = encoder.operations();

        for (var invitation : new String[] {null, "", "guessed", "x".repeat(5_000)}) {
            var taken = signUp("ada", invitation);
            var free = signUp("grace", invitation);
            assertThat(taken.status()).isEqualTo(403);
            assertThat(taken.http().body()).isEqualTo(free.http().body());
        }
        assertThat(encoder.operations()).isEqualTo(before);
    }

    @Test
    void anInvitationRunsOut() {
        var ada = signUp("ada").cookieHeader();
        var secret = invite(ada, Map.of()).text("secret");
        var longer = invite(ada, Map.of("days", 30)).text("secret");

        clock.advance(Duration.ofDays(7));

        assertThat(signUp("grace", secret).code()).isEqualTo("invitation-over");
        assertThat(signUp("grace", longer).status()).isEqualTo(201);
    }

    @Test
    void anInvitationCanBeWithdrawn() {
        var ada = signUp("ada").cookieHeader();
        var made = invite(ada, Map.of());
        var path = "/api/admin/invitations/" + made.json().get("invitation").get("id").asString();

        assertThat(send("DELETE", path, null, "Cookie", ada).status()).isEqualTo(204);

        assertThat(signUp("grace", made.text("secret")).code()).isEqualTo("invitation-over");
        assertThat(send("DELETE", path, null, "Cookie", ada).status()).isEqualTo(404);
        assertThat(list(ada).json().get("invitations")).isEmpty();
        assertThat(database.sql("select action from member.audit where action ~ 'invit' order by id").query(String.class).list())
                .containsExactly("invitation-made", "invitation-withdrawn");
    }

    @Test
    void theSecretIsToldOnceAndKeptAsAHash() {
        var ada = signUp("ada").cookieHeader();
        var secret = invite(ada, Map.of("note", "for Grace")).text("secret");

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(list(ada).http().body()).contains("for Grace").doesNotContain(secret);
        assertThat(database.sql("select invitation::text from member.invitation").query(String.class).single()).doesNotContain(secret);
    }

    @Test
    void membersWhoDoNotAdministerInviteNobody() {
        var ada = signUp("ada").cookieHeader();
        var made = invite(ada, Map.of());
        var grace = signUp("grace", made.text("secret")).cookieHeader();

        for (var answer : new Answer[] {invite(grace, Map.of()), list(grace),
                send("DELETE", "/api/admin/invitations/" + made.json().get("invitation").get("id").asString(), null, "Cookie", grace)}) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("not-found");
        }
        assertThat(list(ada).json().get("invitations")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 91})
    void anInvitationIsGoodForOneToNinetyDays(int days) {
        assertThat(invite(signUp("ada").cookieHeader(), Map.of("days", days)).code()).isEqualTo("bad-value");
    }

    @Test
    void oldInvitationsLeaveTheList() {
        var ada = signUp("ada");
        invite(ada.cookieHeader(), Map.of("note", "long ago"));
        clock.advance(Duration.ofDays(38));
        var later = signIn("ada").cookieHeader();

        invite(later, Map.of("note", "today"));

        assertThat(list(later).http().body()).contains("today").doesNotContain("long ago");
    }

    private Answer signUp(String username, @Nullable String invitation) {
        var body = new HashMap<String, Object>(Map.of("username", username, "password", passwordOf(username)));
        body.put("invitation", invitation);
        return send("POST", "/api/members", body);
    }

    private Answer invite(String cookies, Map<String, Object> body) {
        return send("POST", "/api/admin/invitations", body, "Cookie", cookies);
    }

    private Answer list(String cookies) {
        return send("GET", "/api/admin/invitations", null, "Cookie", cookies);
    }

    private long members() {
        return database.sql("select count(*) from member.account").query(Long.class).single();
    }
}
