package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Walks every endpoint that the interface describes (and a test keeps the description equal to the controllers) as
/// nobody, and as another member with your ids. Nothing here names an endpoint that has to be protected, so one that is
/// added later is covered without being added here.
class AccessJourneyTest {
    private static final Map<String, Object> BODY = Map.of("name", "stolen", "description", "stolen", "favourite", true, "displayName", "x");

    private final Person victim = Product.newPerson();
    private final String picture = victim.show("mine.jpg", Samples.photo()).get("id").asString();
    private final String album = victim.post("/api/albums", Map.of("name", "Mine")).json().get("id").asString();

    private record Operation(String method, String path) {
        boolean named() {
            return path.contains("{id}");
        }

        /// What no member but an administrator may do, whatever the id.
        boolean isForAdministrators() {
            return path.startsWith("/api/admin/");
        }

        /// Empty for HEAD alone, whose answers have no body.
        String code(Person.Answer answer) {
            return method.equals("HEAD") ? "" : answer.code();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        Product.stranger().get("/openapi.json").json().get("paths").properties().forEach(path ->
                path.getValue().properties().forEach(method -> operations.add(new Operation(method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey()))));
        assertThat(operations).hasSizeGreaterThan(25);
        return operations;
    }

    @TestFactory
    List<DynamicTest> nobodyIsToldToSignIn() {
        return operations().stream()
                .filter(operation -> !InterfaceDescription.PUBLIC.contains(operation.toString()))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    for (var id : List.of(picture, album)) {
                        var answer = Product.stranger().call(operation.method(), address(operation, id), body(operation, id));
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
                        assertThat(operation.code(answer)).isEqualTo(operation.method().equals("HEAD") ? "" : "not-signed-in");
                    }
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> anotherMemberFindsNothingUnderYourIds() {
        var other = Product.newPerson();
        return operations().stream()
                .filter(Operation::named)
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    for (var id : List.of(picture, album)) {
                        var answer = other.call(operation.method(), address(operation, id), body(operation, id));
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                    }
                    nothingHasChanged();
                }))
                .toList();
    }

    /// Endpoints that take ids in their body do nothing to yours, and lists show none of them.
    @TestFactory
    List<DynamicTest> anotherMemberReachesNothingInBulk() {
        var other = Product.newPerson();
        return operations().stream()
                .filter(operation -> !operation.named() && !InterfaceDescription.PUBLIC.contains(operation.toString()) && !operation.path().equals("/api/live"))
                .filter(operation -> !operation.path().startsWith("/api/auth/"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    var answer = other.call(operation.method(), address(operation, picture), body(operation, picture));
                    assertThat(answer.status()).as(answer.toString()).isLessThan(500);
                    assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)).doesNotContain(picture, album);
                    nothingHasChanged();
                }))
                .toList();
    }

    /// A key of one's own with the least scope there is; what it reaches is named here, all else must be closed.
    @TestFactory
    List<DynamicTest> aKeyReachesWhatItsScopeNamesAndNothingElse() {
        var reach = Set.of("GET /api/members/me", "GET /api/space");
        var key = new Person(victim.address(), key(victim, "account:read"));
        return operations().stream()
                .filter(operation -> !InterfaceDescription.PUBLIC.contains(operation.toString()))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    for (var id : List.of(picture, album)) {
                        var answer = key.call(operation.method(), address(operation, id), body(operation, id));
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(reach.contains(operation.toString()) ? 200 : operation.isForAdministrators() ? 404 : 403);
                        if (answer.status() == 403) {
                            assertThat(operation.code(answer)).isEqualTo(operation.method().equals("HEAD") ? "" : "scope-missing");
                        }
                    }
                    nothingHasChanged();
                }))
                .toList();
    }

    /// A key with every scope is still no session: it alters no keys, passwords, sessions, and administers nothing.
    @TestFactory
    List<DynamicTest> noScopeReachesTheAccountItself() {
        var founder = Product.founder();
        var key = new Person(founder.address(), key(founder, "pictures:read", "pictures:write", "albums:read", "albums:write", "account:read"));
        return operations().stream()
                .filter(operation -> !InterfaceDescription.PUBLIC.contains(operation.toString()) && !operation.path().equals("/api/live"))
                .filter(operation -> !operation.path().matches("/api/(pictures|uploads|direct-uploads|receipts|facts|sidecars|albums|timeline|trash|space)\\b.*") && !operation.toString().equals("GET /api/members/me"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    var answer = key.call(operation.method(), address(operation, picture), body(operation, picture));
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(operation.isForAdministrators() ? 404 : 403);
                    assertThat(operation.code(answer)).isEqualTo(operation.method().equals("HEAD") ? "" : operation.isForAdministrators() ? "not-found" : "scope-missing");
                }))
                .toList();
    }

    private static String key(Person person, String... scopes) {
        return person.post("/api/auth/api-keys", Map.of("name", "walk", "scopes", List.of(scopes))).json().get("secret").asString();
    }

    /// Whoever looks after this Picup looks after people and work, never into what they keep.
    @TestFactory
    List<DynamicTest> anAdministratorFindsNothingUnderYourIdsEither() {
        var administrator = Product.newAdministrator();
        return operations().stream()
                .filter(operation -> operation.named() && !operation.isForAdministrators())
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    for (var id : List.of(picture, album)) {
                        var answer = administrator.call(operation.method(), address(operation, id), body(operation, id));
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                    }
                    nothingHasChanged();
                }))
                .toList();
    }

    /// Nor does anything that administrators may read name a picture, an album or a file.
    @TestFactory
    List<DynamicTest> whatAnAdministratorMayReadShowsNoPicture() {
        var administrator = Product.newAdministrator();
        return operations().stream()
                .filter(operation -> operation.isForAdministrators() && operation.method().equals("GET") && !operation.named())
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    var answer = administrator.get(operation.path());
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                    assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)).doesNotContain(picture, album, "mine.jpg");
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> toAMemberThereIsNothingForAdministrators() {
        var other = Product.newPerson();
        var operations = operations().stream().filter(Operation::isForAdministrators).toList();
        assertThat(operations).hasSizeGreaterThan(5);
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    var answer = other.call(operation.method(), address(operation, picture), body(operation, picture));
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                    assertThat(answer.code()).isEqualTo("not-found");
                }))
                .toList();
    }

    private void nothingHasChanged() {
        JsonNode now = victim.get("/api/pictures/" + picture).json();
        assertThat(now.get("trashedAt").isNull()).isTrue();
        assertThat(now.get("favourite").asBoolean()).isFalse();
        assertThat(now.get("description").toString()).doesNotContain("stolen"); // its file may say something by itself
        var mine = victim.get("/api/albums/" + album).json();
        assertThat(mine.get("name").asString()).isEqualTo("Mine");
        assertThat(mine.get("count").asInt()).isZero();
    }

    private static String address(Operation operation, String id) {
        return operation.path().replace("{id}", id).replace("{name}", "thumb").replace("{sidecarId}", id).replace("{textId}", id).replace("{month}", "2008-10").replace("{source}", "phone");
    }

    private static Object body(Operation operation, String id) {
        if (operation.method().equals("GET")) {
            return null;
        }
        var body = new java.util.HashMap<>(BODY);
        body.put("ids", List.of(id));
        return body;
    }
}
