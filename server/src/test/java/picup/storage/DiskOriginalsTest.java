package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Problem;
import picup.platform.ProblemException;

class DiskOriginalsTest {
    @TempDir
    Path folder;

    private DiskOriginals originals;

    @BeforeEach
    void open() throws IOException {
        originals = new DiskOriginals(folder.resolve("originals"), 0);
    }

    private StagedOriginal staged(String text) throws IOException {
        return originals.stage(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1000);
    }

    @Test
    void strangersAmongTheOriginalsAreLeftAlone() throws IOException {
        var staged = staged("a picture");
        originals.keep(staged);
        var beside = originals.file(staged.digest()).resolveSibling(".DS_Store");
        Files.writeString(beside, "not ours");
        int index = Integer.parseInt(staged.digest().hex().substring(0, 2), 16);
        assertThat(originals.inFolder(index)).containsExactly(staged.digest());
    }

    @Test
    void whatWasRemovedMeanwhileIsNoLongerOld() throws IOException {
        var staged = staged("a picture");
        assertThat(originals.olderThan(Instant.MAX.minusSeconds(1), staged.digest())).isFalse();
    }

    @Test
    void bytesThatHealedADamagedFileCanBeKeptOnceMore() throws IOException {
        var staged = staged("a picture");
        Files.writeString(originals.file(staged.digest()), "torn");
        originals.keep(staged);
        originals.remove(staged.digest()); // a removal that had been waiting for longer
        originals.keep(staged);
        assertThat(originals.file(staged.digest())).hasContent("a picture");
    }

    /// A file system of two megabytes, which only root can make.
    @Test
    void aDiskThatGetsFullInTheMiddleOfAnUploadSaysSo() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        try {
            var small = new DiskOriginals(disk.resolve("originals"), 0);
            assertThatThrownBy(() -> small.stage(new ByteArrayInputStream(new byte[3 << 20]), 10 << 20))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.STORAGE_FULL));
            assertThat(disk.resolve("originals/incoming")).isEmptyDirectory();
            assertThat(small.stage(new ByteArrayInputStream(new byte[1 << 20]), 10 << 20).sizeBytes()).isEqualTo(1 << 20);
        } finally {
            run("umount", disk.toString());
        }
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
