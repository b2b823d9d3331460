package picup.platform.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.MemberId;
import picup.platform.TestRedis;
import tools.jackson.databind.json.JsonMapper;

class RedisNeighboursTest {
    private static final Topic<Arrival> ARRIVALS = new Topic<>("arrivals", Arrival.class);
    private static final Topic<UUID> DEPARTURES = new Topic<>("departures", UUID.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestRedis redis;
    private RedisNeighbours ada;
    private RedisNeighbours grace;
    private final Queue<Arrival> heardByAda = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> heardByGrace = new ConcurrentLinkedQueue<>();

    record Arrival(MemberId member, int number) {
        static Arrival of(int number) {
            return new Arrival(MemberId.random(), number);
        }
    }

    @BeforeEach
    void twoProcesses() {
        redis = new TestRedis(folder);
        ada = neighbours("picup");
        grace = neighbours("picup");
        ada.hear(ARRIVALS, heardByAda::add);
        grace.hear(ARRIVALS, heardByGrace::add);
    }

    private RedisNeighbours neighbours(String channel) {
        return new RedisNeighbours(URI.create(redis.url()), channel, Duration.ofMillis(300), new JsonMapper());
    }

    @AfterEach
    void stop() {
        ada.close();
        grace.close();
        redis.close();
    }

    /// News may be lost, so it is told again until it is heard.
    private void awaitHearing() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            ada.tell(ARRIVALS, Arrival.of(0));
            return !heardByGrace.isEmpty();
        });
    }

    @Test
    void newsReachesTheOtherProcessAndNotOneself() {
        awaitHearing();
        var news = Arrival.of(7);

        ada.tell(ARRIVALS, news);

        Awaitility.await().atMost(PATIENCE).until(() -> heardByGrace.contains(news));
        assertThat(heardByAda).isEmpty();
    }

    @Test
    void eachTopicAndEachChannelHasItsOwnNews() {
        var departed = new ConcurrentLinkedQueue<UUID>();
        grace.hear(DEPARTURES, departed::add);
        try (var stranger = neighbours("another picup")) {
            var heardByStranger = new ConcurrentLinkedQueue<UUID>();
            stranger.hear(DEPARTURES, heardByStranger::add);
            awaitHearing();

            var who = UUID.randomUUID();
            ada.tell(DEPARTURES, who);

            Awaitility.await().atMost(PATIENCE).until(() -> departed.contains(who));
            assertThat(heardByGrace.stream().filter(each -> each.number() != 0).toList()).isEmpty();
            assertThat(heardByStranger).isEmpty();
        }
    }

    @Test
    void aListenerThatFailsDoesNotDeafenTheProcess() {
        grace.hear(DEPARTURES, who -> {
            throw new IllegalStateException("a defect of the test's");
        });
        awaitHearing();
        ada.tell(DEPARTURES, UUID.randomUUID());
        var news = Arrival.of(8);

        Awaitility.await().atMost(PATIENCE).until(() -> {
            ada.tell(ARRIVALS, news);
            return heardByGrace.contains(news);
        });
    }

    @Test
    void aFrozenRedisHoldsNobodyUp() throws Exception {
        awaitHearing();
        redis.freeze();
        try {
            tellALot();
        } finally {
            redis.thaw();
        }
        heardByGrace.clear();
        awaitHearing();
    }

    @Test
    void aRedisThatIsGoneHoldsNobodyUpAndIsFoundAgain() throws Exception {
        awaitHearing();
        redis.stop();
        tellALot();
        redis.start();
        heardByGrace.clear();
        awaitHearing();
    }

    @Test
    void aRedisThatIsNotThereYetIsFoundLater() {
        redis.stop();
        try (var late = neighbours("picup")) {
            var heard = new ConcurrentLinkedQueue<Arrival>();
            late.hear(ARRIVALS, heard::add);
            redis.start();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                ada.tell(ARRIVALS, Arrival.of(0));
                return !heard.isEmpty();
            });
        }
    }

    /// Ten times what waits at most; if one of them had to wait for an answer, this would take an hour.
    private void tellALot() throws Exception {
        var told = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10_000; i++) {
                ada.tell(ARRIVALS, Arrival.of(i));
            }
        });
        told.get(60, TimeUnit.SECONDS);
    }

    @Test
    void withoutARedisThereIsNobodyToTell() {
        var neighbours = new NewsConfiguration().neighbours(new RedisSettings(null, "picup", Duration.ofSeconds(1)), new JsonMapper());
        assertThat(neighbours).isNotInstanceOf(RedisNeighbours.class);
        neighbours.hear(ARRIVALS, heardByAda::add);
        neighbours.tell(ARRIVALS, Arrival.of(1));
        assertThat(heardByAda).isEmpty();
    }
}
