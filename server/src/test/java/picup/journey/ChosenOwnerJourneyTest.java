package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picup.platform.Ids;

/// Whose something is, and who somebody is, follows from the session alone, whatever a client writes into a request.
class ChosenOwnerJourneyTest {
    private static final List<String> NAMES = List.of("owner", "ownerId", "owner_id", "member", "memberId", "member_id", "userId");

    private final Person victim = Product.newPerson();
    private final Person attacker = Product.newPerson();
    private final String victimId = victim.get("/api/members/me").json().get("id").asString();

    @Test
    void anUploadGoesToWhoeverSendsIt() throws Exception {
        for (var name : NAMES) {
            var answer = attacker.upload("/api/pictures?" + name + "=" + victimId, "mine.jpg", Samples.photo(), Map.of(name, victimId));
            if (answer.status() < 300) {
                assertThat(attacker.get("/api/pictures/" + answer.json().get("id").asString()).status()).isEqualTo(200);
            } else {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            }
        }
        assertThat(victim.get("/api/pictures").json().get("pictures")).isEmpty();
        assertThat(victim.get("/api/space").json().get("usedBytes").asLong()).isZero();
    }

    @Test
    void anAlbumIsOfWhoeverMakesIt() {
        for (var name : NAMES) {
            attacker.post("/api/albums?" + name + "=" + victimId, Map.of("name", "Stolen", name, victimId));
        }
        assertThat(victim.get("/api/albums").json().get("albums")).isEmpty();
    }

    @Test
    void nobodySignsUpAsSomebodyElseOrAsAnAdministrator() {
        var username = "person-" + Ids.next();
        var answer = Product.stranger().post("/api/members", Map.of("username", username, "password", "a long enough password", "id", victimId,
                "administrator", true, "role", "administrator", "scopes", List.of("*")));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.json().get("id").asString()).isNotEqualTo(victimId);
        assertThat(answer.json().get("administrator").asBoolean()).isFalse();
    }

    @Test
    void aChangeOfOnesOwnAccountChangesNothingElseOfIt() {
        var before = attacker.get("/api/members/me").json();

        attacker.patch("/api/members/me", Map.of("displayName", "Mallory", "id", victimId, "administrator", true, "username", "root"));

        var after = attacker.get("/api/members/me").json();
        assertThat(after.get("displayName").asString()).isEqualTo("Mallory");
        for (var field : List.of("id", "username", "administrator")) {
            assertThat(after.get(field)).isEqualTo(before.get(field));
        }
        assertThat(victim.get("/api/members/me").json().get("displayName").asString()).isNotEqualTo("Mallory");
    }
}
