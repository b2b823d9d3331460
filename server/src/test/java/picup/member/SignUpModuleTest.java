package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import picup.events.MemberEvent;
import picup.events.MemberRenamed;
import picup.events.MemberSignedUp;
import picup.platform.jobs.Jobs;

class SignUpModuleTest extends RunningPicup {
    @Autowired
    NewsHeard news;

    @Autowired
    Jobs jobs;

    @Test
    void anAccountIsMadeAndSignedIn() {
        var answer = send("POST", "/api/members",
                Map.of("username", "Ada", "password", "correct horse", "displayName", "Ada Lovelace"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("id", "username", "displayName", "administrator");
        assertThat(answer.text("username")).isEqualTo("Ada");
        assertThat(answer.text("displayName")).isEqualTo("Ada Lovelace");
        var me = send("GET", "/api/members/me", null, "Cookie", answer.cookieHeader());
        assertThat(me.json()).isEqualTo(answer.json());
    }

    @Test
    void theUserNameIsShownWhereNoOtherNameIsGiven() {
        assertThat(signUp("grace").text("displayName")).isEqualTo("grace");
    }

    @Test
    void onlyTheFirstMemberAdministers() {
        assertThat(signUp("first").json().get("administrator").asBoolean()).isTrue();
        assertThat(signUp("second").json().get("administrator").asBoolean()).isFalse();
    }

    @Test
    void simultaneousFirstMembersHaveOneAdministrator() {
        var answers = Together.run(40, n -> () -> signUp("member " + n));

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers).filteredOn(answer -> answer.json().get("administrator").asBoolean()).hasSize(1);
        assertThat(count("select count(*) from member.account where administrator")).isEqualTo(1);
    }

    @Test
    void simultaneousTwinsMakeOneAccount() {
        var answers = Together.run(100, n -> () -> signUp(n % 2 == 0 ? "Straße" : "STRASSE"));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409 && answer.code().equals("username-taken")).hasSize(99);
        assertThat(count("select count(*) from member.account")).isEqualTo(1);
        assertThat(count("select count(*) from member.session")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADA", "ａｄａ", "Ada"})
    void aNameIsTakenInEverySpelling(String spelling) {
        signUp("ada");

        var answer = signUp(spelling);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("username-taken");
    }

    @Test
    void aTakenNameCostsNoHash() {
        signUp("ada");
        int before = encoder.operations();

        signUp("ada");

        assertThat(encoder.operations()).isEqualTo(before);
    }

    @Test
    void theNewsOfAMemberIsDelivered() {
        var answer = signUp("ada");

        await().until(() -> jobs.pending(MemberEvent.LANE) == 0);
        assertThat(news.events).filteredOn(event -> event.member().toString().equals(answer.text("id"))).singleElement()
                .isInstanceOfSatisfying(MemberSignedUp.class, event -> {
                    assertThat(event.username()).isEqualTo("ada");
                    assertThat(event.sequence()).isEqualTo(1);
                });
    }

    @Test
    void theNewsOfAnotherNameIsDeliveredWithTheNextNumber() {
        var ada = signUp("ada").text("id");

        send("PATCH", "/api/members/me", Map.of("displayName", "Ada L."), "Authorization", "Bearer " + signIn("ada").text("accessToken"));

        await().until(() -> jobs.pending(MemberEvent.LANE) == 0);
        assertThat(news.events).filteredOn(event -> event.member().toString().equals(ada) && event.sequence() > 1).singleElement()
                .isInstanceOfSatisfying(MemberRenamed.class, event -> {
                    assertThat(event.displayName()).isEqualTo("Ada L.");
                    assertThat(event.sequence()).isEqualTo(2);
                });
    }

    @Test
    void badValuesAreRefusedWithAReason() {
        assertBadValue(Map.of("username", " ada", "password", "correct horse"));
        assertBadValue(Map.of("username", "a\u202Eda", "password", "correct horse"));
        assertBadValue(Map.of("username", "", "password", "correct horse"));
        assertBadValue(Map.of("username", "x".repeat(65), "password", "correct horse"));
        assertBadValue(Map.of("username", "ada", "password", "7 chars"));
        assertBadValue(Map.of("username", "ada", "password", "x".repeat(1025)));
        assertBadValue(Map.of("username", "ada"));
        assertBadValue(Map.of("password", "correct horse"));
        assertBadValue(Map.of("username", "ada", "password", "correct horse", "displayName", "two\nlines"));
        assertThat(count("select count(*) from member.account")).isZero();
    }

    private void assertBadValue(Map<String, String> member) {
        var answer = send("POST", "/api/members", member);
        assertThat(answer.status()).as(member.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad-value");
        assertThat(answer.text("detail")).isNotBlank();
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
