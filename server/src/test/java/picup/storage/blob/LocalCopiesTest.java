package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;
import picup.storage.LentFile;

@Timeout(60)
class LocalCopiesTest {
    private static final long LIMIT = 10_000;

    @TempDir
    Path folder;

    private final Far far = new Far();
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");

    /// A store without files, that counts what is fetched and can be away or slow.
    private static final class Far implements BlobStore {
        private final Map<Digest, byte[]> blobs = new HashMap<>();
        private final AtomicInteger fetched = new AtomicInteger();
        private final CountDownLatch answering = new CountDownLatch(1);
        private volatile boolean away;
        private volatile boolean slow;

        @Override
        public String name() {
            return "far";
        }

        @Override
        public void put(Digest digest, Path file) throws IOException {
            blobs.put(digest, Files.readAllBytes(file));
        }

        @Override
        public OptionalLong sizeBytes(Digest digest) {
            return blobs.containsKey(digest) ? OptionalLong.of(blobs.get(digest).length) : OptionalLong.empty();
        }

        @Override
        public InputStream read(Digest digest, long fromBytes) throws IOException {
            fetched.incrementAndGet();
            if (away) {
                throw new StoreUnavailable("away", new IOException("away"));
            }
            if (!blobs.containsKey(digest)) {
                throw new NoSuchFileException(digest.hex());
            }
            if (slow) {
                try {
                    answering.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            var in = new ByteArrayInputStream(blobs.get(digest));
            in.skipNBytes(fromBytes);
            return in;
        }

        @Override
        public void remove(Digest digest) {
            blobs.remove(digest);
        }

        @Override
        public Stream<Blob> inFolder(int first) {
            return Stream.empty();
        }

        @Override
        public Optional<Path> file(Digest digest) {
            return Optional.empty();
        }
    }

    private LocalCopies copies(long limitBytes) {
        return new LocalCopies(far, folder.resolve("copies"), limitBytes, 0, () -> now);
    }

    private Digest there(int number, int sizeBytes) {
        var bytes = new byte[sizeBytes];
        bytes[0] = (byte) number;
        var digest = new Digest(Digest.sha256().digest(bytes));
        far.blobs.put(digest, bytes);
        return digest;
    }

    private void use(LocalCopies copies, Digest digest) throws IOException {
        now = now.plusSeconds(1);
        try (var lent = copies.lend(digest)) {
            assertThat(lent.path()).hasBinaryContent(far.blobs.get(digest));
        }
    }

    @Test
    void whatWasUsedIsNotFetchedAgainEvenWhenTheStoreIsAway() throws IOException {
        var copies = copies(LIMIT);
        var digest = there(1, 1000);
        use(copies, digest);
        far.away = true;
        use(copies, digest);
        use(copies(LIMIT), digest); // after a restart, too
        assertThat(far.fetched).hasValue(1);
        assertThatThrownBy(() -> copies.lend(there(2, 10))).isInstanceOf(StoreUnavailable.class);
        assertThat(folder.resolve("copies/lent")).isEmptyDirectory();
    }

    @Test
    void thoseThatWereNotUsedForLongestGo() throws IOException {
        var copies = copies(LIMIT);
        var digests = new ArrayList<Digest>();
        for (int i = 0; i < 10; i++) {
            digests.add(there(i, 1000));
            use(copies, digests.get(i));
        }
        use(copies, digests.getFirst());
        use(copies, there(10, 1000));
        assertThat(copies.find(digests.getFirst())).isPresent();
        assertThat(copies.find(digests.get(1))).isEmpty();
        assertThat(copies.find(digests.get(9))).isPresent();
    }

    @Test
    void whatSomebodyWorksOnStaysUntilHeIsDone() throws IOException {
        var copies = copies(LIMIT);
        var digest = there(1, 5000);
        LentFile lent = copies.lend(digest);
        for (int i = 2; i < 20; i++) {
            use(copies, there(i, 1000));
        }
        assertThat(copies.find(digest)).isEmpty();
        assertThat(lent.path()).hasSize(5000);
        lent.close();
        assertThat(lent.path()).doesNotExist();
    }

    @Test
    void whatIsLargerThanAllThatMayBeKeptIsStillLent() throws IOException {
        var digest = there(1, 20_000);
        use(copies(LIMIT), digest);
        assertThat(copies(LIMIT).find(digest)).isEmpty();
        use(copies(0), there(2, 10));
    }

    @Test
    void whoAsksForTheSameWaitsForOneFetch() throws Exception {
        var copies = copies(LIMIT);
        var digest = there(1, 1000);
        far.slow = true;
        var asked = new CountDownLatch(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    asked.countDown();
                    use(copies, digest);
                    return null;
                }));
            }
            asked.await();
            far.answering.countDown();
            for (var each : all) {
                each.get();
            }
        }
        assertThat(far.fetched).hasValue(1);
    }

    @Test
    void whatJustArrivedIsNotFetched() throws IOException {
        var copies = copies(LIMIT);
        var digest = there(1, 1000);
        var staged = Files.write(folder.resolve("staged"), far.blobs.get(digest));
        copies.adopt(digest, staged);
        Files.delete(staged);
        use(copies, digest);
        assertThat(far.fetched).hasValue(0);
        copies.remove(digest);
        assertThat(copies.find(digest)).isEmpty();
    }

    @Test
    void whatAKilledProcessWorkedOnIsSwept() throws IOException {
        var copies = copies(LIMIT);
        var lent = copies.lend(there(1, 20_000));
        copies.sweep(Instant.now().minusSeconds(3600));
        assertThat(lent.path()).exists();
        copies.sweep(Instant.now().plusSeconds(3600));
        assertThat(lent.path()).doesNotExist();
    }
}
