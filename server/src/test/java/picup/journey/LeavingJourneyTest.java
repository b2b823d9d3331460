package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.events.MemberDeleted;
import picup.events.MemberReinstated;
import picup.events.MemberSuspended;
import picup.events.Outbox;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.storage.SweepClosedSpaces;

/// A member leaves, and everything goes.
class LeavingJourneyTest {
    private static final Map<String, String> PASSWORD = Map.of("password", "a long enough password");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /// A question with more ids than an address holds; what closes something, or empties only the browser.
    private static final Set<String> HARMLESS = Set.of("POST /api/albums/{id}/pictures/places", "POST /api/locked-folder/lock", "DELETE /api/locked-folder/browser-cache");
    private final Person founder = Product.newPerson(); // so that nobody below is the last administrator
    private final Person person = Product.newPerson();
    private final MemberId id = id(person);
    private final Owners owners = new Owners(Product.part(JdbcClient.class));

    private static MemberId id(Person person) {
        return MemberId.of(person.get("/api/members/me").json().get("id").asString());
    }

    private static Path original(String digest) {
        return Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static Path renditions(String digest) {
        return Product.data().resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest);
    }

    private String uploaded() {
        return person.upload("mine.jpg", Samples.photo()).json().get("id").asString();
    }

    private void awaitNothingLeft() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(owners.rowsOf(id.value())).isEqualTo(Map.of("space", 1L));
            assertThat(Product.part(SweepClosedSpaces.class).leftovers()).doesNotContain(id);
        });
    }

    @Test
    void everythingOfAMemberGoesAndATwinOfAnotherStays() {
        var shared = Samples.photo();
        var digestOfShared = person.show("shared.jpg", shared).get("sha256").asString();
        var theirs = founder.show("shared.jpg", shared).get("id").asString();
        var shown = person.show("own.jpg", Samples.photo());
        var own = shown.get("sha256").asString();
        var trashed = person.show("trashed.jpg", Samples.photo());
        var forgotten = uploaded();
        var album = person.post("/api/albums", Map.of("name", "Summer")).json().get("id").asString();
        person.post("/api/albums/" + album + "/pictures", Map.of("ids", List.of(shown.get("id").asString())));
        person.delete("/api/pictures/" + forgotten);
        person.delete("/api/trash");
        person.delete("/api/pictures/" + trashed.get("id").asString());
        assertThat(owners.rowsOf(id.value())).containsOnlyKeys("album", "album_count", "album_picture", "deleted_for_good", "facet", "month", "original", "picture", "purge_guard", "space",
                "usage");

        assertThat(person.delete("/api/members/me", PASSWORD).status()).isEqualTo(204);

        assertThat(person.get("/api/pictures").status()).isEqualTo(401);
        awaitNothingLeft();
        Awaitility.await().untilAsserted(() -> {
            for (var digest : List.of(own, trashed.get("sha256").asString())) {
                assertThat(original(digest)).doesNotExist();
                assertThat(renditions(digest)).doesNotExist();
            }
        });
        assertThat(original(digestOfShared)).exists();
        assertThat(founder.get("/api/pictures/" + theirs + "/original").body()).isEqualTo(shared);
        assertThat(founder.get("/api/pictures/" + theirs + "/renditions/thumb").status()).isEqualTo(200);
    }

    @Test
    void whoTakesTheNameNextSeesNothingOfTheOneBefore() {
        var name = person.get("/api/members/me").json().get("username").asString();
        var picture = uploaded();
        person.delete("/api/members/me", PASSWORD);

        var newcomer = Person.signUp(Product.address(), name);

        assertThat(id(newcomer)).isNotEqualTo(id);
        assertThat(newcomer.get("/api/pictures").json().get("pictures").size()).isZero();
        assertThat(newcomer.get("/api/timeline").json().size()).isZero();
        assertThat(newcomer.get("/api/pictures/" + picture).status()).isEqualTo(404);
        assertThat(newcomer.upload("again.jpg", Samples.photo()).status()).isEqualTo(201);
    }

    /// As it is where the storage side is a process of its own, which hears of the end by the news alone.
    @Test
    void theNewsAloneStopsTokensThatAreStillGood() {
        uploaded();
        Product.part(Outbox.class).publish(new MemberDeleted(Ids.next(), id, 7, Instant.now()));
        Awaitility.await().untilAsserted(() -> assertThat(person.get("/api/pictures").status()).isEqualTo(401));
        assertThat(person.upload("late.jpg", Samples.photo()).status()).isEqualTo(401);
        awaitNothingLeft();
    }

    /// And in another process of the storage side, which has not heard of it at all: the row decides.
    @Test
    void aWriteIsRefusedByTheRowAndBringsNoSpaceBack() {
        stand("closed");
        var late = Samples.photo();
        var answer = person.upload("late.jpg", late);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("session-ended");
        assertThat(person.get("/api/pictures").status()).isEqualTo(401); // heard of it now
        Awaitility.await().untilAsserted(() -> assertThat(original(InstanceClients.sha256(late))).doesNotExist());
        assertThat(owners.rowsOf(id.value())).isEqualTo(Map.of("space", 1L));
    }

    private void stand(String standing) {
        Awaitility.await().until(() -> Product.part(JdbcClient.class).sql("UPDATE storage.space SET standing = ? WHERE owner_id = ?")
                .params(standing, id.value()).update() == 1);
    }

    /// Walks every operation that the interface describes, so that one that is added later is covered without being named.
    @Test
    void aSuspendedMemberChangesNothing() {
        var picture = uploaded();
        var trashed = uploaded();
        person.settled(picture); // what decoders find is no change of the member's
        person.settled(trashed);
        person.delete("/api/pictures/" + trashed);
        var album = person.post("/api/albums", Map.of("name", "Mine")).json().get("id").asString();
        person.post("/api/albums/" + album + "/pictures", Map.of("ids", List.of(picture)));
        var text = person.post("/api/albums/" + album + "/texts", Map.of("text", "Then it rained.")).json().get("id").asString();
        stand("suspended");
        var before = owners.contentsOf(id.value());

        var refused = new ArrayList<String>();
        for (var path : Product.stranger().get("/openapi.json").json().get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                var verb = method.getKey().toUpperCase(Locale.ROOT);
                if (READING.contains(verb) || path.getKey().startsWith("/api/members") || path.getKey().startsWith("/api/auth") || HARMLESS.contains(verb + " " + path.getKey())) {
                    continue;
                }
                for (var one : List.of(picture, trashed, album)) {
                    var body = new HashMap<String, Object>(Map.of("name", "x", "description", "x", "favourite", true, "ids", List.of(picture, trashed), "text", "x", "after", picture));
                    var answer = person.call(verb, path.getKey().replace("{id}", one).replace("{textId}", text), body);
                    assertThat(answer.status()).as(verb + " " + path.getKey() + " " + answer).isBetween(400, 499);
                    assertThat(owners.contentsOf(id.value())).as(verb + " " + path.getKey()).isEqualTo(before);
                    if (answer.code().equals("suspended")) {
                        refused.add(verb + " " + path.getKey());
                    }
                }
            }
        }
        assertThat(refused).contains("DELETE /api/trash", "POST /api/trash", "POST /api/trash/restore", "PATCH /api/pictures/{id}", "DELETE /api/pictures/{id}",
                "POST /api/albums", "PATCH /api/albums/{id}", "DELETE /api/albums/{id}", "POST /api/albums/{id}/pictures",
                "DELETE /api/albums/{id}/pictures", "POST /api/albums/{id}/pictures/move", "PUT /api/albums/{id}/cover",
                "POST /api/albums/{id}/texts", "PUT /api/albums/{id}/texts/{textId}", "DELETE /api/albums/{id}/texts/{textId}", "PATCH /api/pictures",
                "PUT /api/pictures/{id}/edit", "DELETE /api/pictures/{id}/edit");
        var answer = person.upload("late.jpg", Samples.photo());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("suspended");
    }

    @Test
    void aReinstatedMemberGoesOn() {
        uploaded();
        Product.part(Outbox.class).publish(new MemberSuspended(Ids.next(), id, 2, Instant.now()));
        Awaitility.await().untilAsserted(() -> assertThat(person.get("/api/pictures").status()).isEqualTo(401));
        Product.part(Outbox.class).publish(new MemberReinstated(Ids.next(), id, 3, Instant.now()));
        Awaitility.await().untilAsserted(() -> assertThat(person.get("/api/pictures").json().get("pictures").size()).isEqualTo(1));
        assertThat(person.upload("more.jpg", Samples.photo()).status()).isEqualTo(201);
    }
}
