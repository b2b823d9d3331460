package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aSweepDoesNotBelieveADatabaseThatKnowsLittle() {
        assertThat(SweepOrphans.plausible(20, 20)).isTrue();
        assertThat(SweepOrphans.plausible(21, 2_000)).isFalse();
        assertThat(SweepOrphans.plausible(100, 10_000)).isTrue();
        assertThat(SweepOrphans.plausible(60_000, 60_000)).isFalse();
    }
}
