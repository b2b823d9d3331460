package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.library.LibraryByHand.Said;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import tools.jackson.databind.JsonNode;

/// A month can be read from anywhere: after a page, at a number, around a picture.
class TimelineModuleTest extends RunningPicup {
    private static final int PICTURES = 23;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private Trash trash;

    private String token;
    private LibraryByHand library;

    /// As the timeline shows them, newest first: three share each moment.
    private List<UUID> newestFirst;

    @BeforeEach
    void aMonth() {
        signUp("ada");
        token = signIn("ada").text("accessToken");
        var owner = new MemberId(UUID.fromString(me(token).text("id")));
        database.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing_since) VALUES (?, 0, 1000000, now()) ON CONFLICT DO NOTHING").param(owner.value()).update();
        library = new LibraryByHand(owner, database, transaction, events);
        show(LocalDateTime.of(2021, 2, 28, 23, 59), "february");
        newestFirst = new ArrayList<>(IntStream.range(0, PICTURES).mapToObj(at -> show(LocalDateTime.of(2021, 3, 1, 0, 0).plusHours(at / 3 * 7L), "march-" + at)).toList()).reversed();
        show(LocalDateTime.of(2021, 4, 1, 0, 0), "april");
    }

    private UUID show(LocalDateTime takenAt, String name) {
        return library.show("", name + ".jpg", FileKind.JPEG, Said.at(takenAt));
    }

    private JsonNode page(String query) {
        var answer = send("GET", "/api/timeline/2021-03" + query, null, "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer.json();
    }

    private int refusal(String query) {
        return send("GET", "/api/timeline/2021-03" + query, null, "Authorization", "Bearer " + token).status();
    }

    private static List<UUID> ids(JsonNode page) {
        var ids = new ArrayList<UUID>();
        page.get("ids").forEach(id -> ids.add(UUID.fromString(id.asString())));
        return ids;
    }

    @Test
    void pagesFollowEachOtherAndSayTheirNumbers() {
        var all = new ArrayList<UUID>();
        String cursor = "";
        do {
            var page = page("?limit=5" + cursor);
            assertThat(page.get("first").asInt()).isEqualTo(all.size());
            assertThat(page.get("count").asInt()).isEqualTo(PICTURES);
            all.addAll(ids(page));
            cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(all).isEqualTo(newestFirst);
    }

    @Test
    void fromEveryNumberTheMonthIsTheSame() {
        for (int from = 0; from <= PICTURES; from++) {
            var page = page("?limit=4&from=" + from);
            int end = Math.min(PICTURES, from + 4);
            assertThat(page.get("first").asInt()).isEqualTo(from);
            assertThat(ids(page)).as("from %d", from).isEqualTo(newestFirst.subList(from, end));
            assertThat(page.get("next").isNull()).isEqualTo(end == PICTURES);
        }
        assertThat(ids(page("?from=70000"))).as("beyond the month").isEmpty();
    }

    @Test
    void aPictureStandsInTheMiddleOfThePageAroundIt() {
        for (int at = 0; at < PICTURES; at++) {
            var page = page("?limit=6&picture=" + newestFirst.get(at));
            int first = Math.max(0, at - 3);
            assertThat(page.get("first").asInt()).isEqualTo(first);
            assertThat(ids(page)).as("around %d", at).isEqualTo(newestFirst.subList(first, Math.min(PICTURES, first + 6)));
        }
    }

    @Test
    void whatIsGoneLeavesTheNumbersToOthers() {
        trash.put(library.owner(), newestFirst.subList(2, 4));
        var left = new ArrayList<>(newestFirst);
        left.subList(2, 4).clear();
        assertThat(ids(page("?limit=3&from=1"))).isEqualTo(left.subList(1, 4));
        assertThat(refusal("?picture=" + newestFirst.get(2))).isEqualTo(404);
        var cursor = page("?limit=2").get("next").asString();
        trash.put(library.owner(), newestFirst.subList(1, 2));
        var page = page("?limit=3&cursor=" + cursor);
        assertThat(page.get("first").asInt()).as("the last picture of the page before is gone").isOne();
        assertThat(ids(page)).isEqualTo(left.subList(2, 5));
    }

    @Test
    void theLatestMonthIsFoundWithoutItsName() {
        var latest = send("GET", "/api/timeline/latest", null, "Authorization", "Bearer " + token).json();
        assertThat(latest.get("month").asString()).isEqualTo("2021-04");
        assertThat(latest.get("ids").size()).isOne();

        signUp("empty");
        var nothing = send("GET", "/api/timeline/latest", null, "Authorization", "Bearer " + signIn("empty").text("accessToken")).json();
        assertThat(nothing.get("count").asInt()).isZero();
        assertThat(nothing.get("ids").size()).isZero();
    }

    @Test
    void whatCannotBeIsRefusedWithAReason() {
        assertThat(refusal("?from=-1")).isEqualTo(400);
        assertThat(refusal("?from=1&picture=" + newestFirst.getFirst())).isEqualTo(400);
        assertThat(refusal("?limit=0")).isEqualTo(400);
        assertThat(refusal("?limit=5001")).isEqualTo(400);
        assertThat(refusal("?from=nowhere")).isEqualTo(400);
        assertThat(refusal("?picture=" + UUID.randomUUID())).isEqualTo(404);
    }
}
