package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;

/// What every blob store does, and above all does not do.
@Timeout(120)
abstract class BlobStoreContract {
    /// Around the pieces of an encrypted blob, and more than any buffer.
    static final int[] SIZES = {0, 1, 2, 65_535, 65_536, 65_537, 131_072, 300_001};

    /// Every eighth, and whatever is not empty.
    private static final int EMPTY_FOLDERS_LISTED = 8;

    private static final Random RANDOM = new Random(5);

    @TempDir
    Path folder;

    BlobStore store;
    Path staging;

    /// @param bytes of which there are no others anywhere
    record Sample(Digest digest, byte[] bytes, Path file) {}

    /// Over an empty place.
    abstract BlobStore open(Path folder) throws IOException;

    /// The file in which the store under test, or the server behind it, keeps a blob.
    abstract Path raw(Digest digest);

    @BeforeEach
    void open() throws IOException {
        staging = Files.createDirectory(folder.resolve("staging"));
        store = open(folder);
    }

    Sample sample(int sizeBytes) throws IOException {
        var bytes = new byte[sizeBytes];
        RANDOM.nextBytes(bytes);
        var digest = new Digest(Digest.sha256().digest(bytes));
        return new Sample(digest, bytes, Files.write(staging.resolve(digest.hex()), bytes));
    }

    byte[] read(Digest digest, long from) throws IOException {
        try (var in = store.read(digest, from)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatWasPutIsThere() throws IOException {
        for (int size : SIZES) {
            var sample = sample(size);
            store.put(sample.digest(), sample.file());
            assertThat(store.sizeBytes(sample.digest())).as("%d bytes", size).hasValue(size);
            assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
            assertThat(sample.file()).hasBinaryContent(sample.bytes());
        }
    }

    @Test
    void aRangeBeginsWhereItIsAskedTo() throws IOException {
        for (int size : SIZES) {
            var sample = sample(size);
            store.put(sample.digest(), sample.file());
            var edges = new TreeSet<>(List.of(0, 1, size - 1, size, size + 1, size + 100_000, size / 2, 65_535, 65_536, 65_537, 131_071, 131_072));
            for (int from : edges) {
                if (from >= 0) {
                    assertThat(read(sample.digest(), from)).as("%d bytes from %d", size, from).isEqualTo(Arrays.copyOfRange(sample.bytes(), Math.min(from, size), size));
                }
            }
        }
    }

    @Test
    void whatIsNotThereIsSaidNotToBe() throws IOException {
        var digest = sample(10).digest();
        assertThat(store.sizeBytes(digest)).isEmpty();
        assertThatThrownBy(() -> store.read(digest, 0)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.read(digest, 5)).isInstanceOf(NoSuchFileException.class);
        store.remove(digest);
    }

    @Test
    void whatIsRemovedTwiceIsGoneAndCanComeBack() throws IOException {
        var sample = sample(1000);
        store.put(sample.digest(), sample.file());
        store.remove(sample.digest());
        store.remove(sample.digest());
        assertThat(store.sizeBytes(sample.digest())).isEmpty();
        store.put(sample.digest(), sample.file());
        assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
    }

    @Test
    void theSameManyTimesAtOnceIsThereOnce() throws Exception {
        var sample = sample(200_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> put = () -> {
                store.put(sample.digest(), sample.file());
                assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
                return null;
            };
            for (var each : threads.invokeAll(List.of(put, put, put, put, put, put, put, put))) {
                each.get();
            }
        }
        try (var found = store.inFolder(sample.digest().bytes()[0] & 0xff)) {
            assertThat(found).hasSize(1);
        }
    }

    @Test
    void aTornOneIsReplacedByAWholeOne() throws IOException {
        var sample = sample(100_000);
        store.put(sample.digest(), sample.file());
        var raw = Files.readAllBytes(raw(sample.digest()));
        overwrite(raw(sample.digest()), Arrays.copyOf(raw, raw.length / 3));
        assertThat(store.sizeBytes(sample.digest())).isNotEqualTo(java.util.OptionalLong.of(100_000));
        store.put(sample.digest(), stagedAgain(sample));
        assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
    }

    /// A store of files has linked the one before.
    private static Path stagedAgain(Sample sample) throws IOException {
        Files.delete(sample.file());
        return Files.write(sample.file(), sample.bytes());
    }

    @Test
    void oneThatIsKnownToBeDamagedIsReplacedWhateverItsSize() throws IOException {
        var sample = sample(100_000);
        store.put(sample.digest(), sample.file());
        flip(raw(sample.digest()), 50_000);
        store.replace(sample.digest(), stagedAgain(sample));
        assertThat(read(sample.digest(), 0)).isEqualTo(sample.bytes());
    }

    /// Whoever asks for a file to work on gets none that is not what its name says.
    @Test
    void oneWithAFlippedBitIsNotTakenForGood() throws IOException {
        var sample = sample(100_000);
        store.put(sample.digest(), sample.file());
        flip(raw(sample.digest()), 70_000);
        var copies = new LocalCopies(store, folder.resolve("copies"), 1_000_000, 0, Instant::now);
        assertThatThrownBy(() -> copies.lend(sample.digest())).isInstanceOf(AlteredBlob.class);
        assertThat(copies.find(sample.digest())).isEmpty();
    }

    @Test
    void whoReadsWhileItIsRemovedReadsItToTheEndOrFails() throws IOException {
        var sample = sample(5_000_000);
        store.put(sample.digest(), sample.file());
        try (var in = store.read(sample.digest(), 0)) {
            var first = in.readNBytes(10);
            store.remove(sample.digest());
            var rest = in.readAllBytes();
            assertThat(rest).hasSize(sample.bytes().length - 10).isEqualTo(Arrays.copyOfRange(sample.bytes(), 10, sample.bytes().length));
            assertThat(first).isEqualTo(Arrays.copyOf(sample.bytes(), 10));
        } catch (IOException brokenOff) {
            assertThat(brokenOff).isInstanceOfAny(StoreUnavailable.class, NoSuchFileException.class);
        }
        assertThat(store.sizeBytes(sample.digest())).isEmpty();
    }

    @Test
    void aFolderListsWhatBeginsSoAndNothingElse() throws IOException {
        var all = new ArrayList<Sample>();
        for (int i = 0; i < 40; i++) {
            var sample = sample(100 + i);
            store.put(sample.digest(), sample.file());
            all.add(sample);
        }
        var listed = new HashSet<Digest>();
        for (int first = 0; first < DiskBlobs.FOLDERS; first++) {
            int byteOfAll = first;
            if (first % EMPTY_FOLDERS_LISTED != 0 && all.stream().noneMatch(sample -> (sample.digest().bytes()[0] & 0xff) == byteOfAll)) {
                continue; // a bucket takes its time for each
            }
            try (var found = store.inFolder(first)) {
                found.forEach(blob -> {
                    assertThat(blob.digest().bytes()[0] & 0xff).isEqualTo(byteOfAll);
                    assertThat(blob.since()).isAfter(Instant.now().minusSeconds(600)).isBefore(Instant.now().plusSeconds(600));
                    assertThat(listed.add(blob.digest())).isTrue();
                });
            }
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(all.stream().map(Sample::digest).toList());
    }

    /// In place: a store may keep more about a file than its bytes.
    static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    static void flip(Path file, int at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        overwrite(file, bytes);
    }
}
