package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Albums as a client sees them.
class AlbumsJourneyTest {
    private final Person person = Product.newPerson();

    private String album(Map<String, Object> body) {
        return Person.require(201, person.post("/api/albums", body)).json().get("id").asString();
    }

    private List<String> pictures(int many) {
        return Stream.generate(() -> person.show("a.jpg", Samples.photo(64, 64)).get("id").asString()).limit(many).toList();
    }

    private JsonNode one(String id) {
        return Person.require(200, person.get("/api/albums/" + id)).json();
    }

    private List<String> inOrder(String album) {
        return person.get("/api/albums/" + album + "/pictures?limit=1000").json().get("pictures").valueStream().map(each -> each.get("id").asString()).toList();
    }

    @Test
    void anAlbumIsNamedCoveredDescribedAndOrdered() {
        var ids = pictures(3);
        var album = album(Map.of("name", "Summer"));
        person.post("/api/albums/" + album + "/pictures", Map.of("ids", ids));
        Person.require(200, person.post("/api/albums/" + album + "/pictures/move", Map.of("ids", List.of(ids.get(2)), "after", ids.get(0))));
        assertThat(inOrder(album)).containsExactly(ids.get(0), ids.get(2), ids.get(1));
        Person.require(200, person.put("/api/albums/" + album + "/cover", Map.of("pictureId", ids.get(1))));
        var changed = Person.require(200, person.patch("/api/albums/" + album, Map.of("name", "<b>여름</b>", "description", "Two\nlines", "ordering", "newest", "display", "trip"))).json();
        assertThat(changed.get("name").asString()).isEqualTo("<b>여름</b>");
        assertThat(changed.get("coverPictureId").asString()).isEqualTo(ids.get(1));
        assertThat(changed.get("coverChosen").asBoolean()).isTrue();
        assertThat(changed.get("ordering").asString()).isEqualTo("newest");
        assertThat(changed.get("display").asString()).isEqualTo("trip");
        assertThat(changed.get("kind").asString()).isEqualTo("gathered");
        assertThat(person.patch("/api/albums/" + album, Map.of("ordering", "random")).code()).isEqualTo("bad-value");
        assertThat(person.put("/api/albums/" + album + "/cover", Map.of("pictureId", UUID.randomUUID())).code()).isEqualTo("not-in-album");
        assertThat(person.post("/api/albums/" + album + "/pictures/move", Map.of("ids", List.of(ids.get(0)), "after", UUID.randomUUID())).code()).isEqualTo("not-in-album");
        assertThat(person.post("/api/albums/" + album + "/pictures/move", Map.of("ids", ids)).code()).isEqualTo("bad-value");
        assertThat(person.get("/api/albums/" + album + "/route").json().get("stops").isArray()).isTrue();
    }

    @Test
    void albumsLieInAlbums() {
        var outer = album(Map.of("name", "Journeys"));
        var inner = album(Map.of("name", "Jeju", "parentId", outer));
        assertThat(one(inner).get("path").get(0).get("name").asString()).isEqualTo("Journeys");
        assertThat(person.get("/api/albums/" + outer + "/albums").json().get("albums")).hasSize(1);
        assertThat(person.get("/api/albums?outermost=true").json().get("albums")).hasSize(1);
        assertThat(person.get("/api/albums").json().get("albums")).hasSize(2);
        assertThat(person.put("/api/albums/" + outer + "/parent", Map.of("parentId", inner)).code()).isEqualTo("album-nesting");
        assertThat(Product.newPerson().post("/api/albums", Map.of("name", "Mine", "parentId", outer)).code()).isEqualTo("not-found");
        Person.require(204, person.delete("/api/albums/" + outer));
        assertThat(one(inner).get("path")).isEmpty();
        assertThat(person.get("/api/albums/" + outer).code()).isEqualTo("not-found");
        Person.require(200, person.post("/api/albums/" + outer + "/restore", Map.of()));
        assertThat(one(inner).get("path")).hasSize(1);
    }

    @Test
    void textsStandBetweenPicturesAndStayText() {
        var ids = pictures(2);
        var album = album(Map.of("name", "Trip"));
        person.post("/api/albums/" + album + "/pictures", Map.of("ids", ids));
        var hostile = "<img src=x onerror=alert(1)> \u202Eabc\u0007";
        var text = Person.require(201, person.post("/api/albums/" + album + "/texts", Map.of("text", hostile, "before", ids.get(1)))).json().get("id").asString();
        var listed = person.get("/api/albums/" + album + "/texts").json().get("texts").get(0);
        assertThat(listed.get("text").asString()).isEqualTo(hostile);
        assertThat(listed.get("before").asString()).isEqualTo(ids.get(1));
        Person.require(204, person.put("/api/albums/" + album + "/texts/" + text, Map.of("text", "Calm")));
        assertThat(person.put("/api/albums/" + album + "/texts/" + text, Map.of("text", "x".repeat(65_537))).code()).isIn("bad-value", "too-large");
        assertThat(Product.newPerson().delete("/api/albums/" + album + "/texts/" + text).code()).isEqualTo("not-found");
        Person.require(204, person.delete("/api/albums/" + album + "/texts/" + text));
        assertThat(person.get("/api/albums/" + album + "/texts").json().get("texts")).isEmpty();
    }

    /// After the commit, and nobody else's.
    @Test
    void theOwnersBrowsersHearWhatChanged() {
        var stranger = Product.newPerson();
        var ids = pictures(2);
        try (var mine = new LiveStream(person); var theirs = new LiveStream(stranger)) {
            var album = album(Map.of("name", "Live"));
            person.post("/api/albums/" + album + "/pictures", Map.of("ids", ids));
            mine.awaitLine("\"id\":\"" + album + "\",\"change\":\"made\"");
            mine.awaitLine("\"id\":\"" + album + "\",\"change\":\"contents\"");
            Person.require(204, person.delete("/api/albums/" + album));
            mine.awaitLine("\"id\":\"" + album + "\",\"change\":\"deleted\"");
            stranger.show("own.jpg", Samples.photo(64, 64));
            theirs.awaitLine("event:picture");
            assertThat(theirs.heard(album)).isFalse();
        }
    }
}
