package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.storage.Digest;

/// What only a store of ordinary files can meet.
class DiskBlobsTest {
    @TempDir
    Path folder;

    private DiskBlobs blobs;
    private Path staged;
    private Digest digest;

    @BeforeEach
    void open() throws Exception {
        blobs = new DiskBlobs(folder.resolve("originals"));
        staged = Files.writeString(blobs.incoming().resolve("staged"), "a picture");
        digest = new Digest(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(staged)));
    }

    private Path file() {
        return blobs.file(digest).orElseThrow();
    }

    @Test
    void strangersAmongTheBlobsAreLeftAlone() throws IOException {
        blobs.put(digest, staged);
        Files.writeString(file().resolveSibling(".DS_Store"), "not ours");
        try (var found = blobs.inFolder(digest.bytes()[0] & 0xff)) {
            assertThat(found.map(BlobStore.Blob::digest)).containsExactly(digest);
        }
    }

    @Test
    void bytesThatHealedADamagedFileCanBePutOnceMore() throws IOException {
        Files.writeString(file(), "torn");
        blobs.put(digest, staged);
        blobs.remove(digest); // a removal that had been waiting for longer
        blobs.put(digest, staged);
        assertThat(file()).hasContent("a picture");
    }

    @Test
    void fromAnotherFileSystemTheBytesAreCopied() throws Exception {
        var elsewhere = Files.writeString(Files.createTempFile(Path.of("/dev/shm"), "picup", ""), "a picture");
        try {
            blobs.put(digest, elsewhere);
            assertThat(file()).hasContent("a picture");
            assertThat(blobs.incoming()).isDirectoryContaining(path -> path.equals(staged)).isDirectoryNotContaining(path -> !path.equals(staged));
        } finally {
            Files.delete(elsewhere);
        }
    }
}
