package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.events.MemberReinstated;
import picup.events.MemberSuspended;
import tools.jackson.databind.JsonNode;

class AdministrationModuleTest extends RunningPicup {
    private static final String MEMBERS = "/api/admin/members";

    @Autowired
    NewsHeard news;

    @Test
    void aMemberFindsNothingAndAStrangerIsToldToSignIn() {
        signUp("root");
        var ada = signUp("ada").cookie("picup_access");

        for (var path : List.of("/api/admin", "/api/admin/nothing", MEMBERS)) {
            assertThat(send("GET", path, null, bearer(ada)).code()).as(path).isEqualTo("not-found");
            assertThat(send("GET", path, null).code()).as(path).isEqualTo("not-signed-in");
        }
    }

    @Test
    void aTokenThatStillSaysAdministratorIsNotEnough() {
        var root = signUp("root");
        var ada = signUp("ada");
        admin(root, "PUT", ada.text("id"), "administrator");
        var token = signIn("ada").text("accessToken");
        assertThat(send("GET", MEMBERS, null, bearer(token)).status()).isEqualTo(200);

        admin(root, "DELETE", ada.text("id"), "administrator");

        assertThat(send("GET", MEMBERS, null, bearer(token)).status()).isEqualTo(404);
        assertThat(send("PUT", MEMBERS + "/" + root.text("id") + "/suspension", null, bearer(token)).status()).isEqualTo(404);
        assertThat(me(root.cookie("picup_access")).status()).isEqualTo(200);
    }

    @Test
    void membersAreListedByNameInPages() {
        var root = signUp("root").cookie("picup_access");
        IntStream.range(0, 7).forEach(n -> signUp("가족 " + n));
        signUp("Ada");

        var first = send("GET", MEMBERS + "?limit=5", null, bearer(root)).json();
        var second = send("GET", MEMBERS + "?limit=5&cursor=" + first.get("next").asString(), null, bearer(root)).json();

        assertThat(names(first)).containsExactly("Ada", "root", "가족 0", "가족 1", "가족 2");
        assertThat(names(second)).containsExactly("가족 3", "가족 4", "가족 5", "가족 6");
        assertThat(second.get("next").isNull()).isTrue();
        var ada = first.get("members").get(0);
        assertThat(ada.propertyNames()).containsExactlyInAnyOrder("id", "username", "displayName", "administrator", "createdAt", "lastSeenAt", "suspendedAt",
                "secondFactor");
        assertThat(ada.get("lastSeenAt").asString()).isEqualTo(ada.get("createdAt").asString());
        assertThat(send("GET", MEMBERS + "?cursor=*", null, bearer(root)).code()).isEqualTo("bad-cursor");
    }

    @Test
    void aSearchFindsNamesByTheirBeginningInAnySpelling() {
        var root = signUp("root").cookie("picup_access");
        List.of("Ada", "adam", "%da", "Bada").forEach(this::signUp);

        assertThat(names(search(root, "ＡＤ"))).containsExactly("Ada", "adam");
        assertThat(names(search(root, "%"))).containsExactly("%da");
        assertThat(names(search(root, "x"))).isEmpty();
        assertThat(names(search(root, "\0"))).hasSize(5);
    }

    @Test
    void membersAreFoundByTheirIds() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");

        var found = send("GET", MEMBERS + "?ids=" + ada + "," + UUID.randomUUID(), null, bearer(root.cookie("picup_access"))).json();

