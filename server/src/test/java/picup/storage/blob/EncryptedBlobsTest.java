package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;

/// What somebody who can write to the store, but has no key, can do: destroy, and not forge.
class EncryptedBlobsTest {
    private static final int SIZE = 3 * SealedBlob.PIECE_BYTES + 1000;
    private static final String OLD = EncryptedDiskStoreTest.OLD_KEY;
    private static final String NEW = EncryptedDiskStoreTest.NEW_KEY;

    @TempDir
    Path folder;

    private DiskBlobs disk;
    private byte[] bytes;
    private Digest digest;
    private Path file;

    @BeforeEach
    void put() throws IOException {
        disk = new DiskBlobs(folder.resolve("originals"));
        bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        digest = new Digest(Digest.sha256().digest(bytes));
        file = Files.write(folder.resolve("file"), bytes);
        with(OLD).put(digest, file);
    }

    private EncryptedBlobs with(String... keys) {
        return new EncryptedBlobs(disk, new EncryptionKeys(List.of(keys)), disk.incoming());
    }

    private byte[] read(EncryptedBlobs store, long from) throws IOException {
        try (var in = store.read(digest, from)) {
            return in.readAllBytes();
        }
    }

    private Path stored() {
        return disk.file(digest).orElseThrow();
    }

    private void tamper(UnaryOperator<byte[]> with) throws IOException {
        Files.write(stored(), with.apply(Files.readAllBytes(stored())));
    }

    @Test
    void nothingOfItLiesThereInPlain() throws IOException {
        var there = Files.readAllBytes(stored());
        assertThat(there).hasSize(SealedBlob.HEADER_BYTES + SIZE + 4 * SealedBlob.TAG_BYTES);
        var plain = ByteBuffer.wrap(bytes, 5000, 16);
        for (int at = 0; at + 16 <= there.length; at++) {
            assertThat(ByteBuffer.wrap(there, at, 16).equals(plain)).isFalse();
        }
        assertThat(disk.incoming()).isEmptyDirectory();
    }

    @Test
    void everyBitOfItCounts() throws IOException {
        var whole = Files.readAllBytes(stored());
        var places = new java.util.TreeSet<Integer>(List.of(SealedBlob.HEADER_BYTES, whole.length - 1, whole.length - SealedBlob.TAG_BYTES - 1));
        for (int at = 8; at < 108; at++) {
            places.add(at); // of the header, behind its mark
        }
        for (int at : places) {
            tamper(all -> {
                all[at] ^= 1;
                return all;
            });
            assertThatThrownBy(() -> read(with(OLD), 0)).as("byte %d", at).isInstanceOf(IOException.class);
            Files.write(stored(), whole);
        }
        assertThat(read(with(OLD), 0)).isEqualTo(bytes);
    }

    @Test
    void piecesThatChangedPlacesDoNotOpen() throws IOException {
        tamper(all -> {
            var swapped = all.clone();
            System.arraycopy(all, SealedBlob.HEADER_BYTES, swapped, SealedBlob.HEADER_BYTES + SealedBlob.SEALED_PIECE_BYTES, SealedBlob.SEALED_PIECE_BYTES);
            System.arraycopy(all, SealedBlob.HEADER_BYTES + SealedBlob.SEALED_PIECE_BYTES, swapped, SealedBlob.HEADER_BYTES, SealedBlob.SEALED_PIECE_BYTES);
            return swapped;
        });
        assertThatThrownBy(() -> read(with(OLD), 0)).isInstanceOf(AlteredBlob.class);
        assertThat(read(with(OLD), 2 * SealedBlob.PIECE_BYTES)).isEqualTo(Arrays.copyOfRange(bytes, 2 * SealedBlob.PIECE_BYTES, SIZE));
    }

    @Test
    void oneThatWasCutAtAPieceIsFound() throws IOException {
        tamper(all -> Arrays.copyOf(all, SealedBlob.HEADER_BYTES + 3 * SealedBlob.SEALED_PIECE_BYTES));
        assertThatThrownBy(() -> read(with(OLD), 0)).isInstanceOf(AlteredBlob.class);
        assertThat(with(OLD).sizeBytes(digest)).isNotEqualTo(java.util.OptionalLong.of(SIZE));
    }

