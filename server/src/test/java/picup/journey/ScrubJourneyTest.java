package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picup.platform.database.PostgresServer;

/// A bit flips on the first disk of a Picup with two, and the process that heals it is killed while it does.
class ScrubJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path data;
    private Person person;
    private String picture;

    @Test
    void aFlippedBitIsHealedFromTheSecondDiskAlthoughTheHealerIsKilledOnce() throws Exception {
        folder.toFile().setExecutable(true, false); // PostgreSQL may run as another user
        folder.toFile().setReadable(true, false);
        data = folder.resolve("data");
        var copies = Files.createDirectory(folder.resolve("copies"));
        try (var picup = Instance.starting(folder, "picup.storage.copy-folder=" + copies, "picup.storage.scrub-rate=1MB")) {
            picup.awaitReady();
            person = Person.signUp(picup.address(), "mina");
            var bytes = photoOf(3_000_000);
            var shown = person.show("a.jpg", bytes);
            picture = shown.get("id").asString();
            var digest = shown.get("sha256").asString();
            var original = data.resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
            var copy = copies.resolve(digest.substring(0, 2)).resolve(digest);

            round();
            until(() -> mark().equals("sound"));
            assertThat(copy).hasBinaryContent(bytes);
            assertThat(person.get("/api/admin/storage-health").json().get("copy").get("sound").asInt()).isEqualTo(1);

            flipABit(original);
            var altered = Files.readAllBytes(original);
            sql("UPDATE storage.blob SET checked_at = now() - interval '31 days'");
            round();
            until(() -> isBeingBroughtBack(data.resolve("originals/incoming")));
            picup.kill();
            assertThat(Files.readAllBytes(original)).as("what was there, as the good bytes were still on their way").isEqualTo(altered);

            picup.startAgain();
            person = Person.signIn(picup.address(), "mina");
            sql("UPDATE storage.blob SET claimed_until = now()"); // five minutes later
            round();
            until(() -> InstanceClients.sha256(Files.readAllBytes(original)).equals(digest));
            until(() -> mark().equals("sound"));
            assertThat(person.get("/api/pictures/" + picture + "/original").body()).isEqualTo(bytes);
        }
    }

    private String mark() {
        return person.get("/api/pictures/" + picture).json().get("detail").get("original").asString();
    }

    private static boolean isBeingBroughtBack(Path incoming) throws IOException {
        try (var files = Files.list(incoming)) {
            return files.anyMatch(file -> file.toFile().length() > 1_000_000);
        }
    }

    /// Rounds are a minute apart; this one comes at once, unless one has just been.
    private void round() {
        sql("UPDATE storage.care_job SET execution_time = now(), version = version + 1 WHERE NOT picked AND execution_time > now()");
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private void sql(String statement) {
        try (var server = PostgresServer.forOperator(data)) {
            JdbcClient.create(new DriverManagerDataSource(server.jdbcUrl(), server.username(), server.password())).sql(statement).update();
        }
    }

    private static void flipABit(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(1_500_000);
            int was = bytes.read();
            bytes.seek(1_500_000);
            bytes.write(was ^ 0x40);
        }
    }

    /// What follows the end of a JPEG is nobody's concern but the digest's.
    private static byte[] photoOf(int size) {
        var out = new ByteArrayOutputStream(size);
        out.writeBytes(Samples.photo());
        var rest = new byte[size - out.size()];
        new Random(1).nextBytes(rest);
        out.writeBytes(rest);
        return out.toByteArray();
    }
}