        assertThat(names(found)).containsExactly("ada");
    }

    @Test
    void aSuspendedMemberIsOutAtOnceAndToldSoOnlyWithTheRightPassword() {
        var root = signUp("root");
        var ada = signUp("ada");
        var phone = signIn("ada");

        var answer = admin(root, "PUT", ada.text("id"), "suspension");

        assertThat(answer.json().get("suspendedAt").isNull()).isFalse();
        assertThat(me(ada.cookie("picup_access")).status()).isEqualTo(401);
        assertThat(me(phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(refresh(phone.text("refreshToken")).code()).isEqualTo("session-ended");
        assertThat(signIn("ada").code()).isEqualTo("suspended");
        assertThat(signIn("ada").status()).isEqualTo(403);
        assertThat(signIn("ada", "not the password").text("detail")).isEqualTo(signIn("nobody", "not the password").text("detail"));
        assertThat(signIn("ada", "not the password").code()).isEqualTo("bad-credentials");
        assertThat(database.sql("select count(*) from member.session where ended_at is null and member_id = :id")
                .param("id", UUID.fromString(ada.text("id"))).query(Long.class).single()).isZero();
    }

    @Test
    void aReinstatedMemberSignsInAgain() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");
        admin(root, "PUT", ada, "suspension");

        assertThat(admin(root, "DELETE", ada, "suspension").json().get("suspendedAt").isNull()).isTrue();

        assertThat(signIn("ada").status()).isEqualTo(201);
    }

    @Test
    void aDeletedMemberIsOutAtOnceAndTheNameIsFree() {
        var root = signUp("root");
        var ada = signUp("ada");
        var path = MEMBERS + "/" + ada.text("id");

        assertThat(send("DELETE", path, null, bearer(ada.cookie("picup_access"))).status()).as("not by herself").isEqualTo(404);
        assertThat(send("DELETE", path, null, bearer(root.cookie("picup_access"))).status()).isEqualTo(204);

        assertThat(me(ada.cookie("picup_access")).status()).isEqualTo(401);
        assertThat(signIn("ada").code()).isEqualTo("bad-credentials");
        assertThat(send("DELETE", path, null, bearer(root.cookie("picup_access"))).code()).isEqualTo("not-found");
        assertThat(signUp("ada").status()).isEqualTo(201);
        assertThat(send("DELETE", MEMBERS + "/" + root.text("id"), null, bearer(root.cookie("picup_access"))).code()).isEqualTo("last-administrator");
        assertThat(send("GET", "/api/admin/audit", null, bearer(root.cookie("picup_access"))).http().body()).contains("account-deleted");
    }

    @Test
    void theKeysOfASuspendedMemberRest() {
        var root = signUp("root");
        var ada = signUp("ada");
        var key = send("POST", "/api/auth/api-keys", Map.of("name", "backup", "scopes", List.of("albums:read")), "Cookie", ada.cookieHeader()).text("secret");
        assertThat(send("GET", "/api/albums", null, bearer(key)).status()).isEqualTo(200);

        admin(root, "PUT", ada.text("id"), "suspension");

        assertThat(send("GET", "/api/albums", null, bearer(key)).status()).isEqualTo(401);
        assertThat(send("POST", "/api/auth/access-tokens", Map.of("apiKey", key)).status()).isEqualTo(401);
        admin(root, "DELETE", ada.text("id"), "suspension");
        assertThat(send("GET", "/api/albums", null, bearer(key)).status()).isEqualTo(200);
    }

    @Test
    void theNewsOfASuspensionIsNumberedAndToldOnce() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");

        admin(root, "PUT", ada, "suspension");
        admin(root, "PUT", ada, "suspension");
        admin(root, "DELETE", ada, "suspension");
        admin(root, "DELETE", ada, "suspension");

        await().untilAsserted(() -> assertThat(news.events.stream().filter(event -> event.member().toString().equals(ada) && event.sequence() > 1))
                .hasSize(2).anyMatch(event -> event instanceof MemberSuspended && event.sequence() == 2)
                .anyMatch(event -> event instanceof MemberReinstated && event.sequence() == 3));
    }

    @Test
    void aSignInThatRacesWithTheSuspensionLeavesNoSession() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");

        Together.run(16, n -> () -> n == 8 ? admin(root, "PUT", ada, "suspension") : signIn("ada"));

        assertThat(database.sql("select count(*) from member.session where ended_at is null and member_id = :id")
                .param("id", UUID.fromString(ada)).query(Long.class).single()).isZero();
    }

    @Test
    void theLastAdministratorStays() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");

        assertThat(admin(root, "DELETE", root.text("id"), "administrator").code()).isEqualTo("last-administrator");
        assertThat(admin(root, "PUT", root.text("id"), "suspension").code()).isEqualTo("last-administrator");
        admin(root, "PUT", ada, "administrator");
        admin(root, "PUT", ada, "suspension");
        assertThat(admin(root, "DELETE", root.text("id"), "administrator").code()).as("the other one is suspended").isEqualTo("last-administrator");
    }

    @Test
    void ofTwoAdministratorsWhoUnmakeEachOtherOneStays() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");
        admin(root, "PUT", ada, "administrator");
        var other = signIn("ada").text("accessToken");

        Together.run(2, n -> () -> n == 0
                ? admin(root, "DELETE", ada, "administrator")
                : send("DELETE", MEMBERS + "/" + root.text("id") + "/administrator", null, bearer(other)));

        assertThat(database.sql("select count(*) from member.account where administrator").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void anAdministratorSignsAMemberOutWhoMayComeBack() {
        var root = signUp("root");
        var ada = signUp("ada");
        var phone = signIn("ada");

        assertThat(admin(root, "DELETE", ada.text("id"), "sessions").json().get("count").asInt()).isEqualTo(2);

        assertThat(me(phone.text("accessToken")).status()).isEqualTo(401);
        assertThat(me(ada.cookie("picup_access")).status()).isEqualTo(401);
        assertThat(signIn("ada").status()).isEqualTo(201);
    }

    @Test
    void whoIsNotThereIsNotFound() {
        var root = signUp("root");
        for (var part : List.of("administrator", "suspension", "sessions")) {
            assertThat(admin(root, "DELETE", UUID.randomUUID().toString(), part).code()).as(part).isEqualTo("not-found");
        }
        assertThat(admin(root, "PUT", UUID.randomUUID().toString(), "suspension").code()).isEqualTo("not-found");
    }

    @Test
    void theLogTellsWhoDidWhatToWhomAndFromWhere() {
        var root = signUp("root");
        var ada = signUp("ada").text("id");
        admin(root, "PUT", ada, "suspension");

        var latest = send("GET", "/api/admin/audit?limit=1", null, bearer(root.cookie("picup_access"))).json().get("entries").get(0);

        assertThat(latest.get("action").asString()).isEqualTo("suspended");
        assertThat(latest.get("actor").asString()).isEqualTo(root.text("id"));
        assertThat(latest.get("subject").asString()).isEqualTo(ada);
        assertThat(latest.get("network").asString()).isIn("127.0.0.0/24", "0:0:0::/48");
        assertThat(latest.get("userAgent").asString()).startsWith("Java-http-client");
    }

    @Test
    void theLogIsReadInPagesAndHoldsEachLineOnce() {
        var root = signUp("root").cookie("picup_access");
        IntStream.range(0, 9).forEach(n -> signUp("member " + n));

        var seen = new java.util.ArrayList<String>();
        var cursor = "";
        do {
            var page = send("GET", "/api/admin/audit?limit=4" + cursor, null, bearer(root)).json();
            page.get("entries").forEach(entry -> seen.add(entry.get("id").asString()));
            cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void membersSeeWhatConcernsThemAndNoAddressOfAnAdministrator() {
        var root = signUp("root");
        var ada = signUp("ada");
        admin(root, "DELETE", ada.text("id"), "sessions");
        var token = signIn("ada").text("accessToken");

        var activities = send("GET", "/api/members/me/activity", null, bearer(token)).json().get("activities");

        assertThat(activities.valueStream().map(each -> each.get("action").asString()))
                .containsExactly("signed-in", "signed-out-everywhere", "signed-in", "signed-up");
        assertThat(activities.get(0).get("mine").asBoolean()).isTrue();
        assertThat(activities.get(0).get("network").isNull()).isFalse();
        assertThat(activities.get(1).get("mine").asBoolean()).isFalse();
        assertThat(activities.get(1).get("network").isNull()).isTrue();
        assertThat(activities.get(1).get("device").isNull()).isTrue();
    }

    @Test
    void guessingLeavesOneLineHoweverLongItGoesOn() {
        var root = signUp("root").cookie("picup_access");
        signUp("ada");
        IntStream.range(0, 30).forEach(n -> signIn("ada", "wrong " + n));

        assertThat(actions(root)).filteredOn("sign-in-blocked"::equals).hasSize(1);
    }

    @Test
    void aStolenRefreshTokenIsTold() {
        var root = signUp("root").cookie("picup_access");
        signUp("ada");
        var phone = signIn("ada").text("refreshToken");
        refresh(phone);
        clock.advance(Duration.ofMinutes(1));
        refresh(phone);

        assertThat(actions(root)).first().isEqualTo("refresh-token-reused");
    }

    @Test
    void whatIsTooOldIsForgottenALittleAtATime() {
        var root = signUp("root").cookie("picup_access");
        database.sql("update member.audit set at = at - interval '401 days'").update();
        database.sql("insert into member.audit (id, at, action) select gen_random_uuid(), :long_ago::timestamptz, 'signed-in' from generate_series(1, 100)")
                .param("long_ago", clock.instant().minus(Duration.ofDays(500)).toString()).update();
        assertThat(actions(root)).isEmpty();
        long before = lines();

        send("DELETE", "/api/auth/sessions", null, bearer(root));

        assertThat(lines()).isEqualTo(before + 1 - 20);
        assertThat(actions(root)).containsExactly("signed-out-everywhere");
    }

    private long lines() {
        return database.sql("select count(*) from member.audit").query(Long.class).single();
    }

    private List<String> actions(String administrator) {
        return send("GET", "/api/admin/audit", null, bearer(administrator)).json().get("entries").valueStream()
                .map(entry -> entry.get("action").asString()).toList();
    }

    private Answer admin(Answer administrator, String method, String member, String part) {
        return send(method, MEMBERS + "/" + member + "/" + part, null, bearer(administrator.cookie("picup_access")));
    }

    private JsonNode search(String administrator, String beginning) {
        return send("GET", MEMBERS + "?search=" + URLEncoder.encode(beginning, StandardCharsets.UTF_8), null, bearer(administrator)).json();
    }

    private static List<String> names(JsonNode page) {
        return page.get("members").valueStream().map(member -> member.get("username").asString()).toList();
    }

    private static String[] bearer(String accessToken) {
        return new String[] {"Authorization", "Bearer " + accessToken};
    }
}
