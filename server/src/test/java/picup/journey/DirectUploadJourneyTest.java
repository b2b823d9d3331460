package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;
import picup.storage.blob.TestS3;
import tools.jackson.databind.JsonNode;

/// Parts that a client sends past a running Picup, which is killed.
class DirectUploadJourneyTest {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String UPLOADS = "/api/direct-uploads";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static TestS3 s3;
    private static Instance picup;
    private static Person person;

    @BeforeAll
    static void start() throws IOException {
        s3 = new TestS3(Files.createDirectory(folder.resolve("s3")));
        var settings = new ArrayList<>(s3.settings(s3.port()));
        settings.add("picup.storage.s3.timeout=5s");
        picup = Instance.starting(folder, settings.toArray(String[]::new));
        picup.awaitReady();
        person = Person.signUp(picup.address(), "direct");
    }

    @AfterAll
    static void stop() throws Exception {
        s3.thaw();
        picup.close();
        s3.close();
    }

    private static String sha256(byte[] bytes) {
        return new Digest(Digest.sha256().digest(bytes)).hex();
    }

    private static Map<String, Object> wish(byte[] file) {
        int partBytes = person.get(UPLOADS).json().get("partBytes").asInt();
        var parts = new ArrayList<String>();
        for (int from = 0; from < file.length; from += partBytes) {
            parts.add(sha256(Arrays.copyOfRange(file, from, Math.min(file.length, from + partBytes))));
        }
        return Map.of("filename", "photo.jpg", "sizeBytes", file.length, "sha256", sha256(file), "partSha256", parts, "folder", "Italy", "source", "camera");
    }

    /// @return where it is
    private static String sent(byte[] file) {
        var begun = Person.require(201, person.post(UPLOADS, wish(file)));
        begun.json().get("parts").forEach(part -> assertThat(put(part, file)).isEqualTo(200));
        return Objects.requireNonNull(begun.header("Location"));
    }

    private static int put(JsonNode part, byte[] file) {
        int from = part.get("offsetBytes").asInt();
        var request = HttpRequest.newBuilder(URI.create(part.get("url").asString()))
                .PUT(BodyPublishers.ofByteArray(Arrays.copyOfRange(file, from, from + part.get("sizeBytes").asInt())));
        part.get("headers").properties().forEach(header -> request.header(header.getKey(), header.getValue().asString()));
        try {
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertShown(JsonNode done, byte[] photo) {
        assertThat(done.get("state").asString()).isEqualTo("done");
        var id = done.get("picture").asString();
        var picture = person.settled(id);
        assertThat(picture.get("state").asString()).as(picture.toString()).isEqualTo("ready");
        assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(photo);
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(200);
    }

    /// A photo with bytes behind its end, so that it takes two parts.
    private static byte[] largePhoto() {
        var photo = Samples.photo();
        return Arrays.copyOf(photo, (32 << 20) + photo.length);
    }

    @Test
    void aPhotoInTwoPartsIsShown() {
        var photo = largePhoto();
        var upload = sent(photo);
        var done = Person.require(200, person.post(upload + "/completion", Map.of())).json();
        assertThat(done.get("outcome").asString()).isEqualTo("added");
        assertShown(done, photo);
        assertThat(person.post(upload + "/completion", Map.of()).json()).isEqualTo(done);
        assertThat(person.get(upload).json()).isEqualTo(done);
        assertThat(person.post(UPLOADS, wish(photo)).json().get("outcome").asString()).isEqualTo("already-there");
    }

    @Test
    void whatAKillInterruptsIsCompletedByTheNextQuestion() throws Exception {
        var photo = Samples.photo();
        var upload = sent(photo);
        s3.freeze();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var completing = threads.submit(() -> {
                while (true) { // whichever of the two is first has the turn; the kill ends both
                    person.post(upload + "/completion", Map.of());
                }
            });
            await().until(() -> person.post(upload + "/completion", Map.of()).code().equals("upload-busy"));
            picup.kill();
            assertThat(completing).failsWithin(Duration.ofSeconds(20)).withThrowableOfType(ExecutionException.class);
        } finally {
            s3.thaw();
        }
        picup.startAgain();
        assertShown(Person.require(200, person.post(upload + "/completion", Map.of())).json(), photo);
    }

    @Test
    void nobodyElseLearnsOfAnUploadOrEndsIt() {
        var photo = Samples.photo();
        var upload = sent(photo);
        var other = Person.signUp(picup.address(), "other");
        assertThat(other.get(upload).status()).isEqualTo(404);
        assertThat(other.post(upload + "/completion", Map.of()).status()).isEqualTo(404);
        assertThat(other.delete(upload).status()).isEqualTo(404);
        assertThat(new Person(picup.address(), key("pictures:read")).get(upload).code()).isEqualTo("scope-missing");
        assertThat(new Person(picup.address(), null).post(upload + "/completion", Map.of()).status()).isEqualTo(401);
        var sending = new Person(picup.address(), key("pictures:write"));
        assertThat(sending.get(upload).json().get("parts").size()).isZero();
        assertThat(sending.delete(upload).status()).isEqualTo(204);
        assertThat(sending.get(upload).status()).isEqualTo(404);
    }

    private static String key(String scope) {
        return Person.require(201, person.post("/api/auth/api-keys", Map.of("name", scope, "scopes", List.of(scope)))).json().get("secret").asString();
    }

    @Test
    void whereOriginalsAreOnDiskClientsAreToldToSendThemToTheServer() {
        var elsewhere = Product.newPerson();
        assertThat(elsewhere.get(UPLOADS).code()).isEqualTo("direct-uploads-unavailable");
        assertThat(elsewhere.post(UPLOADS, wish(Samples.photo())).code()).isEqualTo("direct-uploads-unavailable");
    }

    @Test
    void whatIsNoWishIsRefused() {
        assertThat(person.post(UPLOADS, Map.of("filename", "a.jpg")).code()).isEqualTo("bad-value");
        assertThat(person.post(UPLOADS, Map.of("sizeBytes", 10, "sha256", "x", "partSha256", List.of())).code()).isEqualTo("bad-value");
        assertThat(person.post(UPLOADS, Map.of("sizeBytes", 10, "sha256", "0".repeat(64), "partSha256", List.of("0".repeat(64), "0".repeat(64)))).code()).isEqualTo("bad-value");
        assertThat(person.post(UPLOADS, Map.of("sizeBytes", 1L << 50, "sha256", "0".repeat(64), "partSha256", List.of())).code()).isEqualTo("too-large");
    }
}
