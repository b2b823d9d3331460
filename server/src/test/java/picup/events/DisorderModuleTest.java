package picup.events;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;

/// Whatever order news comes in and however often, the listeners of the product end where they would have ended had each
/// event come once and in order.
///
/// `-Dpicup.disorder.seed=N` for the same disorder again, `-Dpicup.disorder.rounds=N` for more of it.
@Import(DisorderModuleTest.Stumbling.class)
class DisorderModuleTest extends RunningPicup {
    private static final int ROUNDS = Integer.getInteger("picup.disorder.rounds", 150);
    private static final long SEED = Long.getLong("picup.disorder.seed", System.nanoTime());
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Set<String> OF_NO_MEMBER = Set.of("job", "long_job", "care_job", "backup_job", "label_due", "dead_letter");

    /// The first is of every kind, the others are what may be missed.
    private static final List<String> HISTORIES = List.of("SRUIRD", "S", "SD", "SRUD", "SRUIR", "SUI");

    @Autowired
    Deliveries deliveries;

    @Autowired
    JobKind<Delivery> again;

    @Autowired
    Jobs jobs;

    /// Writes down what it hears, and fails at every seventh event when it hears of it first.
    @TestConfiguration
    static class Stumbling {
        private final Set<UUID> stumbledOver = ConcurrentHashMap.newKeySet();

        @Bean
        Listener stumbling(JdbcClient sql) {
            return event -> {
                sql.sql("INSERT INTO heard (who, sequence) VALUES (:member, :sequence)")
                        .param("member", event.member().value()).param("sequence", event.sequence()).update();
                if (event.eventId().hashCode() % 7 == 0 && stumbledOver.add(event.eventId())) {
                    throw new IllegalStateException("stumbled");
                }
            };
        }
    }

    @BeforeEach
    void nothingHeard() {
        database.sql("DROP TABLE IF EXISTS heard").update();
        database.sql("CREATE TABLE heard (nth bigserial, who uuid NOT NULL, sequence bigint NOT NULL)").update();
    }

    @Test
    void anyRedeliveryReorderingAndDuplicationEndsLikeEachOnceInOrder() {
        var expected = HISTORIES.stream().collect(toMap(history -> history, this::inOrder));
        assertThat(expected.get("S")).as("what a sign-up leaves").containsKey("space");
        var random = new Random(SEED);
        var members = IntStream.range(0, ROUNDS).mapToObj(_ -> MemberId.random()).toList();
        var all = new ArrayList<MemberEvent>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var event : events(HISTORIES.get(round % HISTORIES.size()), members.get(round))) {
                all.addAll(Collections.nCopies(1 + random.nextInt(3), event));
            }
        }
        Collections.shuffle(all, random);

        deliverAtOnce(all);
        settle();

        for (int round = 0; round < ROUNDS; round++) {
            var history = HISTORIES.get(round % HISTORIES.size());
            var how = "-Dpicup.disorder.seed=%d, round %d (%s)".formatted(SEED, round, history);
            assertThat(stateOf(members.get(round))).as(how).isEqualTo(expected.get(history));
            var heard = heard(members.get(round));
            assertThat(heard).as(how).isSorted().doesNotHaveDuplicates();
            if (!history.endsWith("D")) {
                assertThat(heard).as(how).hasSize(history.length());
            }
        }
    }

    @Test
    void aDeletionThatOvertakesItsSignUpLeavesNothingButATombstone() {
        var events = events("SD", MemberId.random());

        deliveries.deliver(events.getLast());
        deliveries.deliver(events.getFirst());
        settle();

        assertThat(stateOf(events.getFirst().member()).get("space")).as("the tombstone").singleElement().asString()
                .contains("\"standing\": \"closed\"", "\"used_bytes\": 0", "\"username\": null").doesNotContain("\"emptied_at\": null");
        assertThat(heard(events.getFirst().member())).containsExactly(2L);
    }

    @Test
    void whoWasHereBeforeTheInboxIsHeardFromTheSecondEventOn() {
        var events = events("SR", MemberId.random());
        database.sql("INSERT INTO storage.inbox (member_id, listener, sequence) VALUES (:member, '*', 1)")
                .param("member", events.getFirst().member().value()).update();

        deliveries.deliver(events.getLast());
        settle();

        assertThat(heard(events.getFirst().member())).containsExactly(2L);
    }

    private void deliverAtOnce(List<MemberEvent> events) {
        try (var threads = Executors.newFixedThreadPool(4)) {
            events.forEach(event -> threads.execute(() -> deliveries.deliver(event)));
        }
    }

    private Map<String, List<String>> inOrder(String history) {
        var member = MemberId.random();
        for (var event : events(history, member)) {
            deliveries.deliver(event);
            settle();
        }
        return stateOf(member);
    }

    private void settle() {
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50)).until(() -> jobs.pending(again.lane()) == onTheCalendar());
    }

    /// Sweeps and the like, of which there is always a next one.
    private long onTheCalendar() {
        return database.sql("SELECT count(*) FROM storage.job WHERE NOT picked AND task_instance LIKE 'at-%'").query(Long.class).single();
    }

    private static List<MemberEvent> events(String history, MemberId member) {
        return IntStream.range(0, history.length()).mapToObj(i -> event(history.charAt(i), member, i + 1)).toList();
    }

    private static MemberEvent event(char kind, MemberId member, long sequence) {
        return switch (kind) {
            case 'S' -> new MemberSignedUp(Ids.next(), member, sequence, "mina", "Mina", THEN);
            case 'R' -> new MemberRenamed(Ids.next(), member, sequence, "Mina " + sequence, THEN);
            case 'U' -> new MemberSuspended(Ids.next(), member, sequence, THEN);
            case 'I' -> new MemberReinstated(Ids.next(), member, sequence, THEN);
            case 'D' -> new MemberDeleted(Ids.next(), member, sequence, THEN);
            default -> throw new IllegalArgumentException(String.valueOf(kind));
        };
    }

    private List<Long> heard(MemberId member) {
        return database.sql("SELECT sequence FROM heard WHERE who = :member ORDER BY nth").param("member", member.value()).query(Long.class).list();
    }

    /// Every row of the storage side that names the member, without the name, by table.
    private Map<String, List<String>> stateOf(MemberId member) {
        var tables = database.sql("""
                SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'storage' AND column_name IN ('owner_id', 'member_id')
                """).query((row, _) -> Map.entry(row.getString(1), row.getString(2))).list();
        return tables.stream().filter(table -> !OF_NO_MEMBER.contains(table.getKey()))
                .map(table -> Map.entry(table.getKey(), rows(table.getKey(), table.getValue(), member)))
                .filter(table -> !table.getValue().isEmpty())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<String> rows(String table, String column, MemberId member) {
        return database.sql("SELECT (to_jsonb(t) - '%2$s')::text FROM storage.%1$s t WHERE %2$s = :member ORDER BY 1".formatted(table, column))
                .param("member", member.value()).query(String.class).list();
    }
}
