package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;
import picup.storage.blob.TestS3;
import picup.storage.blob.UnreliableNetwork;

/// A Picup whose originals are in a bucket, before a network and a server that fail.
class S3JourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static TestS3 s3;
    private static UnreliableNetwork network;
    private static Instance picup;
    private static Person person;

    @BeforeAll
    static void start() throws IOException {
        s3 = new TestS3(Files.createDirectory(folder.resolve("s3")));
        network = new UnreliableNetwork(s3.port(), 11);
        var settings = new ArrayList<>(s3.settings(network.port()));
        settings.add("picup.storage.s3.timeout=1s");
        settings.add("picup.database.connections=4");
        picup = Instance.starting(folder, settings.toArray(String[]::new));
        picup.awaitReady();
        person = Person.signUp(picup.address(), "bucket");
    }

    @AfterAll
    static void stop() throws Exception {
        s3.thaw();
        picup.close();
        network.close();
        s3.close();
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(Digest.sha256().digest(bytes));
    }

    /// So that the next read comes from the bucket.
    private static void forgetCopies() throws IOException {
        try (var files = Files.walk(folder.resolve("data/cache/originals"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String original(String id) {
        return "/api/pictures/" + id + "/original";
    }

    @Test
    void aPictureIsKeptShownSentInPartsAndRemoved() throws IOException {
        var photo = Samples.photo();
        var id = person.show("photo.jpg", photo).get("id").asString();
        var object = s3.object("", digest(photo));
        assertThat(object).hasBinaryContent(photo);
        assertThat(folder.resolve("data/originals").resolve(digest(photo).hex().substring(0, 2)).resolve(digest(photo).hex())).doesNotExist();
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(200);
        assertThat(person.get(original(id)).body()).isEqualTo(photo);

        forgetCopies();
        assertThat(person.get(original(id)).body()).isEqualTo(photo);
        int size = photo.length;
        for (var range : Map.of("0-0", new int[] {0, 1}, "100-299", new int[] {100, 300}, "%d-%d".formatted(size - 1, size - 1), new int[] {size - 1, size},
                "5000-", new int[] {5000, size}, "-10", new int[] {size - 10, size}, "10-99999999", new int[] {10, size}).entrySet()) {
            var answer = person.get(original(id), "Range", "bytes=" + range.getKey());
            assertThat(answer.status()).as(range.getKey()).isEqualTo(206);
            assertThat(answer.body()).as(range.getKey()).isEqualTo(Arrays.copyOfRange(photo, range.getValue()[0], range.getValue()[1]));
        }
        assertThat(person.get(original(id), "Range", "bytes=%d-".formatted(size)).status()).isEqualTo(416);
        assertThat(person.call("HEAD", original(id), null).header("Content-Length")).isEqualTo("" + size);

        removeForGood(id);
        await().atMost(PATIENCE).until(() -> !Files.exists(object));
        assertThat(person.get(original(id)).status()).isEqualTo(404);
    }

    private static void removeForGood(String id) {
        assertThat(person.delete("/api/pictures/" + id).status()).isLessThan(300);
        assertThat(person.delete("/api/trash", Map.of("ids", List.of(id))).json().get("count").asInt()).isEqualTo(1);
    }

    @Test
    void whileTheBucketHangsUploadsAreRefusedAndTheRestGoesOn() throws Exception {
        var cached = Samples.photo();
        var cachedId = person.show("cached.jpg", cached).get("id").asString();
        var late = Samples.photo();
        s3.freeze();
        try {
            assertEveryUploadIsRefusedWhilePeopleLook(cachedId, cached);
            forgetCopies();
            var far = person.get(original(cachedId));
            assertThat(far.status()).as(far.toString()).isEqualTo(503);
            assertThat(far.code()).isEqualTo("storage-unavailable");
            assertThat(far.header("Cache-Control")).doesNotContain("immutable");
        } finally {
            s3.thaw();
        }
        await().atMost(PATIENCE).until(() -> person.upload("late.jpg", late).status() == 201);
        assertThat(person.get(original(cachedId)).body()).isEqualTo(cached);
    }

    /// More uploads than there are connections of the database.
    private static void assertEveryUploadIsRefusedWhilePeopleLook(String cachedId, byte[] cached) throws Exception {
        var photos = new ArrayList<byte[]>();
        for (int i = 0; i < 6; i++) {
            photos.add(Samples.photo());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var uploads = photos.stream().map(photo -> threads.submit(() -> person.upload("frozen.jpg", photo))).toList();
            while (uploads.stream().anyMatch(upload -> !upload.isDone())) {
                assertThat(person.get("/api/timeline").status()).isEqualTo(200);
                assertThat(person.get(original(cachedId)).body()).isEqualTo(cached);
                assertThat(person.get("/api/pictures/" + cachedId + "/renditions/thumb").status()).isEqualTo(200);
            }
            for (var upload : uploads) {
                assertThat(upload.get().status()).as(upload.get().toString()).isEqualTo(503);
                assertThat(upload.get().code()).isIn("storage-unavailable", "overloaded");
                assertThat(upload.get().header("Retry-After")).isNotNull();
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThereHoweverOftenTheServerWasBusy() throws Exception {
        var kept = new HashMap<String, byte[]>();
        network.refuse(0.4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var uploads = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 12; i++) {
                var photo = Samples.photo();
                uploads.add(() -> {
                    var answer = person.upload("busy.jpg", photo);
                    assertThat(answer.status()).as(answer.toString()).isIn(201, 503);
                    if (answer.status() == 201) {
                        synchronized (kept) {
                            kept.put(answer.json().get("id").asString(), photo);
                        }
                    }
                    return null;
                });
            }
            for (var each : threads.invokeAll(uploads)) {
                each.get();
            }
        } finally {
            network.refuse(0);
        }
        assertThat(kept).isNotEmpty();
        for (var id : kept.keySet()) {
            assertThat(person.settled(id).get("state").asString()).isEqualTo("ready");
        }
        forgetCopies();
        for (var each : kept.entrySet()) {
            assertThat(person.get(original(each.getKey())).body()).isEqualTo(each.getValue());
        }
    }
}
