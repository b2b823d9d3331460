package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Administrators and the decoders.
class DecodingJourneyTest {
    private static final Duration WITHIN_WHICH_WORKERS_HEAR = Duration.ofMillis(2_100);

    private final Person administrator = Product.newAdministrator();
    private final Person member = Product.newPerson();

    @AfterEach
    void asConfigured() {
        order(false, null, null);
    }

    @Test
    void aPauseHoldsPicturesBackAndItsEndBringsThemForward() throws Exception {
        assertThat(order(true, null, null).status()).isEqualTo(200);
        Thread.sleep(WITHIN_WHICH_WORKERS_HEAR); // a worker that had just looked would decode this picture still
        var bytes = Samples.photo();
        var id = member.upload("waiting.jpg", bytes).json().get("id").asString();
        var digest = InstanceClients.sha256(bytes);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> putOff(digest));
        assertThat(member.get("/api/pictures/" + id).json().get("state").asString()).isEqualTo("processing");
        assertThat(member.get("/api/pictures/" + id + "/original").status()).isEqualTo(200);

        order(false, null, null);

        assertThat(member.settled(id).get("state").asString()).isEqualTo("ready");
        assertThat(putOff(digest)).isFalse();
    }

    @Test
    void whatIsOrderedIsKeptAndTold() throws Exception {
        order(true, 2, 1L << 30);
        var kept = administrator.get("/api/admin/decoding").json();
        assertThat(kept.get("paused").asBoolean()).isTrue();
        assertThat(kept.get("decoders").asInt()).isEqualTo(2);
        assertThat(kept.get("memoryBytes").asLong()).isEqualTo(1L << 30);
        order(false, 2, 1L << 30);
        order(false, 2, 1L << 30);

        var told = administrator.get("/api/admin/storage/audit?limit=3").json().get("entries").valueStream()
                .map(entry -> entry.get("action").asString() + " " + entry.get("detail").asString("")).toList();
        assertThat(told).containsExactly("decoding-resumed ", "decoding-limited 2, 1024 MB", "decoding-paused ");
    }

    @Test
    void ordersMakeSenseAndComeFromAdministrators() {
        assertThat(order(false, 0, null).code()).isEqualTo("bad-value");
        assertThat(order(false, 17, null).code()).isEqualTo("bad-value");
        assertThat(order(false, null, 1L).code()).isEqualTo("bad-value");
        assertThat(administrator.put("/api/admin/decoding", Map.of("decoders", 2)).code()).isEqualTo("bad-value");
        assertThat(member.get("/api/admin/decoding").status()).isEqualTo(404);
        assertThat(member.put("/api/admin/decoding", Map.of("paused", true)).status()).isEqualTo(404);
    }

    /// Those of others may wait there too, for a further attempt.
    private static boolean putOff(String digest) {
        return Product.part(JdbcClient.class).sql("""
                SELECT EXISTS (SELECT FROM storage.job WHERE task_name = 'render-original' AND execution_time > now() + interval '1 minute'
                    AND convert_from(task_data, 'UTF8') LIKE '%' || :digest || '%')
                """).param("digest", digest).query(Boolean.class).single();
    }

    private Person.Answer order(boolean paused, @Nullable Integer decoders, @Nullable Long memoryBytes) {
        var order = new HashMap<String, @Nullable Object>();
        order.put("paused", paused);
        order.put("decoders", decoders);
        order.put("memoryBytes", memoryBytes);
        return administrator.put("/api/admin/decoding", order);
    }
}
