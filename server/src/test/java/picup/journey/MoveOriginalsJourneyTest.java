package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;
import picup.storage.blob.TestS3;

/// Originals go from the disk to an encrypted bucket and back by `./picup blobs`, while Picup serves them.
class MoveOriginalsJourneyTest {
    private static final String KEY = "first:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEXT_KEY = "second:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private TestS3 s3;
    private final Map<String, byte[]> photos = new LinkedHashMap<>();

    private record Ended(int code, String said) {}

    private List<String> settings(String originals, String keys) {
        var settings = new ArrayList<>(s3.settings(s3.port()));
        settings.set(0, "picup.storage.originals=" + originals);
        settings.add("picup.storage.encryption.keys=" + keys);
        return settings;
    }

    private Instance picup(List<String> settings) {
        var picup = Instance.starting(folder, settings.toArray(String[]::new));
        picup.awaitReady();
        return picup;
    }

    private Ended blobs(List<String> settings, String... words) throws Exception {
        var command = OperatorCommand.java("picup.storage.BlobsCommand", words);
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        settings.forEach(setting -> process.environment().put(
                setting.substring(0, setting.indexOf('=')).replace('.', '_').replace("-", "_").toUpperCase(Locale.ROOT), setting.substring(setting.indexOf('=') + 1)));
        var running = process.start();
        var said = new String(running.getInputStream().readAllBytes());
        return new Ended(running.waitFor(), said);
    }

    private void upload(Person person) {
        var photo = Samples.photo();
        photos.put(person.show("photo.jpg", photo).get("id").asString(), photo);
    }

    private void assertAllAreThere(Person person) throws IOException {
        for (var photo : photos.entrySet()) {
            assertThat(person.get("/api/pictures/" + photo.getKey() + "/original").body()).isEqualTo(photo.getValue());
        }
    }

    private Path onDisk(byte[] photo) {
        var digest = new Digest(Digest.sha256().digest(photo));
        return folder.resolve("data/originals").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    /// What an operator may do when the move is over; the copies too, so that nothing else can have answered.
    private void emptyDisk() throws IOException {
        for (var photo : photos.values()) {
            Files.deleteIfExists(onDisk(photo));
        }
        if (Files.exists(folder.resolve("data/cache"))) {
            try (var files = Files.walk(folder.resolve("data/cache"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void anInstanceMovesToABucketAndBackAndNobodyNotices() throws Exception {
        try (var server = new TestS3(Files.createDirectory(folder.resolve("s3")))) {
            s3 = server;
            var onDisk = settings("disk", KEY);
            var inBucket = settings("s3", KEY);
            try (var picup = picup(onDisk)) {
                var person = Person.signUp(picup.address(), "mover");
                upload(person);
                upload(person);
                var copied = blobs(onDisk, "copy", "--to", "s3");
                assertThat(copied.code()).as(copied.said()).isZero();
                assertThat(copied.said()).contains("Copied 2 originals", "PICUP_STORAGE_ORIGINALS=s3");
                upload(person); // after the copy, before the restart
                assertAllAreThere(person);
            }
            try (var picup = picup(inBucket)) {
                var person = Person.signIn(picup.address(), "mover");
                assertAllAreThere(person);
                upload(person);
                var rest = blobs(inBucket, "copy", "--to", "s3");
                assertThat(rest.code()).as(rest.said()).isZero();
                assertThat(rest.said()).contains("Copied 1 originals", "can be removed");
                emptyDisk();
                assertAllAreThere(person);
                var rotating = settings("s3", NEXT_KEY + "," + KEY);
                var rewrapped = blobs(rotating, "rewrap");
                assertThat(rewrapped.code()).as(rewrapped.said()).isZero();
                assertThat(rewrapped.said()).contains("s3: 4 changed to the first key");
            }
            var rotated = settings("disk", NEXT_KEY);
            try (var picup = picup(rotated)) {
                var person = Person.signIn(picup.address(), "mover");
                assertAllAreThere(person);
                var back = blobs(rotated, "copy", "--to", "disk");
                assertThat(back.code()).as(back.said()).isZero();
                assertThat(back.said()).contains("Copied 4 originals");
            }
        }
        try (var picup = picup(List.of("picup.storage.encryption.keys=" + NEXT_KEY))) { // and the bucket is gone
            assertAllAreThere(Person.signIn(picup.address(), "mover"));
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        assertThat(blobs(List.of(), "copy", "--to", "s3")).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.said()).contains("PICUP_STORAGE_S3_BUCKET");
        });
        assertThat(blobs(List.of(), "copy", "--to", "tape").code()).isEqualTo(2);
        assertThat(blobs(List.of("picup.storage.encryption.keys=nonsense"), "rewrap")).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said()).contains("picup.storage.encryption.keys").doesNotContain("\tat ");
        });
    }
}
