package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;
import picup.storage.blob.UnreliableNetwork.Trouble;

/// What a server and the network before it can do to a store. All calls go through a network that can be spoilt.
abstract class InBucketContract extends BlobStoreContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    static Path server;

    static TestS3 s3;

    /// For each test anew: what is in it belongs to that.
    private String prefix;
    private UnreliableNetwork network;
    private S3Blobs bucket;

    @BeforeAll
    static void start() {
        s3 = new TestS3(server);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @AfterEach
    void disconnect() {
        bucket.close();
        network.close();
    }

    abstract BlobStore over(S3Blobs bucket);

    @Override
    BlobStore open(Path folder) {
        prefix = UUID.randomUUID().toString();
        network = new UnreliableNetwork(s3.port(), 5);
        bucket = new S3Blobs(s3.settings(network.port(), prefix, TIMEOUT));
        return over(bucket);
    }

    @Override
    Path raw(Digest digest) {
        return s3.object(prefix, digest);
    }

    private Sample put(Sample sample) throws IOException {
        store.put(sample.digest(), sample.file());
        return sample;
    }

    private Sample replaced(Sample sample) throws IOException {
        store.replace(sample.digest(), sample.file());
        return sample;
    }

    private Sample removed(Sample sample) throws IOException {
        store.remove(sample.digest());
        return sample;
    }

    @Test
    void aServerThatHangsEndsEveryCallAndIsUsedAgainAfterwards() throws IOException {
        var there = sample(1000);
        store.put(there.digest(), there.file());
        var small = sample(1000);
        List<Callable<?>> calls = List.of(
                () -> put(small),
                () -> replaced(small),
                () -> store.sizeBytes(there.digest()),
                () -> store.read(there.digest(), 0),
                () -> removed(small),
                () -> store.inFolder(0));
        s3.freeze();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : calls.stream().map(threads::submit).toList()) {
                assertThatThrownBy(call::get).cause().isInstanceOf(StoreUnavailable.class);
            }
        } finally {
            s3.thaw();
        }
        store.put(small.digest(), small.file());
        assertThat(read(small.digest(), 0)).isEqualTo(small.bytes());
        assertThat(read(there.digest(), 0)).isEqualTo(there.bytes());
    }

    @Test
    void aServerThatIsGoneIsUnavailableAndNotEmpty() throws IOException {
        var sample = sample(1000);
        store.put(sample.digest(), sample.file());
        s3.stop();
        try {
            assertThatThrownBy(() -> store.sizeBytes(sample.digest())).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> store.read(sample.digest(), 0)).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> store.put(sample.digest(), sample.file())).isInstanceOf(StoreUnavailable.class);
        } finally {
            s3.start();
        }
        assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
    }

    @Test
    void oneAnswerInFiveThatIsABusyServerIsAskedForAgain() throws IOException {
        network.refuse(0.2);
        int kept = 0;
        for (int i = 0; i < 30; i++) {
            var sample = sample(1000 + i);
            try {
                store.put(sample.digest(), sample.file());
                kept++;
            } catch (StoreUnavailable e) {
                continue; // three in a row: said, and nothing acknowledged
            }
            network.refuse(0);
            assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
            network.refuse(0.2);
        }
        assertThat(kept).isGreaterThan(20);
    }

    @Test
    void aServerThatIsAlwaysBusyIsUnavailable() throws IOException {
        var sample = sample(1000);
        store.put(sample.digest(), sample.file());
        network.refuse(1);
        assertThatThrownBy(() -> store.sizeBytes(sample.digest())).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.read(sample.digest(), 0)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.remove(sample.digest())).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aWrongByteOnTheWayIsFound() throws IOException {
        var sample = sample(200_000);
        store.put(sample.digest(), sample.file());
        network.begin(Trouble.FLIPPED, 100_000);
        var copies = new LocalCopies(store, folder.resolve("copies"), 1_000_000, 0, java.time.Instant::now);
        assertThatThrownBy(() -> copies.lend(sample.digest())).isInstanceOf(AlteredBlob.class);
        network.begin(Trouble.NONE, 0);
        try (var lent = copies.lend(sample.digest())) {
            assertThat(lent.path()).hasBinaryContent(sample.bytes());
        }
    }

    @Test
    void anAnswerThatIsCutOffIsNotTakenForTheEnd() throws IOException {
        var sample = sample(200_000);
        store.put(sample.digest(), sample.file());
        network.begin(Trouble.CUT, 150_000);
        assertThatThrownBy(() -> read(sample.digest(), 0)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void anAnswerThatStopsComingEnds() throws IOException {
        var sample = sample(200_000);
        store.put(sample.digest(), sample.file());
        network.begin(Trouble.STALLED, 150_000);
        assertThatThrownBy(() -> read(sample.digest(), 0)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aBucketThatIsNotThereIsNotAnEmptyOne() throws IOException {
        var settings = s3.settings(s3.port(), null, TIMEOUT);
        var digest = sample(10).digest();
        try (var none = new S3Blobs(new S3Settings(settings.endpoint(), null, settings.region(), "no-such-bucket", null, true, settings.accessKey(), settings.secretKey(),
                settings.connectTimeout(), settings.timeout()))) {
            assertThatThrownBy(() -> none.sizeBytes(digest)).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> none.read(digest, 0)).isInstanceOf(StoreUnavailable.class).isNotInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> none.inFolder(0)).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void permissionThatWasLostIsUnavailable() throws IOException {
        var settings = s3.settings(s3.port(), null, TIMEOUT);
        var sample = sample(10);
        try (var none = new S3Blobs(new S3Settings(settings.endpoint(), null, settings.region(), settings.bucket(), null, true, settings.accessKey(), "another secret",
                settings.connectTimeout(), settings.timeout()))) {
            assertThatThrownBy(() -> none.sizeBytes(sample.digest())).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> none.read(sample.digest(), 0)).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> none.put(sample.digest(), sample.file())).isInstanceOf(StoreUnavailable.class);
        }
    }
}
