package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A member who sends one photo in pieces, and what becomes of it.
abstract class TusJourney {
    final Person person = Product.newPerson();
    final TusClient tus = new TusClient(person);
    final byte[] photo = Samples.photo();
    final int half = photo.length / 2;

    byte[] from(int from, int to) {
        return Arrays.copyOfRange(photo, from, to);
    }

    static Path part(String upload) {
        return Product.data().resolve("originals/uploads/" + upload.substring(upload.lastIndexOf('/') + 1));
    }

    long reserved() {
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        return Product.part(JdbcClient.class).sql("SELECT coalesce(sum(reserved_bytes), 0)::bigint FROM storage.space WHERE owner_id = ?").param(member).query(Long.class).single();
    }

    long used() {
        return person.get("/api/space").json().get("usedBytes").asLong();
    }

    void isThePhoto(Person.Answer last) {
        assertThat(last.status()).as(last.toString()).isEqualTo(204);
        assertThat(last.header("Picup-Outcome")).isEqualTo("added");
        assertThat(person.get("/api/pictures/" + last.header("Picup-Picture") + "/original").body()).isEqualTo(photo);
    }
}
