package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.events.MemberDeleted;
import picup.platform.MemberId;

/// Members leave, and nothing of their accounts stays.
class LeaveModuleTest extends RunningPicup {
    @Autowired
    private NewsHeard news;

    @Autowired
    private DeleteAccount deleteAccount;

    private Answer leave(String accessToken, String password) {
        return send("DELETE", "/api/members/me", Map.of("password", password), "Authorization", "Bearer " + accessToken);
    }

    private Answer signedUp(String username) {
        signUp(username);
        return signIn(username);
    }

    private static MemberId id(Answer me) {
        return MemberId.of(me.text("id"));
    }

    @Test
    void aTokenIsWorthNothingOnceItsMemberHasLeft() {
        signUp("first");
        var session = signedUp("ada");
        var phone = signIn("ada");

        var answer = leave(session.text("accessToken"), passwordOf("ada"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.setCookie("picup_access")).contains("Max-Age=0");
        assertThat(me(session.text("accessToken")).status()).isEqualTo(401);
        assertThat(me(phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(send("GET", "/api/pictures", null, "Authorization", "Bearer " + phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(send("POST", "/api/albums", Map.of("name", "x"), "Authorization", "Bearer " + phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(phone.text("refreshToken")).code()).isEqualTo("session-ended");
        assertThat(signIn("ada").code()).isEqualTo("bad-credentials");
    }

    @Test
    void theNameIsFreeForSomebodyElse() {
        signUp("first");
        var session = signedUp("ada");
        var old = id(me(session.text("accessToken")));
        leave(session.text("accessToken"), passwordOf("ada"));

        assertThat(signUp("ADA").status()).isEqualTo(201);
        assertThat(id(me(signIn("ADA").text("accessToken")))).isNotEqualTo(old);
        assertThat(me(session.text("accessToken")).status()).isEqualTo(401);
    }

    @Test
    void noTableOfThisSideKeepsTheId() {
        signUp("first");
        var session = signedUp("ada");
        var ada = id(me(session.text("accessToken")));
        assertThat(rowsOf(ada)).isPositive();

        leave(session.text("accessToken"), passwordOf("ada"));

        assertThat(rowsOf(ada)).isZero();
    }

    /// In whatever table and column, so that a table that is added later is covered without being named. The audit log alone
    /// remembers, for as long as it remembers anything: who deleted an account must not thereby delete what was done with it.
    private long rowsOf(MemberId member) {
        var columns = database.sql("""
                select format('select count(*) from %I.%I where %I = :id', c.table_schema, c.table_name, c.column_name)
                from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = 'member' and c.data_type = 'uuid' and t.table_type = 'BASE TABLE' and c.table_name <> 'audit'
                """).query(String.class).list();
        assertThat(columns).hasSizeGreaterThan(3);
        return columns.stream().mapToLong(count -> database.sql(count).param("id", member.value()).query(Long.class).single()).sum();
    }

    @Test
    void theNewsIsTheLastAndHasTheHighestNumber() {
        signUp("first");
        var session = signedUp("ada");
        var ada = id(me(session.text("accessToken")));
        send("PATCH", "/api/members/me", Map.of("displayName", "Ada L."), "Authorization", "Bearer " + session.text("accessToken"));

        leave(session.text("accessToken"), passwordOf("ada"));

        Awaitility.await().untilAsserted(() -> assertThat(news.events).filteredOn(event -> event.member().equals(ada))
                .filteredOn(MemberDeleted.class::isInstance).extracting(event -> event.sequence()).containsExactly(3L));
    }

    @Test
    void whoDoesNotKnowThePasswordDeletesNothingAndIsSlowedDown() {
        signUp("first");
        var session = signedUp("ada");
        assertThat(leave(session.text("accessToken"), "a wrong one, surely").code()).isEqualTo("bad-credentials");
        assertThat(send("DELETE", "/api/members/me", Map.of(), "Authorization", "Bearer " + session.text("accessToken")).code()).isEqualTo("bad-value");
        for (int i = 0; i < 9; i++) {
            leave(session.text("accessToken"), "a wrong one, surely");
        }
        var answer = leave(session.text("accessToken"), passwordOf("ada"));
        assertThat(answer.code()).isEqualTo("too-many-attempts");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(me(session.text("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void theOnlyAdministratorStaysWhileOthersAreHere() {
        var founder = signedUp("first").text("accessToken");
        var other = signedUp("ada").text("accessToken");

        assertThat(leave(founder, passwordOf("first")).code()).isEqualTo("last-administrator");
        assertThat(me(founder).status()).isEqualTo(200);

        database.sql("update member.account set administrator = true where username = 'ada'").update();
        assertThat(leave(founder, passwordOf("first")).status()).isEqualTo(204);
        assertThat(leave(other, passwordOf("ada")).status()).isEqualTo(204);
    }

    @Test
    void afterTheLastMemberTheNextIsTheFirstOnceMore() {
        var founder = signedUp("first").text("accessToken");
        assertThat(send("GET", "/api/instance", null).json().get("empty").asBoolean()).isFalse();

        assertThat(leave(founder, passwordOf("first")).status()).isEqualTo(204);

        assertThat(send("GET", "/api/instance", null).json().get("empty").asBoolean()).isTrue();
        assertThat(signUp("next").json().get("administrator").asBoolean()).isTrue();
    }

    @Test
    void ofTwoAdministratorsWhoLeaveAtOnceOneStays() {
        for (int round = 0; round < 10; round++) {
            var names = List.of("eve-" + round, "bob-" + round);
            var ids = names.stream().map(name -> id(signUp(name))).toList();
            signUp("somebody-" + round);
            database.sql("update member.account set administrator = username = any (?)").params((Object) names.toArray(String[]::new)).update();

            var outcomes = Together.run(2, i -> () -> deleteAccount.delete(ids.get(i), ids.get(i)));

            assertThat(outcomes).containsExactlyInAnyOrder(DeleteAccount.Outcome.DELETED, DeleteAccount.Outcome.LAST_ADMINISTRATOR);
        }
    }

    @Test
    void deletingTwiceAtOnceDeletesOnce() {
        signUp("first");
        var ada = id(signUp("ada"));
        var outcomes = Together.run(8, _ -> () -> deleteAccount.delete(ada, ada));
        assertThat(outcomes).filteredOn(DeleteAccount.Outcome.DELETED::equals).hasSize(1);
        Awaitility.await().untilAsserted(() -> assertThat(news.events)
                .filteredOn(event -> event.member().equals(ada) && event instanceof MemberDeleted).hasSize(1));
        assertThat(deleteAccount.delete(MemberId.random(), MemberId.random())).isEqualTo(DeleteAccount.Outcome.NO_SUCH_ACCOUNT);
    }
}
