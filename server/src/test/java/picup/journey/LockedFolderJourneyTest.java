package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picup.platform.Ids;

/// Walks every endpoint that the interface describes with a picture of the locked folder: as another member, as its owner where the folder is closed, by a
/// key with every scope, and as its owner where it is open. Nothing here names an endpoint that has to be guarded, so one that is added later is covered.
class LockedFolderJourneyTest {
    private static final String CODE = "481516";
    private static final String XMP = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>
            """;

    private final String name = "person-" + Ids.next();
    private final Person open = Person.signUp(Product.address(), name);
    private final Person closed = Person.signIn(Product.address(), name);
    private final String picture = open.show("hushed.jpg", Samples.photo()).get("id").asString();
    private final String other = open.show("plain.jpg", Samples.photo(64, 48)).get("id").asString();
    private final String sidecar = sidecar();
    private final String album = open.post("/api/albums", Map.of("name", "Trip")).json().get("id").asString();
    private final String month = open.get("/api/pictures/" + picture).json().get("takenAt").asString().substring(0, 7);
    private final String source = open.get("/api/receipts").json().get("sources").get(0).get("id").asString();

    /// Read, too, as what it says is told of the picture.
    private String sidecar() {
        Person.require(201, open.upload("hushed.jpg.xmp", XMP.getBytes(StandardCharsets.UTF_8)));
        return Awaitility.await().until(() -> open.get("/api/pictures/" + picture).json(), shown -> shown.path("rating").asInt(0) == 4).get("sidecars").get(0).get("id").asString();
    }

    private record Operation(String method, String path) {
        boolean isOfThePicture() {
            return path.startsWith("/api/pictures/{id}") || path.startsWith("/api/sidecars/{id}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        Product.stranger().get("/openapi.json").json().get("paths").properties().forEach(path ->
                path.getValue().properties().forEach(method -> operations.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey()))));
        operations.removeIf(each -> InterfaceDescription.PUBLIC.contains(each.toString()) || each.path().startsWith("/api/auth/") || each.path().equals("/api/live"));
        assertThat(operations).hasSizeGreaterThan(60).anyMatch(Operation::isOfThePicture);
        return operations;
    }

    private void putAway() {
        open.patch("/api/pictures/" + picture, Map.of("description", "whispered", "favourite", true));
        open.post("/api/albums/" + album + "/pictures", Map.of("ids", List.of(picture, other)));
        open.put("/api/albums/" + album + "/cover", Map.of("pictureId", picture));
        Person.require(200, open.put("/api/locked-folder/code", Map.of("code", CODE)));
        assertThat(open.post("/api/locked-folder/pictures", Map.of("ids", List.of(picture))).json().get("count").asInt()).isOne();
    }

    private String address(Operation operation) {
        var id = operation.path().startsWith("/api/pictures/") ? picture : operation.path().startsWith("/api/sidecars/") ? sidecar : album;
        var address = operation.path().replace("{id}", id).replace("{name}", "thumb").replace("{sidecarId}", sidecar).replace("{textId}", other).replace("{month}", month).replace("{source}", source);
        // As a search for it would be, whatever that calls its words; and as a browser that was here before has it.
        return operation.method().equals("GET") ? address + "?v=2&q=hushed&query=hushed" : address;
    }

    private Object body(Operation operation) {
        if (operation.method().equals("GET")) {
            return null;
        }
        var body = new HashMap<String, Object>(Map.of("name", "Trip", "description", "stolen", "favourite", false, "displayName", "x"));
        body.put("ids", List.of(picture));
        return body;
    }

    private static String text(Person.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void nothingHasChanged() {
        var now = open.get("/api/pictures/" + picture).json();
        assertThat(now.path("locked").asBoolean()).as(now.toString()).isTrue();
        assertThat(now.path("favourite").asBoolean()).isTrue();
        assertThat(now.path("description").asString()).isEqualTo("whispered");
        assertThat(now.path("trashedAt").isNull()).isTrue();
        assertThat(now.path("sidecars").size()).isOne();
    }

    @TestFactory
    Stream<DynamicTest> itsOwnerSeesNothingOfItWhereTheFolderIsClosed() {
        putAway();
        return walk(closed);
    }

    @TestFactory
    Stream<DynamicTest> aKeyWithEveryScopeSeesNothingOfIt() {
        putAway();
        var scopes = List.of("pictures:read", "pictures:write", "albums:read", "albums:write", "account:read");
        return walk(new Person(open.address(), open.post("/api/auth/api-keys", Map.of("name", "walk", "scopes", scopes)).json().get("secret").asString()));
    }

    private Stream<DynamicTest> walk(Person who) {
        return operations().stream().filter(each -> !each.path().startsWith("/api/admin/") && !each.toString().equals("DELETE /api/members/me"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    var address = address(operation);
                    var answer = who.call(operation.method(), address, body(operation));
                    if (operation.isOfThePicture()) {
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
                        assertThat(answer.code()).isEqualTo("locked");
                        assertThat(answer.header("Cache-Control")).contains("no-store");
                    }
                    assertThat(answer.status()).as(answer.toString()).isLessThan(500);
                    assertThat(text(answer).replace(address.replaceFirst("\\?.*", ""), "what was asked for")).doesNotContain(picture, "hushed", "whispered", sidecar);
                    if (!operation.method().equals("GET")) {
                        nothingHasChanged();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> anotherMemberFindsNothing() {
        putAway();
        var stranger = Product.newPerson();
        return operations().stream().filter(Operation::isOfThePicture).map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
            assertThat(stranger.call(operation.method(), address(operation), body(operation)).status()).isEqualTo(404);
            assertThat(Product.stranger().call(operation.method(), address(operation), body(operation)).status()).isEqualTo(401);
        }));
    }

    @TestFactory
    Stream<DynamicTest> itsOwnerSeesItWhereTheFolderIsOpenAndNoBrowserKeepsIt() {
        putAway();
        return operations().stream().filter(each -> each.isOfThePicture() && each.method().equals("GET")).map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
            var answer = open.get(address(operation));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("no-store").doesNotContain("max-age=3");
        }));
    }

    @Test
    void whatIsKeptForAYearIsNotOfferedAgainOnceItIsLocked() {
        var before = open.get("/api/pictures/" + picture + "/renditions/thumb?v=2");
        assertThat(before.header("Cache-Control")).contains("max-age=31536000");
        putAway();
        assertThat(open.call("DELETE", "/api/locked-folder/browser-cache", null).header("Clear-Site-Data")).isEqualTo("\"cache\"");
        assertThat(closed.get("/api/pictures/" + picture + "/renditions/thumb?v=2", "If-None-Match", String.valueOf(before.header("ETag"))).status()).isEqualTo(403);
        assertThat(closed.get("/api/pictures/" + picture + "/original", "Range", "bytes=0-99").status()).isEqualTo(403);
    }

    @Test
    void theNewsNameNothingThatIsLocked() {
        putAway();
        open.delete("/api/locked-folder/pictures", Map.of("ids", List.of(picture)));
        try (var news = new LiveStream(closed)) {
            open.post("/api/locked-folder/pictures", Map.of("ids", List.of(picture)));
            news.awaitLine("\"lockings\":2");
            open.patch("/api/pictures/" + picture, Map.of("description", "told"));
            open.delete("/api/pictures/" + picture);
            open.post("/api/trash/restore", Map.of("ids", List.of(picture)));
            open.patch("/api/pictures/" + other, Map.of("description", "told"));
            news.awaitLine(other);
            assertThat(news.heard()).noneMatch(line -> line.contains(picture));
        }
    }

    @Test
    void anArchiveHasTheFolderWhileItIsOpenAndSaysWhatItLacksOtherwise() {
        putAway();
        assertThat(closed.get("/api/archive/contents").json().get("leftOut").asInt()).isOne();
        var without = text(closed.get("/api/archive"));
        assertThat(without).contains("plain.jpg", "INCOMPLETE.txt").doesNotContain("hushed");
        assertThat(open.get("/api/archive/contents").json().get("leftOut").asInt()).isZero();
        assertThat(text(open.get("/api/archive"))).contains("hushed.jpg", "COMPLETE.txt").doesNotContain("INCOMPLETE");
    }

    @Test
    void aReceiptCountsItWithoutItsName() {
        putAway();
        var source = closed.get("/api/receipts").json().get("sources").get(0);
        assertThat(source.get("pictures").asInt()).isEqualTo(2);
        var page = text(closed.get("/api/receipts/" + source.get("id").asString()));
        assertThat(page).contains(open.get("/api/pictures/" + picture).json().get("sha256").asString(), "plain.jpg").doesNotContain("hushed");
    }
}
