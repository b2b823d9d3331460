package picup.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Mistakes with many pictures at once can be noticed before they cannot be undone.
class DeletionGuardModuleTest extends RunningPicup {
    @Autowired
    private Trash trash;

    @Autowired
    private PurgeTrash purge;

    @Autowired
    private PurgeGuard guard;

    private MemberId owner;

    @BeforeEach
    void signedUp() {
        signUp("ada");
        owner = new MemberId(UUID.fromString(me(signIn("ada").text("accessToken")).text("id")));
    }

    private List<UUID> add(int many) {
        database.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing_since) VALUES (?, 0, 1000000, now()) ON CONFLICT DO NOTHING").param(owner.value()).update();
        // In one statement: the reconcile, which time that moves may wake, must not find the one without the other.
        return database.sql("""
                WITH charged AS (UPDATE storage.space SET used_bytes = used_bytes + :many WHERE owner_id = :owner), bytes AS (
                    INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at)
                    SELECT :owner, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 1, now() FROM generate_series(1, :many)
                    RETURNING digest)
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT :owner, gen_random_uuid(), digest, 'jpeg', 'a.jpg', 1, 'ready', timestamp '2020-01-01', 'upload', now() FROM bytes
                RETURNING id
                """).param("owner", owner.value()).param("many", many).query(UUID.class).list();
    }

    private int inTrash() {
        return database.sql("SELECT count(*) FROM storage.picture WHERE owner_id = ? AND trashed_at IS NOT NULL").param(owner.value()).query(Integer.class).single();
    }

    private int all() {
        return database.sql("SELECT count(*) FROM storage.picture WHERE owner_id = ?").param(owner.value()).query(Integer.class).single();
    }

    private Answer ask(String method, String path, @Nullable Object body) {
        return send(method, path, body, "Authorization", "Bearer " + signIn("ada").text("accessToken")); // time moves, and tokens run out
    }

    @Test
    void theLastBulkActionIsUndoneOnce() {
        var pictures = add(30);
        trash.put(owner, pictures.subList(0, 10));
        trash.put(owner, pictures.subList(10, 11)); // a single one is no bulk
        assertThat(ask("GET", "/api/trash", null).json().get("undo").get("pictures").asInt()).isEqualTo(10);

        assertThat(ask("POST", "/api/trash/undo", null).json().get("count").asInt()).isEqualTo(10);

        assertThat(inTrash()).isEqualTo(1);
        assertThat(ask("POST", "/api/trash/undo", null).code()).isEqualTo("conflict");
        assertThat(ask("GET", "/api/trash", null).json().get("undo").isNull()).isTrue();
    }

    @Test
    void aRestoringIsUndoneToo() {
        var pictures = add(5);
        trash.put(owner, pictures);
        trash.restore(owner, pictures.subList(0, 3));
        assertThat(trash.undo(owner)).isEqualTo(3);
        assertThat(inTrash()).isEqualTo(5);
    }

    @Test
    void whatWasThrownAwayAgainSinceStaysInTheTrash() {
        var pictures = add(5);
        trash.put(owner, pictures);
        trash.restore(owner, pictures.subList(0, 1));
        clock.advance(Duration.ofMinutes(1));
        trash.put(owner, pictures.subList(0, 1));
        assertThat(trash.undo(owner)).isEqualTo(4);
        assertThat(inTrash()).isEqualTo(1);
    }

    @Test
    void whatWasDeletedForGoodIsNotBroughtBack() {
        var pictures = add(5);
        trash.put(owner, pictures);
        trash.deleteForGood(owner, pictures.subList(0, 2));
        assertThat(trash.undo(owner)).isEqualTo(3);
        assertThat(all()).isEqualTo(3);
    }

    @Test
    void aPurgeOfAFifthGoesByAndOneMoreWaitsForAWord() {
        var pictures = add(100);
        trash.put(owner, pictures.subList(0, 20));
        clock.advance(Trash.KEPT.plusHours(1));
        purge.run(new PurgeTrash.Purge());
        assertThat(all()).isEqualTo(80);

        trash.put(owner, pictures.subList(20, 21));
        clock.advance(Trash.KEPT.plusHours(1));
        add(40);
        trash.put(owner, pictures.subList(21, 50));
        clock.advance(Trash.KEPT.plusHours(1));
        purge.run(new PurgeTrash.Purge());

        assertThat(all()).as("30 of 120").isEqualTo(120);
        var paused = ask("GET", "/api/trash", null).json().get("paused");
        assertThat(paused.get("pictures").asInt()).isEqualTo(30);
        assertThat(Instant.parse(paused.get("until").asString())).isAfter(clock.instant().plus(Duration.ofDays(13)));

        assertThat(ask("POST", "/api/purge-confirmation", null).status()).isEqualTo(204);
        purge.run(new PurgeTrash.Purge());
        assertThat(all()).isEqualTo(90);
        assertThat(ask("GET", "/api/trash", null).json().get("paused").isNull()).isTrue();
        assertThat(ask("POST", "/api/purge-confirmation", null).code()).isEqualTo("conflict");
    }

    @Test
    void whatIsRestoredDoesNotWaitAnyMore() {
        var pictures = add(100);
        trash.put(owner, pictures.subList(0, 30));
        clock.advance(Trash.KEPT.plusHours(1));
        purge.run(new PurgeTrash.Purge());
        assertThat(guard.pause(owner)).isPresent();

        trash.restore(owner, pictures.subList(0, 15));
        assertThat(guard.pause(owner)).isEmpty();
        purge.run(new PurgeTrash.Purge());

        assertThat(all()).isEqualTo(85);
    }

    @Test
    void afterTwoWeeksItGoesOnByItself() {
        trash.put(owner, add(100));
        clock.advance(Trash.KEPT.plusHours(1));
        purge.run(new PurgeTrash.Purge());
        clock.advance(Duration.ofDays(13));
        purge.run(new PurgeTrash.Purge());
        assertThat(all()).isEqualTo(100);
        clock.advance(Duration.ofDays(1).plusMinutes(1));
        purge.run(new PurgeTrash.Purge());
        assertThat(all()).isZero();
    }

    @Test
    void deletingForGoodByHandIsAskedAboutToo() {
        var pictures = add(200);
        trash.put(owner, pictures.subList(0, 100));

        var refused = ask("DELETE", "/api/trash", null);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("purge-paused");
        assertThat(refused.json().get("pictures").asInt()).isEqualTo(100);
        assertThat(all()).isEqualTo(200);
        ask("POST", "/api/purge-confirmation", null);
        assertThat(ask("DELETE", "/api/trash", null).json().get("count").asInt()).isEqualTo(100);
    }

    @Test
    void ofAFewPicturesAllMayGo() {
        trash.put(owner, add(99));
        assertThat(trash.deleteForGood(owner, null)).isEqualTo(99);
    }

    /// Each alone is below the share.
    @Test
    void manyDeletionsAtOnceStayBelowTheShareTogether() throws Exception {
        var pictures = add(200);
        trash.put(owner, pictures);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 20).mapToObj(part -> people.submit(() -> {
                try {
                    return trash.deleteForGood(owner, pictures.subList(part * 10, part * 10 + 10));
                } catch (ProblemException e) {
                    assertThat(e.problem()).isEqualTo(Problem.PURGE_PAUSED);
                    return 0;
                }
            })).toList();
            for (var each : all) {
                each.get();
            }
        }
        assertThat(all()).isEqualTo(160);
    }

    @Test
    void onTheNextDayAsMuchMayGoAgain() {
        var pictures = add(100);
        trash.put(owner, pictures);
        assertThat(trash.deleteForGood(owner, pictures.subList(0, 20))).isEqualTo(20);
        assertThatThrownBy(() -> trash.deleteForGood(owner, pictures.subList(20, 21))).isInstanceOf(ProblemException.class);
        add(20);
        clock.advance(Duration.ofDays(1));
        assertThat(trash.deleteForGood(owner, pictures.subList(20, 40))).isEqualTo(20);
    }
}
