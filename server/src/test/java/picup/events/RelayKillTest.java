package picup.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.TestDatabase;
import picup.platform.jobs.JobsByHand;

/// Relays die at any moment, and every event is heard, once and in order.
///
/// `-Dpicup.relay.kills=200` for more kills, `-Dpicup.relay.seed=N` for the same moments again (the machine still has a say in what they
/// hit).
class RelayKillTest {
    private static final int KILLS = Integer.getInteger("picup.relay.kills", 4);
    private static final long SEED = Long.getLong("picup.relay.seed", System.nanoTime());
    private static final Duration LONGEST_LIFE = Duration.ofMillis(800);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NEWS_OF_EACH = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final JobsByHand jobs = new JobsByHand(database.pool(), Relay.KINDS);
    private final Outbox outbox = new Outbox(jobs.jobs);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final List<MemberId> members = new ArrayList<>();

    @Test
    void whateverMomentARelayIsKilledAtNothingIsLost() throws Exception {
        System.out.printf("RelayKillTest: %d kills, -Dpicup.relay.seed=%d%n", KILLS, SEED);
        jobs.sql.sql("CREATE TABLE heard (nth bigserial, member uuid NOT NULL, sequence bigint NOT NULL)").update();
        var random = new Random(SEED);
        var publishing = CompletableFuture.runAsync(this::publishWithoutEnd);
        int atWork = 0;
        var relays = new Process[] {relay(), relay()};
        for (int kill = 0; kill < KILLS; kill++) {
            int victim = random.nextInt(relays.length);
            atWork += Relay.awaitRelaying(relays[victim]) ? 1 : 0;
            LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos()));
            relays[victim].destroyForcibly().waitFor();
            relays[victim] = relay();
        }
        enough.set(true);
        publishing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        await().atMost(PATIENCE).until(() -> jobs.jobs.pending(MemberEvent.LANE) + jobs.jobs.pending(Relay.AGAIN.lane()) == 0);
        for (var relay : relays) {
            relay.destroyForcibly().waitFor();
        }

        System.out.printf("killed %d relays at work; %d events of %d members%n", atWork, members.size() * NEWS_OF_EACH, members.size());
        assertThat(atWork).isEqualTo(KILLS);
        assertThat(members).isNotEmpty();
        assertThat(count("SELECT count(*) FROM storage.dead_letter") + count("SELECT count(*) FROM member.dead_letter")).isZero();
        assertThat(count("SELECT count(*) FROM storage.space")).isEqualTo(members.size());
        assertThat(jobs.sql.sql("SELECT DISTINCT string_agg(sequence::text, ' ' ORDER BY nth) FROM heard GROUP BY member").query(String.class).list())
                .as("what each member's news was heard as").containsExactly("1 2 3");
        assertThat(count("SELECT count(DISTINCT member) FROM heard")).isEqualTo(members.size());
    }

    private Process relay() {
        return Relay.start(database, Relay.IN_PROCESS, folder.resolve("relay.log"));
    }

    private void publishWithoutEnd() {
        while (!enough.get()) {
            var member = MemberId.random();
            publish(new MemberSignedUp(Ids.next(), member, 1, "mina", "Mina", Instant.now()));
            publish(new MemberRenamed(Ids.next(), member, 2, "Mina Kim", Instant.now()));
            publish(new MemberSuspended(Ids.next(), member, 3, Instant.now()));
            members.add(member);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void publish(MemberEvent event) {
        jobs.transaction.executeWithoutResult(_ -> outbox.publish(event));
    }

    private long count(String question) {
        return jobs.sql.sql(question).query(Long.class).single();
    }
}
