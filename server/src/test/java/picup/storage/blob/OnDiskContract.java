package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What a disk can do to a store. On a small file system of its own, for which the test has to be root.
abstract class OnDiskContract extends BlobStoreContract {
    @FunctionalInterface
    interface OnSmallDisk {
        void run(Path disk, BlobStore small) throws Exception;
    }

    private void onSmallDisk(OnSmallDisk test) throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can mount a small disk");
        var disk = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        try {
            test.run(disk, open(disk));
        } finally {
            run("umount", disk.toString());
        }
    }

    static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void aFullDiskTakesNothingAndLosesNothing() throws Exception {
        onSmallDisk((disk, small) -> {
            var kept = sample(300_000);
            small.put(kept.digest(), kept.file());
            var tooLarge = sample(3_000_000);
            assertThatThrownBy(() -> small.put(tooLarge.digest(), tooLarge.file())).isInstanceOf(IOException.class);
            assertThat(small.sizeBytes(tooLarge.digest())).isEmpty();
            assertThat(small.sizeBytes(kept.digest())).hasValue(300_000);
            var fits = sample(200_000);
            small.put(fits.digest(), fits.file());
            try (var in = small.read(fits.digest(), 0)) {
                assertThat(in.readAllBytes()).isEqualTo(fits.bytes());
            }
        });
    }

    @Test
    void whatMayNotBeWrittenAnyMoreIsStillRead() throws Exception {
        onSmallDisk((disk, small) -> {
            var kept = sample(100_000);
            small.put(kept.digest(), kept.file());
            run("mount", "-o", "remount,ro", disk.toString());
            var late = sample(1000);
            assertThatThrownBy(() -> small.put(late.digest(), late.file())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> small.remove(kept.digest())).isInstanceOf(IOException.class);
            assertThat(small.sizeBytes(late.digest())).isEmpty();
            try (var in = small.read(kept.digest(), 0)) {
                assertThat(in.readAllBytes()).isEqualTo(kept.bytes());
            }
            run("mount", "-o", "remount,rw", disk.toString());
            small.put(late.digest(), late.file());
            assertThat(small.sizeBytes(late.digest())).hasValue(1000);
        });
    }
}