    /// With a size in the header to match, which the wrapped key is bound to.
    @Test
    void oneThatWasCutWithItsSizeMadeToMatchIsFound() throws IOException {
        tamper(all -> {
            var cut = Arrays.copyOf(all, SealedBlob.HEADER_BYTES + 3 * SealedBlob.SEALED_PIECE_BYTES);
            ByteBuffer.wrap(cut).putLong(100, 3L * SealedBlob.PIECE_BYTES);
            return cut;
        });
        assertThatThrownBy(() -> read(with(OLD), 0)).isInstanceOf(AlteredBlob.class);
    }

    @Test
    void anotherBlobUnderItsNameDoesNotOpen() throws IOException {
        var other = new byte[SIZE];
        var otherDigest = new Digest(Digest.sha256().digest(other));
        with(OLD).put(otherDigest, Files.write(folder.resolve("other"), other));
        Files.write(stored(), Files.readAllBytes(disk.file(otherDigest).orElseThrow()));
        assertThatThrownBy(() -> read(with(OLD), 0)).isInstanceOf(AlteredBlob.class);
    }

    @Test
    void withoutItsKeyNothingIsRead() {
        assertThatThrownBy(() -> read(with(NEW), 0)).isInstanceOf(IOException.class).hasMessageContaining("2025");
        assertThatThrownBy(() -> read(with("2025" + NEW.substring(4)), 0)).isInstanceOf(AlteredBlob.class);
    }

    @Test
    void theKeyIsChangedAndTheOldOneNotNeededAnyMore() throws IOException {
        var before = Files.readAllBytes(stored());
        assertThat(read(with(NEW, OLD), 70_000)).isEqualTo(Arrays.copyOfRange(bytes, 70_000, SIZE));
        assertThat(with(NEW, OLD).rewrap(digest)).isEqualTo(EncryptedBlobs.Rewrapped.DONE);
        assertThat(with(NEW, OLD).rewrap(digest)).isEqualTo(EncryptedBlobs.Rewrapped.ALREADY);
        assertThat(read(with(NEW), 0)).isEqualTo(bytes);
        var after = Files.readAllBytes(stored());
        assertThat(Arrays.copyOfRange(after, SealedBlob.HEADER_BYTES, after.length)).isEqualTo(Arrays.copyOfRange(before, SealedBlob.HEADER_BYTES, before.length));
    }

    /// Half a blob with a new header would look as if it had always been so.
    @Test
    void aDamagedOneIsNotRewrapped() throws IOException {
        tamper(all -> Arrays.copyOf(all, all.length - 1));
        assertThatThrownBy(() -> with(NEW, OLD).rewrap(digest)).isInstanceOf(AlteredBlob.class);
        assertThat(disk.incoming()).isEmptyDirectory();
    }

    @Test
    void whatWasThereInPlainIsRead() throws IOException {
        disk.replace(digest, file);
        assertThat(read(with(OLD), 0)).isEqualTo(bytes);
        assertThat(read(with(OLD), SIZE - 3)).isEqualTo(Arrays.copyOfRange(bytes, SIZE - 3, SIZE));
        assertThat(with(OLD).sizeBytes(digest)).hasValue(SIZE);
        assertThat(with(OLD).rewrap(digest)).isEqualTo(EncryptedBlobs.Rewrapped.NOT_ENCRYPTED);
    }

    @Test
    void aKeyThatCannotBeOneIsRefused() {
        for (var wrong : List.of("2025", "2025:", "2025:AAAA", ":" + OLD.substring(5), "a b:" + OLD.substring(5), "2025:nonsense!")) {
            assertThatThrownBy(() -> new EncryptionKeys(List.of(wrong))).as(wrong).isInstanceOf(IllegalArgumentException.class).message().doesNotContain(OLD.substring(5));
        }
        assertThatThrownBy(() -> new EncryptionKeys(List.of(OLD, OLD))).isInstanceOf(IllegalArgumentException.class);
    }
}
