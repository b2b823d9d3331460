package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Ids;
import picup.platform.TestRedis;

/// Three processes, one role each, behind the nginx configuration that is shipped, with a Redis for their news.
class NginxJourneyTest {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Path folder;
    private static TestRedis redis;
    private static Split split;
    private static TestNginx nginx;

    @BeforeAll
    static void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        redis = new TestRedis(Files.createDirectory(temporary.resolve("redis")));
        split = new Split(temporary, "picup.redis.url=" + redis.url());
        nginx = new TestNginx(Files.createDirectory(temporary.resolve("nginx")), split.member.address(), split.storage.address());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.close();
        split.close();
        redis.close();
    }

    /// The storage has fetched the keys by then, however the three came up.
    private static Person newPerson() {
        var person = Person.signUp(nginx.address(), "person-" + Ids.next());
        Awaitility.await().until(() -> person.get("/api/space").status() == 200);
        return person;
    }

    @Test
    void onePersonOneAddressThreeProcesses() {
        var ada = newPerson();
        assertThat(ada.get("/api/members/me").status()).isEqualTo(200);
        assertThat(ada.get("/api/instance").json().get("empty").asBoolean()).isFalse();
        try (var live = new LiveStream(ada)) {
            var picture = ada.show("photo.jpg", Samples.photo()).get("id").asString();

            assertThat(ada.get("/api/pictures/" + picture + "/renditions/thumb").status()).isEqualTo(200);
            live.awaitLine("\"state\":\"processing\""); // from the storage itself
            live.awaitLine("\"state\":\"ready\""); // from the worker
        }
    }

    /// The storage hears of it over Redis; without, it would honour the token for ten minutes.
    @Test
    void aSessionThatEndsAtTheMemberRoleEndsAtTheStorage() {
        var ada = newPerson();
        try (var live = new LiveStream(ada)) {
            assertThat(ada.delete("/api/auth/sessions/current").status()).isEqualTo(204);

            live.awaitEnd();
            assertThat(ada.get("/api/timeline").status()).isEqualTo(401);
        }
    }

    @Test
    void anUploadIsPassedOnWhileItArrives() throws Exception {
        var ada = newPerson();
        var photo = Samples.photo();
        var head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        var padding = new byte[20_000_000];
        try (var body = new PipedOutputStream(); var sent = new PipedInputStream(body, 1 << 20)) {
            var answer = HTTP.sendAsync(HttpRequest.newBuilder(URI.create(nginx.address() + "/api/pictures"))
                    .header("Authorization", "Bearer " + ada.token()).header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(BodyPublishers.ofInputStream(() -> sent)).build(), BodyHandlers.ofString());
            body.write(head);
            body.write(photo);
            body.write(padding, 0, padding.length / 2);
            body.flush();
            Awaitility.await("half of it at the storage").atMost(Duration.ofSeconds(30)).until(() -> arriving() > padding.length / 4);
            assertThat(answer).isNotDone();
            body.write(padding, 0, padding.length / 2);
            body.write("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
            body.close();

            assertThat(answer.join().statusCode()).as(answer.join().body()).isEqualTo(201);
        }
    }

    private static long arriving() throws IOException {
        try (var files = Files.list(folder.resolve("storage/data/originals/incoming"))) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    /// What a client says of itself must not count: the address by which attempts are limited, the scheme, the host.
    @Test
    void aClientCannotSayWhereItComesFrom() {
        var name = "person-" + Ids.next();
        Person.signUp(nginx.address(), name);

        var signedIn = signIn(name, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "elsewhere.example");

        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(201);
        assertThat(signedIn.headers().allValues("Set-Cookie")).isNotEmpty().noneMatch(cookie -> cookie.contains("Secure"));
        assertThat(signIn(name, "Origin", nginx.address()).statusCode()).isEqualTo(201);
        assertThat(signIn(name, "Origin", "http://elsewhere.example", "X-Forwarded-Host", "elsewhere.example").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> signIn(String name, String... headers) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(nginx.address() + "/api/auth/sessions")).headers(headers)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"username\":\"%s\",\"password\":\"a long enough password\"}".formatted(name))).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutTheMemberRoleWhoIsSignedInGoesOn() {
        var ada = newPerson();
        split.member.kill();
        try (var live = new LiveStream(ada)) {
            var picture = ada.show("photo.jpg", Samples.photo()).get("id").asString();
            live.awaitLine("\"state\":\"ready\"");
            assertThat(ada.get("/api/timeline").status()).isEqualTo(200);
            assertThat(ada.get("/api/pictures/" + picture + "/original").status()).isEqualTo(200);
            var refused = ada.get("/api/members/me");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("overloaded");
        } finally {
            split.member.startAgain();
        }
        assertThat(Person.signUp(nginx.address(), "person-" + Ids.next()).token()).isNotBlank();
    }

    @Test
    void withAFrozenRedisEverythingGoesOn() throws Exception {
        var ada = newPerson();
        redis.freeze();
        try {
            everythingWorks(ada);
        } finally {
            redis.thaw();
        }
    }

    @Test
    void withoutRedisEverythingGoesOn() throws Exception {
        var ada = newPerson();
        redis.stop();
        try {
            everythingWorks(ada);
        } finally {
            redis.start();
        }
        try (var live = new LiveStream(ada)) {
            // The three find it again by themselves, one after the other.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                ada.show("photo.jpg", Samples.photo());
                return live.heard("\"state\":\"ready\"");
            });
        }
    }

    private static void everythingWorks(Person ada) throws Exception {
        ada.show("photo.jpg", Samples.photo());
        assertThat(ada.get("/api/timeline").status()).isEqualTo(200);
        var grace = newPerson();
        assertThat(grace.delete("/api/auth/sessions/current").status()).isEqualTo(204);
        for (var instance : new Instance[] {split.member, split.storage, split.worker}) {
            assertThat(instance.ready()).isTrue();
        }
    }
}
