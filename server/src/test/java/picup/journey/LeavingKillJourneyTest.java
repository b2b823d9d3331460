package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.TestDatabase;

/// `kill -9` in the midst of a deletion: the next start goes on, and in the end nothing is left.
///
/// `-Dpicup.leaving.rows=6000` for a larger library (`./picup bench leaving`).
class LeavingKillJourneyTest {
    private static final int ROWS = Integer.getInteger("picup.leaving.rows", 2_500); // some batches of 500

    @TempDir
    Path folder;

    @Test
    void aDeletionSurvivesBeingKilledAtEveryStep() throws Exception {
        var database = TestDatabase.empty();
        var sql = JdbcClient.create(database.pool());
        var owners = new Owners(sql);
        try (var picup = Instance.starting(folder, "picup.database.url=" + database.url(), "picup.database.username=" + database.username(),
                "picup.database.password=" + database.password(), "picup.storage.scrub-rate=64KB")) { // most of its originals have no bytes, which is not what is asked
            picup.awaitReady();
            var person = Person.signUp(picup.address(), "ada");
            var owner = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
            var digests = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                var photo = Samples.photo();
                assertThat(person.upload("own.jpg", photo).status()).isEqualTo(201);
                digests.add(InstanceClients.sha256(photo));
            }
            addPictures(sql, owner);

            assertThat(person.delete("/api/members/me", Map.of("password", "a long enough password")).status()).isEqualTo(204);
            killWhen(picup, () -> true, sql); // at once
            killWhen(picup, () -> rows(owners, owner, "picture") < ROWS - 1_000, sql);
            killWhen(picup, () -> rows(owners, owner, "picture") == 0, sql);
            killWhen(picup, () -> rows(owners, owner, "original") < ROWS / 2, sql);

            Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                assertThat(owners.rowsOf(owner)).isEqualTo(Map.of("space", 1L));
                assertThat(sql.sql("SELECT count(*) FROM storage.space WHERE emptied_at IS NOT NULL AND used_bytes = 0").query(Long.class).single()).isEqualTo(1);
                assertThat(files("originals", digests)).isEmpty();
                assertThat(files("renditions", digests)).isEmpty();
            });
            assertThat(person.get("/api/pictures").status()).isEqualTo(401); // also by a server that started since
            assertThat(sql.sql("SELECT count(*) FROM storage.dead_letter").query(Long.class).single()).isZero();
        }
    }

    private static long rows(Owners owners, UUID owner, String table) {
        return owners.rowsOf(owner).getOrDefault(table, 0L);
    }

    private interface Moment {
        boolean reached();
    }

    /// The jobs of the one that was killed would begin again after some seconds; here they may at once.
    private static void killWhen(Instance picup, Moment moment, JdbcClient sql) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(10)).until(moment::reached);
        picup.kill();
        sql.sql("UPDATE storage.job SET picked = false, picked_by = NULL, last_heartbeat = NULL WHERE picked AND task_name = 'empty-space'").update();
        picup.startAgain();
    }

    private static void addPictures(JdbcClient sql, UUID owner) {
        sql.sql("""
                WITH bytes AS (
                    INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at)
                    SELECT :owner, sha256(convert_to(:owner || '-' || i, 'UTF8')), 1000, now() FROM generate_series(1, :many) AS i
                    RETURNING digest)
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT :owner, gen_random_uuid(), digest, 'jpeg', 'a.jpg', 1000, 'ready', timestamp '2020-01-01', 'upload', now() FROM bytes
                """)
                .param("owner", owner).param("many", ROWS).update();
        sql.sql("UPDATE storage.space SET used_bytes = used_bytes + ? WHERE owner_id = ?").params(1000L * ROWS, owner).update();
    }

    private List<Path> files(String kind, List<String> digests) {
        return digests.stream().map(digest -> folder.resolve("data").resolve(kind).resolve(digest.substring(0, 2)).resolve(digest)).filter(Files::exists).toList();
    }
}
