package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Ids;
import picup.platform.TestDatabase;

/// The product as processes of one role each, and as one process that has them all.
class RolesJourneyTest {
    private static Path folder;
    private static Split split;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
        split = new Split(temporary);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        split.close();
    }

    private static Person newPerson() {
        return Person.signUp(split.member.address(), "person-" + Ids.next());
    }

    /// The storage has heard of the keys by then, however the three came up.
    private static Person atStorage(Person person) {
        var there = new Person(split.storage.address(), person.token());
        Awaitility.await().until(() -> there.get("/api/space").status() == 200);
        return there;
    }

    @Test
    void aPictureGoesThroughAllThree() {
        var ada = atStorage(newPerson());

        var picture = ada.show("photo.jpg", Samples.photo());

        assertThat(ada.get("/api/pictures/" + picture.get("id").asString() + "/renditions/thumb").status()).isEqualTo(200);
        assertThat(ada.get("/api/timeline").json().toString()).contains("2008-10");
    }

    @Test
    void whatARoleDoesNotHaveIsNotFoundThere() {
        var ada = newPerson();
        for (var path : new String[] {"/api/timeline", "/api/live", "/api/space", "/api/pictures/" + Ids.next()}) {
            notFound(ada.get(path));
        }
        notFound(new Person(split.worker.address(), null).call("POST", "/api/members", null));
        notFound(ada.upload("photo.jpg", Samples.photo()));
        notFound(ada.get("/"));
        var there = atStorage(ada);
        notFound(there.get("/api/instance"));
        notFound(there.get("/api/members/me"));
        notFound(there.post("/api/members", "{}"));
        notFound(there.post("/api/auth/sessions", "{}"));
        notFound(new Person(there.address(), null).post("/api/auth/sessions/refresh", "{}"));
    }

    private static void notFound(Person.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void oneProcessHasItAll() {
        var ada = Product.newPerson();
        for (var path : new String[] {"/api/timeline", "/api/space", "/api/members/me", "/api/instance", "/api/auth/keys"}) {
            assertThat(ada.get(path).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void eachDatabaseHasTheSchemaOfItsRole() throws SQLException {
        assertThat(schemas(split.memberDatabase)).contains("member").doesNotContain("storage");
        assertThat(schemas(split.storageDatabase)).contains("storage").doesNotContain("member");
    }

    private static TreeSet<String> schemas(TestDatabase database) throws SQLException {
        var names = new TreeSet<String>();
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var found = connection.createStatement().executeQuery("SELECT schema_name FROM information_schema.schemata")) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    @Test
    void decodersBelongToTheWorker() {
        atStorage(newPerson()).show("photo.jpg", Samples.photo());

        assertThat(split.worker.hasDecoder()).isTrue();
        assertThat(split.storage.hasDecoder()).isFalse();
        assertThat(split.member.hasDecoder()).isFalse();
    }

    /// Also by a storage that was not running when the member role was last seen.
    @Test
    void theStorageServesWhileTheMemberRoleIsDown() throws IOException {
        var ada = atStorage(newPerson());
        split.member.kill();
        try {
            assertThat(ada.show("photo.jpg", Samples.photo()).get("state").asString()).isEqualTo("ready");
            split.storage.killServerAndStartAgain();
            assertThat(ada.get("/api/timeline").status()).isEqualTo(200);
            assertThat(ada.upload("photo.jpg", Samples.photo()).status()).isEqualTo(201);
        } finally {
            split.member.startAgain();
        }
    }

    /// It takes connections then, and says nothing.
    @Test
    void theStorageServesWhileTheMemberRoleIsFrozen() {
        var ada = atStorage(newPerson());
        split.member.freeze();
        try {
            split.storage.killServerAndStartAgain();
            for (int i = 0; i < 20; i++) {
                assertThat(new Person(ada.address(), JunkTokens.withAnUnknownKey()).get("/api/space").status()).isEqualTo(401);
            }
            assertThat(ada.upload("photo.jpg", Samples.photo()).status()).isEqualTo(201);
        } finally {
            split.member.thaw();
        }
    }

    @Test
    void aNewKeyIsHonouredSoon() {
        atStorage(newPerson());
        JunkTokens.addKey(folder.resolve("member/data/secrets/access-token-keys"), "99991231T235959Z-test");
        // The member role looks into the folder every half minute.
        var ada = Awaitility.await().atMost(Duration.ofSeconds(60)).until(RolesJourneyTest::newPerson,
                person -> JunkTokens.keyIdOf(person.token()).equals("99991231T235959Z-test"));

        atStorage(ada);
    }

    @Test
    void membersWithoutStorageAndBrokerDoNotStart() throws Exception {
        assertThat(refusal("member", "picup.roles=member")).contains("picup.events.broker", "rabbitmq");
    }

    @Test
    void aWorkerWithADatabaseOfItsOwnDoesNotStart() throws Exception {
        assertThat(refusal("worker", "picup.roles=worker")).contains("picup.database.url");
    }

    @Test
    void anUnknownRoleDoesNotStart() throws Exception {
        assertThat(refusal("unknown", "picup.roles=janitor")).contains("picup.roles", "janitor");
    }

    private static String refusal(String name, String... settings) throws Exception {
        try (var instance = Instance.starting(Files.createDirectory(folder.resolve("refused-" + name)), settings)) {
            instance.awaitEnd();
            return Files.readString(instance.log());
        }
    }
}
