package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;

class CopyBlobsTest {
    private static final int MANY = 50;

    @TempDir
    Path folder;

    private DiskBlobs from;
    private DiskBlobs other;
    private BlobStore to;
    private final List<Digest> digests = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        from = new DiskBlobs(folder.resolve("from"));
        other = new DiskBlobs(folder.resolve("to"));
        to = new EncryptedBlobs(other, new EncryptionKeys(List.of(EncryptedDiskStoreTest.OLD_KEY)), other.incoming());
        var random = new Random(9);
        for (int i = 0; i < MANY; i++) {
            var bytes = new byte[1000 + i];
            random.nextBytes(bytes);
            digests.add(new Digest(Digest.sha256().digest(bytes)));
            from.put(digests.getLast(), Files.write(folder.resolve("file"), bytes));
            Files.delete(folder.resolve("file"));
        }
    }

    private CopyBlobs.Result copy(BlobStore source, BlobStore target) throws Exception {
        var seen = new ArrayList<Integer>();
        var result = new CopyBlobs(source, target, from.incoming()).run(progress -> seen.add(progress.folders()));
        assertThat(seen).hasSize(DiskBlobs.FOLDERS).endsWith(DiskBlobs.FOLDERS);
        assertThat(from.incoming()).isEmptyDirectory();
        return result;
    }

    @Test
    void allGoesThereOnceAndBackAgain() throws Exception {
        assertThat(copy(from, to).copied()).isEqualTo(MANY);
        assertThat(copy(from, to)).isEqualTo(new CopyBlobs.Result(0, 0, MANY, List.of()));
        var back = new DiskBlobs(folder.resolve("back"));
        assertThat(copy(to, back).copied()).isEqualTo(MANY);
        for (var digest : digests) {
            assertThat(back.file(digest).orElseThrow()).hasSameBinaryContentAs(from.file(digest).orElseThrow());
        }
    }

    @Test
    void whatIsNotWhatItsNameSaysStaysBehindAndIsNamed() throws Exception {
        var damaged = digests.get(7);
        var file = from.file(damaged).orElseThrow();
        var bytes = Files.readAllBytes(file);
        bytes[500] ^= 1;
        Files.write(file, bytes);
        var result = copy(from, to);
        assertThat(result.damaged()).containsExactly(damaged);
        assertThat(result.copied()).isEqualTo(MANY - 1);
        assertThat(to.sizeBytes(damaged)).isEmpty();
    }

    @Test
    void whileItGoesOnEverythingIsReadFromWhereItIs() throws Exception {
        var moving = new MovedBlobs(to, from);
        to.put(digests.getFirst(), from.file(digests.getFirst()).orElseThrow());
        for (var digest : digests) {
            try (var in = moving.read(digest, 10)) {
                assertThat(in.readAllBytes()).hasSize((int) moving.sizeBytes(digest).orElseThrow() - 10);
            }
        }
        from.remove(digests.getFirst());
        assertThat(moving.sizeBytes(digests.getFirst())).hasValue(1000);
        moving.remove(digests.getFirst());
        moving.remove(digests.get(1));
        assertThat(moving.sizeBytes(digests.getFirst())).isEmpty();
        assertThat(moving.sizeBytes(digests.get(1))).isEmpty();
    }
}
