package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Digest;
import picup.storage.DirectParts.Address;
import picup.storage.DirectParts.Part;
import picup.storage.StorageSettings;

/// Parts that go straight to a bucket, by addresses that were signed for them.
class S3PartsTest {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// S3, "Multipart upload limits": all but the last have 5 MB at least.
    private static final int PART_BYTES = 5 << 20;

    @TempDir
    static Path folder;

    private static TestS3 s3;

    private final UUID id = UUID.randomUUID();
    private final byte[] file = random(PART_BYTES + 1000);
    private final List<Part> parts = List.of(part(1, firstOf(file)), part(2, lastOf(file)));
    private final S3Blobs store = new S3Blobs(settings(Map.of()).s3());
    private final S3Parts direct = new S3Parts(settings(Map.of()), () -> store);

    @BeforeAll
    static void start() {
        s3 = new TestS3(folder);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StorageSettings settings(Map<String, String> others) {
        var told = new HashMap<String, String>();
        s3.settings(s3.port()).forEach(setting -> told.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1)));
        told.putAll(others);
        return new Binder(new MapConfigurationPropertySource(told)).bindOrCreate("picup.storage", StorageSettings.class);
    }

    private static byte[] random(int sizeBytes) {
        var bytes = new byte[sizeBytes];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static byte[] firstOf(byte[] file) {
        return Arrays.copyOf(file, PART_BYTES);
    }

    private static byte[] lastOf(byte[] file) {
        return Arrays.copyOfRange(file, PART_BYTES, file.length);
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(Digest.sha256().digest(bytes));
    }

    private static Part part(int number, byte[] bytes) {
        return new Part(number, bytes.length, digest(bytes));
    }

    private Address address(String upload, Part part) throws IOException {
        return direct.addresses(id, upload, List.of(part), Duration.ofMinutes(5)).getFirst();
    }

    private static int put(Address address, byte[] bytes) throws IOException {
        var request = HttpRequest.newBuilder(address.url()).PUT(BodyPublishers.ofByteArray(bytes));
        address.headers().forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String joined() throws IOException {
        var upload = direct.begin(id);
        assertThat(put(address(upload, parts.get(0)), firstOf(file))).isEqualTo(200);
        assertThat(put(address(upload, parts.get(1)), lastOf(file))).isEqualTo(200);
        assertThat(direct.join(id, upload, parts)).isEmpty();
        return upload;
    }

    @Test
    void partsBecomeAnOriginalAndNothingElseIsLeft() throws IOException {
        var upload = joined();
        assertThat(direct.joinedBytes(id)).hasValue(file.length);
        try (var in = direct.read(id)) {
            assertThat(in.readAllBytes()).isEqualTo(file);
        }
        direct.place(id, digest(file), file.length, false);
        direct.remove(id, upload);
        direct.remove(id, upload);
        assertThat(s3.object("", digest(file))).hasBinaryContent(file);
        assertThat(direct.joinedBytes(id)).isEmpty();
        assertGone(upload);
    }

    /// The bytes are few, so that the server takes all of them before it refuses.
    @Test
    void anAddressIsGoodForItsBytesAlone() throws IOException {
        var upload = direct.begin(id);
        var last = parts.get(1);
        var address = address(upload, last);
        assertThat(address.url().getQuery()).contains("content-length", "x-amz-checksum-sha256");
        assertThat(put(address, random(1001))).as("longer").isEqualTo(403);
        assertThat(put(address, random(999))).as("shorter").isEqualTo(403);
        assertThat(put(address, random(1000))).as("other bytes").isEqualTo(400);
        assertThat(put(at(address, Map.of("x-amz-checksum-sha256", base64(random(1000)))), lastOf(file))).as("another sum").isEqualTo(403);
        assertThat(put(at(address, Map.of()), lastOf(file))).as("without the sum").isEqualTo(403);
        assertThat(direct.missing(id, upload, parts)).isEqualTo(parts);
        assertThat(put(address, lastOf(file))).isEqualTo(200);
        assertThat(direct.missing(id, upload, parts)).containsExactly(parts.getFirst());
        assertThat(direct.join(id, upload, parts)).containsExactly(parts.getFirst());
        direct.remove(id, upload);
    }

    private static Address at(Address address, Map<String, String> headers) {
        return new Address(address.part(), address.url(), headers, address.expiresAt());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest(bytes).bytes());
    }

    @Test
    void anUploadThatNobodyNotedIsFoundAndGivenUp() throws IOException {
        var upload = direct.begin(id);
        assertThat(put(address(upload, parts.get(1)), lastOf(file))).isEqualTo(200);
        direct.remove(id, null);
        assertGone(upload);
    }

    /// Amazon says so; this server answers as if nothing had come.
    private void assertGone(String upload) throws IOException {
        try {
            assertThat(direct.join(id, upload, parts)).isEqualTo(parts);
        } catch (NoSuchFileException e) {
            assertThat(e).hasMessageContaining(id.toString());
        }
    }

    @Test
    void whatIsTooLargeForOneCopyGoesInRanges() throws IOException {
        joined();
        new S3Copy(store, store.key(id), store.key(digest(file)), file.length).inRanges(PART_BYTES);
        assertThat(s3.object("", digest(file))).hasBinaryContent(file);
    }

    @Test
    void damagedBytesOfTheSameSizeAreReplacedAndOthersAreLeft() throws IOException {
        joined();
        direct.place(id, digest(file), file.length, false);
        Files.write(s3.object("", digest(file)), new byte[file.length]);
        direct.place(id, digest(file), file.length, false);
        assertThat(s3.object("", digest(file))).hasBinaryContent(new byte[file.length]);
        direct.place(id, digest(file), file.length, true);
        assertThat(s3.object("", digest(file))).hasBinaryContent(file);
    }

    @Test
    void whereClientsMayNotSendTheyAreToldWhy() {
        direct.requireAvailable();
        for (var others : List.of(Map.of("picup.storage.originals", "disk"), Map.of("picup.storage.encryption.keys", EncryptedDiskStoreTest.NEW_KEY),
                Map.of("picup.storage.s3.public-endpoint", ""))) {
            assertThatThrownBy(new S3Parts(settings(others), () -> null)::requireAvailable).as(others.toString())
                    .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DIRECT_UPLOADS_UNAVAILABLE));
        }
    }
}
