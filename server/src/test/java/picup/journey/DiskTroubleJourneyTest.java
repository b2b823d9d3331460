package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Picup whose originals lie on a disk of their own, a small one, which gets full and then takes nothing at all. Only root can mount one.
class DiskTroubleJourneyTest {
    private static final int DISK_BYTES = 32 << 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can mount a small disk");
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x")); // PostgreSQL may run as another user
        disk = Files.createDirectories(folder.resolve("data/originals"));
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            run("umount", "--recursive", disk.toString());
        }
    }

    /// A second mount above the first, as what has files open for writing cannot be made read-only by hand.
    private void readOnly() throws Exception {
        run("mount", "--bind", disk.toString(), disk.toString());
        run("mount", "-o", "remount,bind,ro", disk.toString());
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void uploadsAreRefusedAsLongAsTheDiskIsFullOrReadOnlyAndNothingIsLost() throws Exception {
        try (var picup = Instance.starting(folder, "picup.storage.reserve=1MB")) {
            picup.awaitReady();
            var person = Person.signUp(picup.address(), "mina");
            var kept = new Kept(person, Samples.photo());

            var ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[DISK_BYTES - (3 << 20)]);
            assertRefused(person, 507, "storage-full", 4_000_000);
            kept.requireShown();
            Files.delete(ballast);
            var afterwards = new Kept(person, Samples.photo());

            var tus = new TusClient(person);
            var large = Arrays.copyOf(Samples.photo(), 2_000_000);
            var half = tus.begin(large.length);
            Person.require(204, tus.patch(half, 0, Arrays.copyOf(large, 1_000_000)));
            readOnly();
            assertRefused(person, 503, "storage-unavailable", 30_000);
            assertThat(tus.patch(half, 1_000_000, Arrays.copyOfRange(large, 1_000_000, large.length)).code()).isEqualTo("storage-unavailable");
            kept.requireShown();
            afterwards.requireShown();
            run("umount", disk.toString());

            assertThat(tus.offset(half)).isEqualTo(1_000_000);
            Person.require(204, tus.patch(half, 1_000_000, Arrays.copyOfRange(large, 1_000_000, large.length)));
            new Kept(person, Samples.photo()).requireShown();
            kept.requireShown();
            assertThat(person.get("/api/pictures").json().get("pictures").size()).isEqualTo(4);
        }
    }

    /// By form and in pieces, and nothing of it stays behind.
    private void assertRefused(Person person, int status, String code, int sizeBytes) throws Exception {
        var used = person.get("/api/space").json().get("usedBytes").asLong();
        var late = Arrays.copyOf(Samples.photo(), sizeBytes);
        var byForm = person.upload("late.jpg", late);
        assertThat(byForm.status()).as(byForm.toString()).isEqualTo(status);
        assertThat(byForm.code()).isEqualTo(code);
        var tus = new TusClient(person);
        var created = tus.create(sizeBytes);
        var inPieces = created.status() == 201 ? tus.patch(created.header("Location"), 0, late) : created;
        assertThat(inPieces.status()).as(inPieces.toString()).isEqualTo(status);
        assertThat(inPieces.code()).isEqualTo(code);
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isEqualTo(used);
        try (var staged = Files.list(disk.resolve("incoming"))) {
            assertThat(staged).isEmpty();
        }
    }

    /// A picture that was acknowledged, and must be there whatever the disk does.
    private record Kept(Person person, byte[] bytes, String id) {
        Kept(Person person, byte[] bytes) {
            this(person, bytes, person.show("kept.jpg", bytes).get("id").asString());
        }

        void requireShown() {
            assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(bytes);
            assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(200);
        }
    }
}
