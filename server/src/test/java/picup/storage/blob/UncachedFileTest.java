package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same bytes as by any other way, wherever blocks and buffers end.
class UncachedFileTest {
    @TempDir
    Path folder;

    private static byte[] some(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 4095, 4096, 4097, 262_143, 262_144, 262_145, 1_000_000})
    void everyByteComes(int size) throws Exception {
        var bytes = some(size);
        try (var read = UncachedFile.open(Files.write(folder.resolve("file"), bytes))) {
            assertThat(read.readAllBytes()).isEqualTo(bytes);
            assertThat(read.read()).isEqualTo(-1);
        }
    }

    @Test
    void onThisDiskItIsPastThePageCache() throws Exception {
        try (var read = UncachedFile.open(Files.write(folder.resolve("file"), some(10)))) {
            assertThat(read).as("otherwise this machine verifies what its memory says").isInstanceOf(UncachedFile.class);
        }
    }

    /// Memory as a file system may not be able to do it, and is read all the same.
    @Test
    void whereThatCannotBeItIsReadAllTheSame() throws Exception {
        var bytes = some(5000);
        var file = Files.write(Files.createTempFile(Path.of("/dev/shm"), "picup", ""), bytes);
        try (var read = UncachedFile.open(file)) {
            assertThat(read.readAllBytes()).isEqualTo(bytes);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whatIsNotThereIsMissed() {
        assertThatThrownBy(() -> UncachedFile.open(folder.resolve("nothing"))).isInstanceOf(NoSuchFileException.class);
    }
}
