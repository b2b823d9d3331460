package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.Unavailable;

class IncomingTest {
    @TempDir
    Path folder;

    /// A file system of two megabytes, which only root can make.
    @Test
    void aDiskThatGetsFullInTheMiddleOfAnUploadSaysSo() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        try {
            var small = new Incoming(disk, 0);
            assertThatThrownBy(() -> small.stage(new ByteArrayInputStream(new byte[3 << 20]), 10 << 20))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.STORAGE_FULL));
            assertThat(disk).isEmptyDirectory();
            assertThat(small.stage(new ByteArrayInputStream(new byte[1 << 20]), 10 << 20).sizeBytes()).isEqualTo(1 << 20);
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsToComeBack() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        try {
            var incoming = new Incoming(disk, 0);
            run("mount", "-o", "remount,ro", disk.toString());
            assertThatThrownBy(() -> incoming.stage(new ByteArrayInputStream(new byte[1000]), 10 << 20)).isInstanceOf(Unavailable.class);
            run("mount", "-o", "remount,rw", disk.toString());
            assertThat(incoming.stage(new ByteArrayInputStream(new byte[1000]), 10 << 20).sizeBytes()).isEqualTo(1000);
        } finally {
            run("umount", disk.toString());
        }
        var away = new Incoming(disk.resolve("away"), 0);
        assertThatThrownBy(() -> away.stage(new ByteArrayInputStream(new byte[1000]), 10 << 20)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(away::requireRoom).isInstanceOf(Unavailable.class);
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, output);
    }

    @Test
    void aSweepDoesNotBelieveADatabaseThatKnowsLittle() {
        assertThat(SweepOrphans.plausible(20, 20)).isTrue();
        assertThat(SweepOrphans.plausible(21, 2_000)).isFalse();
        assertThat(SweepOrphans.plausible(100, 10_000)).isTrue();
        assertThat(SweepOrphans.plausible(60_000, 60_000)).isFalse();
    }
}
