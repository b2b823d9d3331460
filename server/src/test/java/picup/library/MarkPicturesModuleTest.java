package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.library.LibraryByHand.Said;
import picup.member.RunningPicup;
import picup.platform.MemberId;

/// Favourites and the archive: marks on many pictures at once, and the lists that they make.
class MarkPicturesModuleTest extends RunningPicup {
    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private Timeline timeline;

    @Autowired
    private Trash trash;

    private LibraryByHand library;
    private String token;

    @BeforeEach
    void signedUp() {
        signUp("ada");
        token = signIn("ada").text("accessToken");
        library = libraryOf("ada");
    }

    private LibraryByHand libraryOf(String name) {
        var owner = new MemberId(UUID.fromString(me(signIn(name).text("accessToken")).text("id")));
        database.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing_since) VALUES (?, 0, 1000000, now()) ON CONFLICT DO NOTHING")
                .param(owner.value()).update();
        return new LibraryByHand(owner, database, transaction, events);
    }

    private static UUID photo(LibraryByHand library, int day) {
        return library.show("", "photo-" + day + ".jpg", FileKind.JPEG, Said.at(LocalDateTime.of(2021, 3, day, 12, 0)));
    }

    private int mark(List<UUID> ids, String mark, boolean on) {
        var answer = send("PATCH", "/api/pictures", Map.of("ids", ids, mark, on), "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer.json().get("count").asInt();
    }

    private List<UUID> shelf(String shelf) {
        var ids = new ArrayList<UUID>();
        String cursor = "";
        do {
            var answer = send("GET", "/api/pictures?limit=2&shelf=" + shelf + cursor, null, "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
            answer.json().get("pictures").forEach(picture -> ids.add(UUID.fromString(picture.get("id").asString())));
            var next = answer.json().get("next");
            cursor = next == null || next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());
        return ids;
    }

    private List<UUID> timeline() {
        return timeline.page(library.owner(), YearMonth.of(2021, 3), MonthStart.NEWEST, 300).ids();
    }

    @Test
    void manyBecomeFavouritesAtOnceAndAreListedNewestFirst() {
        var photos = Stream.of(1, 2, 3, 4, 5).map(day -> photo(library, day)).toList();
        assertThat(mark(photos.subList(0, 4), "favourite", true)).isEqualTo(4);
        assertThat(mark(photos.subList(2, 5), "favourite", true)).as("two are favourites already").isOne();
        assertThat(shelf("favourites")).isEqualTo(photos.reversed());
        assertThat(timeline()).hasSize(5);

        assertThat(mark(photos.subList(0, 1), "favourite", false)).isOne();
        trash.put(library.owner(), photos.subList(1, 2));
        assertThat(shelf("favourites")).isEqualTo(photos.subList(2, 5).reversed());
        assertThat(shelf("archived")).isEmpty();
    }

    @Test
    void whatIsArchivedLeavesTheTimelineAndItsCount() {
        var photos = Stream.of(1, 2, 3).map(day -> photo(library, day)).toList();
        mark(photos.subList(0, 2), "archived", true);
        assertThat(timeline()).containsExactly(photos.get(2));
        assertThat(timeline.months(library.owner())).containsExactly(new Timeline.Month("2021-03", 1));
        assertThat(shelf("archived")).isEqualTo(photos.subList(0, 2).reversed());
        assertThat(shelf("all")).as("a program that lists all gets all").hasSize(3);

        mark(photos, "archived", false);
        assertThat(timeline()).hasSize(3);
        assertThat(shelf("archived")).isEmpty();
    }

    @Test
    void anItemIsMarkedWithItsParts() {
        var cover = library.show("", "trip.jpg", FileKind.JPEG, Said.at(Said.NOON));
        var raw = library.show("", "trip.nef", FileKind.RAW, Said.at(Said.NOON));
        assertThat(mark(List.of(cover), "archived", true)).isOne();
        assertThat(database.sql("SELECT archived FROM storage.picture WHERE id = ANY (?)").param(new UUID[] {cover, raw}).query(Boolean.class).list())
                .containsExactly(true, true);
    }

    @Test
    void anothersPicturesAreNotFoundAndNothingElseIsTouched() {
        signUp("eve");
        var hers = photo(libraryOf("eve"), 7);
        var mine = photo(library, 7);
        assertThat(mark(List.of(hers, mine, UUID.randomUUID()), "favourite", true)).isOne();
        assertThat(database.sql("SELECT favourite FROM storage.picture WHERE id = ?").param(hers).query(Boolean.class).single()).isFalse();
    }

    @Test
    void badWordsAreRefused() {
        var tooMany = new UUID[10_001];
        Arrays.setAll(tooMany, _ -> UUID.randomUUID());
        for (var body : List.of(Map.of("favourite", true), Map.of("ids", tooMany, "favourite", true), Map.of("ids", "all"))) {
            var answer = send("PATCH", "/api/pictures", body, "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
        }
        var unknown = send("GET", "/api/pictures?shelf=attic", null, "Authorization", "Bearer " + token);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.http().body()).contains("bad-value", "favourites");
    }
}
