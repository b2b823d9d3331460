package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.database.PostgresServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An operator loses the machine and has a backup: everything comes back as it was, and before that, somebody has known that it would.
///
/// Whoever damages a backup or only restores one does it with a copy of the same, which is taken once; who changes the instance comes last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupJourneyTest {
    private static final int LAST = Integer.MAX_VALUE;
    private static final List<String> COMPARED = List.of("storage.picture", "storage.original", "storage.album", "storage.album_picture", "storage.album_text", "storage.deleted_for_good",
            "storage.sidecar", "storage.month", "storage.space", "storage.inbox", "storage.audit", "storage.decoding", "member.account", "member.founder", "member.audit");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path shared;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final FilledPicup filled = FilledPicup.get();

    private Path backups() {
        return folder.resolve("backups");
    }

    private OperatorCommand takeBackup() throws Exception {
        return takeBackup(backups());
    }

    private OperatorCommand takeBackup(Path to) throws Exception {
        return OperatorCommand.backup("take", to.toString(), "--data", filled.data().toString());
    }

    private void copyBackup() throws Exception {
        if (Files.notExists(shared.resolve("backups"))) {
            var taken = takeBackup(shared.resolve("backups"));
            assertThat(taken.code()).as(taken.output()).isZero();
        }
        assertThat(new ProcessBuilder("cp", "-a", shared.resolve("backups").toString(), backups().toString()).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void whatIsRestoredIsWhatWasBackedUp() throws Exception {
        openToPostgres();
        copyBackup();
        var second = takeBackup();
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(second.output()).as("nothing is copied twice").contains("of which 0 bytes are new");

        var data = folder.resolve("restored/data");
        var restored = restore(data);

        assertThat(restored.code()).as(restored.output()).isZero();
        requireSameRows(data);
        try (var instance = Instance.starting(folder.resolve("restored"), "picup.worker.paused=true")) {
            instance.awaitReady();
            assertThat(everythingOf(Person.signIn(instance.address(), "mina"))).isEqualTo(everythingOf(filled.mina));
            assertThat(everythingOf(Person.signIn(instance.address(), "보라"))).isEqualTo(everythingOf(filled.bora));
        }
        assertThat(restore(data).output()).contains("is not empty").contains("Nothing was changed");
    }

    private OperatorCommand restore(Path data) throws Exception {
        Files.createDirectories(data);
        return OperatorCommand.backup("restore", backups().toString(), "--data", data.toString());
    }

    private void openToPostgres() throws IOException {
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void requireSameRows(Path data) {
        try (var postgres = PostgresServer.forOperator(data)) {
            var restored = JdbcClient.create(postgres.source());
            for (var table : COMPARED) {
                assertThat(Rows.differencesOf(filled.database(), restored, table)).as(table).isEmpty();
            }
        }
    }

    /// Pictures, albums with their order, the trash, the space, and the digest of every original as it comes out. Not whether an original was read
    /// back, as that begins anew.
    private static Map<String, Object> everythingOf(Person person) {
        var everything = new HashMap<String, Object>();
        var pictures = pages(person, "/api/pictures?limit=500", "pictures");
        everything.put("pictures", pictures);
        everything.put("trash", pages(person, "/api/trash?limit=500", "pictures"));
        everything.put("space", person.get("/api/space").json());
        everything.put("timeline", person.get("/api/timeline").json());
        for (var album : pages(person, "/api/albums?limit=500", "albums")) {
            everything.put("album " + album, pages(person, "/api/albums/" + album.get("id").asString() + "/pictures?limit=500", "pictures").stream()
                    .map(picture -> picture.get("id").asString()).toList());
        }
        for (var picture : pictures) {
            var original = person.get("/api/pictures/" + picture.get("id").asString() + "/original");
            assertThat(InstanceClients.sha256(original.body())).isEqualTo(picture.get("sha256").asString());
        }
        return everything;
    }

    private static List<JsonNode> pages(Person person, String path, String field) {
        var all = new java.util.ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = person.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            for (var each : page.get(field)) {
                if (each.path("detail") instanceof ObjectNode detail) {
                    detail.remove("original");
                }
                all.add(each);
            }
            cursor = page.hasNonNull("next") ? page.get("next").asString() : "";
        } while (!cursor.isEmpty());
        return all;
    }

    /// Somebody uploads and deletes for good all the time. Whichever moment the snapshot is of, it hangs together.
    @Test
    @Order(LAST)
    void aBackupOfAMovingInstanceHangsTogether() throws Exception {
        openToPostgres();
        var busy = Person.signUp(filled.instance.address(), "busy-" + System.nanoTime());
        var stop = new AtomicBoolean();
        var moving = Thread.ofVirtual().start(() -> uploadAndDelete(busy, stop));
        try {
            var taken = takeBackup();
            assertThat(taken.code()).as(taken.output()).isZero();
        } finally {
            stop.set(true);
            moving.join();
        }
        var verified = OperatorCommand.backup("verify", backups().toString(), "--data", filled.data().toString());
        assertThat(verified.code()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("can be restored").containsPattern("[1-9]\\d* pictures looked at");
        var shown = Person.signIn(filled.instance.address(), "mina").get("/api/admin/backups").json().get("backups").get(0);
        assertThat(shown.get("state").asString()).isEqualTo("done");
        assertThat(shown.get("verified").asBoolean()).isTrue();
        assertThat(shown.hasNonNull("verifiedAt")).isTrue();
        assertThat(filled.bora.get("/api/admin/backups").status()).isEqualTo(404);
    }

    private static void uploadAndDelete(Person person, AtomicBoolean stop) {
        var photo = Samples.photo(160, 120);
        for (int count = 0; !stop.get(); count++) {
            var bytes = java.util.Arrays.copyOf(photo, photo.length + 1 + count); // bytes after the end, which no decoder minds
            var id = person.upload("moving-" + count + ".jpg", bytes).json().path("id").asString("");
            if (count % 2 == 0 && !id.isEmpty()) {
                person.delete("/api/pictures/" + id);
                person.delete("/api/trash");
            }
        }
    }

    @Test
    @Order(2) // while it is the newest that the instance knows
    void aFlippedBitInABackupIsFoundAndSaid() throws Exception {
        openToPostgres();
        copyBackup();
        var victim = Corpus.files(backups().resolve("originals")).stream().findFirst().orElseThrow();
        var bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);

        var verified = OperatorCommand.backup("verify", backups().toString(), "--data", filled.data().toString());

        assertThat(verified.code()).as(verified.output()).isEqualTo(3);
        assertThat(verified.output()).contains("is not whole", victim.getFileName().toString());
        var shown = Person.signIn(filled.instance.address(), "mina").get("/api/admin/backups").json().get("backups").get(0);
        assertThat(shown.get("verified").asBoolean()).isFalse();
        var restored = restore(folder.resolve("restored/data"));
        assertThat(restored.code()).isEqualTo(3);
        assertThat(restored.output()).contains("were left out", victim.getFileName().toString());
    }

    @Test
    void damagedRowsAreNotRestored() throws Exception {
        openToPostgres();
        copyBackup();
        var rows = Corpus.files(backups().resolve("backups")).stream().filter(file -> file.endsWith("storage.picture.copy.gz")).findFirst().orElseThrow();
        var bytes = Files.readAllBytes(rows);
        bytes[bytes.length / 2] ^= 1;
        Files.write(rows, bytes);
        var data = folder.resolve("restored/data");

        assertThat(restore(data).code()).isEqualTo(1);

        try (var instance = Instance.starting(folder.resolve("restored"))) {
            instance.awaitEnd();
            assertThat(Files.readString(instance.log())).contains("something was begun and not ended").contains("./picup restore");
        }
    }

    @Test
    @Order(1) // before anybody signs in, which the instance notes
    void aRestoreThatWasKilledGoesOn() throws Exception {
        openToPostgres();
        copyBackup();
        var data = Files.createDirectories(folder.resolve("restored/data"));
        var running = OperatorCommand.start("picup.backup.BackupCommand", "restore", backups().toString(), "--data", data.toString());
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !running.isAlive() || originals(data) > 3);
        running.destroyForcibly().waitFor();
        long before = originals(data);

        var again = restore(data);

        assertThat(again.code()).as(again.output()).isZero();
        assertThat(originals(data)).isGreaterThanOrEqualTo(before);
        requireSameRows(data);
    }

    private static long originals(Path data) throws IOException {
        var folder = data.resolve("originals");
        return Files.isDirectory(folder) ? Corpus.files(folder).stream().filter(file -> file.getFileName().toString().length() == 64).count() : 0;
    }

    @Test
    @Order(LAST)
    void bytesStayWhileABackupIsTaken() throws Exception {
        var database = filled.database();
        var person = Person.signUp(filled.instance.address(), "leaver-" + System.nanoTime());
        var picture = person.show("photo.jpg", Samples.photo(200, 150));
        var digest = picture.get("sha256").asString();
        var original = filled.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
        database.sql("INSERT INTO storage.backup (id, folder, name, began_at, lease_until) VALUES (gen_random_uuid(), 'x', 'lease', now(), now() + interval '1 hour')").update();
        try {
            person.delete("/api/pictures/" + picture.get("id").asString());
            person.delete("/api/trash");
            Awaitility.await("the removal that waits").atMost(PATIENCE).until(() -> database.sql("""
                    SELECT EXISTS (SELECT FROM storage.job WHERE task_name = 'remove-unheld-bytes' AND NOT picked AND execution_time > now() + interval '20 seconds')
                    """).query(Boolean.class).single());
            assertThat(original).exists();
        } finally {
            database.sql("UPDATE storage.backup SET ended_at = now() WHERE name = 'lease'").update();
        }
        database.sql("UPDATE storage.job SET execution_time = now() WHERE task_name = 'remove-unheld-bytes'").update();
        Awaitility.await("the removal").atMost(PATIENCE).until(() -> Files.notExists(original));
    }
}
