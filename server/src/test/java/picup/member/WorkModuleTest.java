package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.events.MemberEvent;
import picup.events.MemberSignedUp;
import picup.platform.Ids;
import picup.platform.MemberId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What administrators do about work that waits, fails and gave up.
class WorkModuleTest extends RunningPicup {
    private static final String EVENTS = "/api/admin/events";
    private static final String LETTERS = EVENTS + "/dead-letters";

    @Autowired
    NewsHeard news;

    @Autowired
    JsonMapper json;

    /// Each letter is of a member of its own: of one member's news each number is heard once.
    private final Set<MemberId> members = new HashSet<>();
    private String administrator = "";

    @BeforeEach
    void nothingHasGivenUp() {
        database.sql("truncate member.dead_letter").update();
        administrator = signUp("root").cookie("picup_access");
    }

    @Test
    void aDeadLetterIsShownWithItsReasonAndWithoutItsPayload() {
        var id = gaveUp("member-event");

        var page = send("GET", LETTERS, null, bearer()).json();

        var letter = page.get("deadLetters").get(0);
        assertThat(letter.propertyNames()).containsExactlyInAnyOrder("id", "kind", "member", "attempts", "reason", "failedAt");
        assertThat(letter.get("id").asString()).isEqualTo(id.toString());
        assertThat(letter.get("member").asString()).isEqualTo(members.iterator().next().toString());
        assertThat(letter.get("reason").asString()).isEqualTo("java.io.IOException: nobody answers");
        assertThat(page.toString()).doesNotContain("secret name");
        assertThat(send("GET", EVENTS, null, bearer()).json().get("deadLetters").asInt()).isEqualTo(1);
    }

    @Test
    void aReplayIsTriedAgainAndPressedTwiceIsOne() {
        var path = LETTERS + "/" + gaveUp("member-event") + "/replay";

        var answers = Together.run(8, _ -> () -> send("POST", path, null, bearer()));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 404).hasSize(7);
        await().until(() -> heard() == 1);
        assertThat(letters()).isEmpty();
    }

    @Test
    void allAreReplayedButThoseOfAKindThatIsNoMore() {
        IntStream.range(0, 450).forEach(n -> gaveUp("member-event"));
        gaveUp("carrier-pigeon");

        var counts = Together.run(2, _ -> () -> send("POST", LETTERS + "/replay", null, bearer())).stream()
                .mapToInt(answer -> answer.json().get("count").asInt()).sum();

        assertThat(counts).isEqualTo(450);
        await().atMost(java.time.Duration.ofSeconds(60)).until(() -> heard() == 450);
        assertThat(letters()).singleElement().satisfies(letter -> assertThat(letter.get("kind").asString()).isEqualTo("carrier-pigeon"));
    }

    @Test
    void workOfAKindThatIsNoMoreStaysUntilItIsDiscarded() {
        var path = LETTERS + "/" + gaveUp("carrier-pigeon");

        assertThat(send("POST", path + "/replay", null, bearer()).code()).isEqualTo("conflict");
        assertThat(letters()).hasSize(1);
        assertThat(send("DELETE", path, null, bearer()).status()).isEqualTo(204);
        assertThat(send("DELETE", path, null, bearer()).code()).isEqualTo("not-found");
        assertThat(letters()).isEmpty();
        assertThat(send("GET", "/api/admin/audit?limit=1", null, bearer()).json().get("entries").get(0).get("action").asString())
                .isEqualTo("dead-letter-discarded");
    }

    @Test
    void theListIsReadInPages() {
        var ids = IntStream.range(0, 5).mapToObj(n -> gaveUp("member-event").toString()).toList();

        var first = send("GET", LETTERS + "?limit=3", null, bearer()).json();
        var second = send("GET", LETTERS + "?limit=3&cursor=" + first.get("next").asString(), null, bearer()).json();

        assertThat(idsOf(first)).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(idsOf(second)).containsExactly(ids.get(1), ids.get(0));
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(second.get("count").asInt()).isEqualTo(5);
    }

    @Test
    void aLaneTellsWhatWaitsWhatFailsAndWhenItIsTriedAgain() {
        var next = Instant.now().plusSeconds(3600);
        database.sql("""
                insert into member.outbox (task_name, task_instance, task_data, execution_time, picked, consecutive_failures, version)
                values ('member-event', 'fails', null, :next::timestamptz, false, 3, 1), ('member-event', 'later', null, :next::timestamptz, false, null, 1)
                """).param("next", next.toString()).update();
        try {
            var lane = send("GET", EVENTS, null, bearer()).json().get("lanes").get(0);

            assertThat(lane.get("lane").asString()).isEqualTo("outbox");
            assertThat(lane.get("failing").asInt()).isEqualTo(1);
            assertThat(lane.get("scheduled").asInt()).isEqualTo(1);
            assertThat(lane.get("nextTries").get(0).get("attempts").asInt()).isEqualTo(3);
            assertThat(Instant.parse(lane.get("nextTries").get(0).get("nextTryAt").asString())).isBetween(next.minusMillis(1), next.plusMillis(1));
        } finally {
            database.sql("delete from member.outbox where task_instance in ('fails', 'later')").update();
        }
    }

    @Test
    void theStorageSideShowsItsOwn() {
        var lanes = send("GET", "/api/admin/jobs", null, bearer()).json().get("lanes");

        assertThat(lanes.valueStream().map(lane -> lane.get("lane").asString())).containsExactly("backup_job", "care_job", "job", "long_job");
    }

    private UUID gaveUp(String kind) {
        var id = Ids.next();
        var member = MemberId.random();
        members.add(member);
        database.sql("""
                insert into member.dead_letter (id, kind, payload, attempts, reason, failed_at)
                values (:id, :kind, :payload::jsonb, 200, 'java.io.IOException: nobody answers', now())
                """)
                .param("id", id)
                .param("kind", kind)
                .param("payload", json.writeValueAsString(new MemberSignedUp(Ids.next(), member, 1, "secret name", "secret name", Instant.now())))
                .update();
        return id;
    }

    private long heard() {
        return news.events.stream().filter(event -> members.contains(event.member())).map(MemberEvent::eventId).distinct().count();
    }

    private List<JsonNode> letters() {
        return send("GET", LETTERS, null, bearer()).json().get("deadLetters").valueStream().toList();
    }

    private static List<String> idsOf(JsonNode page) {
        return page.get("deadLetters").valueStream().map(letter -> letter.get("id").asString()).toList();
    }

    private String[] bearer() {
        return new String[] {"Authorization", "Bearer " + administrator};
    }
}
