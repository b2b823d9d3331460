package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.FileTree;
import picup.storage.Digest;

/// A damaged original where there is no second store: its owner hears of it, and heals it by sending the file again.
class HealJourneyTest {
    private final Person person = Product.newPerson();
    private final JdbcClient sql = Product.part(JdbcClient.class);

    @Test
    void whoSendsTheFileAgainHealsItAndSeesItAgain() throws Exception {
        var photo = Samples.photo();
        var shown = person.show("photo.jpg", photo);
        var id = shown.get("id").asString();
        var digest = Digest.ofHex(shown.get("sha256").asString());
        awaitOriginal(id, "sound");
        var original = Product.data().resolve("originals").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());

        damage(original);
        lookAgain(digest);
        awaitOriginal(id, "altered");
        failToShow(id, digest);

        var again = person.upload("photo.jpg", photo);

        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        awaitOriginal(id, "sound");
        assertThat(Files.readAllBytes(original)).isEqualTo(photo);
        Awaitility.await().untilAsserted(() -> assertThat(person.get("/api/pictures/" + id).json().get("state").asString()).isEqualTo("ready"));
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(200);
    }

    private static void damage(Path original) throws Exception {
        var bytes = Files.readAllBytes(original);
        bytes[bytes.length / 2] ^= 1;
        Files.write(original, bytes);
    }

    /// A month later.
    private void lookAgain(Digest digest) {
        sql.sql("UPDATE storage.blob SET checked_at = now() - interval '31 days' WHERE digest = ?").param(digest.bytes()).update();
    }

    /// As it is when somebody asked for its renditions while the bytes were bad.
    private void failToShow(String id, Digest digest) throws Exception {
        sql.sql("UPDATE storage.picture SET state = 'failed', reason = 'UNREADABLE', renditions = '{}' WHERE id = ?::uuid").param(id).update();
        FileTree.delete(Product.data().resolve("renditions").resolve(digest.hex().substring(0, 2)).resolve(digest.hex()));
    }

    /// Rounds of the scrub are a minute apart; here they come at once.
    private void awaitOriginal(String id, String state) {
        Awaitility.await().untilAsserted(() -> {
            sql.sql("UPDATE storage.care_job SET execution_time = now(), version = version + 1 WHERE NOT picked AND task_name = 'scrub-originals' AND execution_time > now()").update();
            assertThat(person.get("/api/pictures/" + id).json().get("detail").get("original").asString()).isEqualTo(state);
        });
    }
}
