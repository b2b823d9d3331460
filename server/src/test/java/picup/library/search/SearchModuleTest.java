package picup.library.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.library.LibraryByHand;
import picup.library.LibraryByHand.Said;
import picup.library.MonthStart;
import picup.library.Timeline;
import picup.library.Trash;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import tools.jackson.databind.JsonNode;

/// What a search finds, and what is said to be there to find.
class SearchModuleTest extends RunningPicup {
    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private MakePicturesFindable making;

    @Autowired
    private Timeline timeline;

    @Autowired
    private Trash trash;

    private LibraryByHand library;
    private String token;

    @BeforeEach
    void signedUp() {
        database.sql("DELETE FROM storage.picture").update();
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

    private UUID photo(String name, int day) {
        return library.show("", name, FileKind.JPEG, Said.at(LocalDateTime.of(2021, 3, day, 12, 0)));
    }

    private void change(UUID id, Map<String, Object> changes) {
        var answer = send("PATCH", "/api/pictures/" + id, changes, "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    }

    private void at(UUID id, double latitude, double longitude) {
        change(id, Map.of("place", Map.of("latitude", latitude, "longitude", longitude)));
    }

    private Answer ask(String query, String more) {
        return send("GET", "/api/pictures/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more, null, "Authorization", "Bearer " + token);
    }

    private List<UUID> find(String query) {
        var answer = ask(query, "");
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(answer.json().get("count").asInt()).isEqualTo(answer.json().get("pictures").size());
        return ids(answer.json());
    }

    private static List<UUID> ids(JsonNode page) {
        var ids = new ArrayList<UUID>();
        page.get("pictures").forEach(picture -> ids.add(UUID.fromString(picture.get("id").asString())));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sunset | SUN | evening sunset | café | Cafe | beach | trips | 2041 | IMG_2041.jpg | 제주여행 | 여행 | 제주 | picup | photo | 사진 | March | 3월 | 2021-03-05 | March 2021 | 서울 | Seoul | south korea | 한국 | 대한민국 sunset | jpeg
            """)
    void everyWordOfAPictureFindsIt(org.junit.jupiter.params.aggregator.ArgumentsAccessor queries) {
        var wanted = photo("IMG_2041.jpg", 5);
        var other = library.show("", "film.mp4", FileKind.MP4, new Said(LocalDateTime.of(2019, 7, 1, 12, 0), "Other", null, null, Facts.Words.NONE));
        change(wanted, Map.of("description", "Evening sunset at the CAFÉ, 제주여행", "tags", List.of("Trips|Beach")));
        at(wanted, 37.5796, 126.9770);
        for (var query : queries.toList()) {
            assertThat(find((String) query)).as((String) query).containsExactly(wanted);
        }
        assertThat(find("동영상")).containsExactly(other);
        assertThat(find("sunset video")).as("all words").isEmpty();
        assertThat(find("unset")).as("no middle of a word").isEmpty();
        assertThat(find("2020")).isEmpty();
        assertThat(find("...")).isEmpty();
    }

    @Test
    void whatIsEditedIsFoundByItsNewWordsAtOnce() {
        var photo = photo("one.jpg", 5);
        change(photo, Map.of("description", "harbour"));
        assertThat(find("harbour")).containsExactly(photo);
        change(photo, Map.of("description", "meadow", "favourite", true, "takenAt", "2018-12-24T18:00:00"));
        assertThat(find("harbour")).isEmpty();
        assertThat(find("meadow december 2018 favourites")).containsExactly(photo);
        at(photo, 43.3188, 11.3308);
        assertThat(find("siena tuscany italy")).containsExactly(photo);
        change(photo, Map.of("clearPlace", true));
        assertThat(find("siena")).isEmpty();
    }

    @Test
    void pagesGoBackInTimeThroughStretchesOfTheLibraryAndRepeatNothing() {
        var wanted = new ArrayList<UUID>();
        // More than the first stretch holds, most of which the word is not of.
        database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT ?, gen_random_uuid(), sha256(convert_to('filler ' || n, 'UTF8')), 'jpeg', 'filler.jpg', 1, 'ready', timestamp '2020-01-01' + n * interval '6 hours', 'upload', now()
                FROM generate_series(1, 5000) AS n
                """).param(library.owner().value()).update();
        for (int day = 1; day <= 9; day++) {
            var id = library.show("", "needle" + day + ".jpg", FileKind.JPEG, Said.at(LocalDateTime.of(2010 + day * 2, 3, 5, 12, 0)));
            wanted.addFirst(id);
        }
        while (making.some(1000) > 0) {}
        var found = new ArrayList<UUID>();
        String cursor = "";
        int pages = 0;
        do {
            var answer = ask("needle", "&limit=2" + cursor);
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
            assertThat(answer.json().get("count").asString("")).isEqualTo(pages == 0 ? "9" : "");
            found.addAll(ids(answer.json()));
            var next = answer.json().get("next");
            cursor = next == null || next.isNull() ? "" : "&cursor=" + next.asString();
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).isEqualTo(wanted);
        assertThat(pages).isEqualTo(5);
        var common = ask("filler", "&limit=3").json();
        assertThat(common.get("count").asInt()).isEqualTo(1000);
        assertThat(common.get("more").asBoolean()).isTrue();
        assertThat(find("needle 2014..2018")).hasSize(3);
    }

    @Test
    void theTrashTheLockedFolderPartsOfItemsAndOthersAreNotFound() {
        signUp("eve");
        var hers = libraryOf("eve").show("", "needle.jpg", FileKind.JPEG, Said.at(Said.NOON));
        var mine = library.show("", "needle.jpg", FileKind.JPEG, Said.at(Said.NOON));
        library.show("", "needle.nef", FileKind.RAW, Said.at(Said.NOON));
        assertThat(find("needle")).containsExactly(mine).doesNotContain(hers);
        assertThat(facets().get("cameras").get(0).get("count").asInt()).isEqualTo(1);
        assertThat(send("PATCH", "/api/pictures", Map.of("ids", List.of(mine), "archived", true), "Authorization", "Bearer " + token).status()).isEqualTo(200);
        assertThat(find("needle")).as("archived is out of sight, not away").containsExactly(mine);
        trash.put(library.owner(), List.of(mine));
        assertThat(find("needle")).isEmpty();
        assertThat(facets().get("cameras")).isEmpty();
        trash.restore(library.owner(), List.of(mine));
        assertThat(find("needle")).containsExactly(mine);
        database.sql("UPDATE storage.picture SET locked = true WHERE owner_id = ?").param(library.owner().value()).update();
        assertThat(find("needle")).isEmpty();
        assertThat(facets().get("cameras")).isEmpty();
        assertThat(facets().get("kinds")).isEmpty();
        assertThat(facets().get("years")).isEmpty();
    }

    private JsonNode facets() {
        var answer = send("GET", "/api/pictures/facets", null, "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void facetsFollowWhatComesAndGoes() {
        assertThat(facets().get("places")).isEmpty();
        var seoul = List.of(photo("a.jpg", 1), photo("b.jpg", 2));
        seoul.forEach(id -> at(id, 37.5796, 126.9770));
        var siena = photo("c.jpg", 3);
        at(siena, 43.3188, 11.3308);
        library.show("", "film.mp4", FileKind.MP4, Said.at(LocalDateTime.of(2019, 7, 1, 12, 0)));

        var facets = facets();
        assertThat(facets.get("places").findValuesAsString("name")).containsExactly("Seoul", "Siena");
        assertThat(facets.get("places").get(0).get("count").asInt()).isEqualTo(2);
        assertThat(facets.get("places").get(0).get("cover").get("id").asString()).isEqualTo(seoul.getLast().toString());
        assertThat(facets.get("years").findValuesAsString("year")).containsExactly("2021", "2019");
        assertThat(facets.get("kinds").findValuesAsString("kind")).containsExactly("videos");
        assertThat(facets.get("cameras").findValuesAsString("make")).containsExactly("Picup");
        assertThat(facets.get("cameras").get(0).get("count").asInt()).isEqualTo(4);

        trash.put(library.owner(), seoul);
        at(siena, 37.5796, 126.9770);
        assertThat(facets().get("places").findValuesAsString("name")).containsExactly("Seoul");
        assertThat(facets().get("places").get(0).get("count").asInt()).isEqualTo(1);
    }

    @Test
    void theMonthAndThePictureSayTheTown() {
        var seoul = photo("a.jpg", 1);
        at(seoul, 37.5796, 126.9770);
        photo("b.jpg", 2);
        var page = timeline.page(library.owner(), YearMonth.of(2021, 3), MonthStart.NEWEST, 300);
        assertThat(page.places()).containsExactly(null, 0);
        assertThat(page.towns()).singleElement().satisfies(town -> assertThat(town.name() + town.nameKo()).isEqualTo("Seoul서울"));
        var picture = send("GET", "/api/pictures/" + seoul, null, "Authorization", "Bearer " + token).json();
        assertThat(picture.get("town").get("country").asString()).isEqualTo("KR");
        change(seoul, Map.of("clearPlace", true));
        assertThat(timeline.page(library.owner(), YearMonth.of(2021, 3), MonthStart.NEWEST, 300).towns()).isEmpty();
    }

    /// An upgrade finds a library without words. Writing them is no change of a member's, so no label is written anew and no browser reloads.
    @Test
    void picturesOfBeforeGetTheirWordsWithoutLabelsOrVersions() {
        var photo = photo("a.jpg", 1);
        at(photo, 37.5796, 126.9770);
        database.sql("UPDATE storage.picture SET words = NULL, words_due = true, place_id = NULL").update();
        assertThat(find("seoul")).isEmpty();
        int version = version(photo);
        database.sql("DELETE FROM storage.label_due").update();
        assertThat(making.some(10)).isEqualTo(1);
        assertThat(making.some(10)).isZero();
        assertThat(find("seoul")).containsExactly(photo);
        assertThat(version(photo)).isEqualTo(version);
        assertThat(database.sql("SELECT count(*) FROM storage.label_due").query(Integer.class).single()).isZero();
        assertThat(facets().get("places").findValuesAsString("name")).containsExactly("Seoul");
    }

    private int version(UUID id) {
        return database.sql("SELECT version FROM storage.picture WHERE id = ?").param(id).query(Integer.class).single();
    }

    @Test
    void hostileWordsAreWords() {
        var photo = photo("a.jpg", 1);
        var hostile = "O'Brien \\' ':* | & ! <-> <script>alert(1)</script> \u202e" + "x".repeat(5000) + " 가".repeat(3000) + " 나다라마".repeat(500);
        change(photo, Map.of("description", hostile));
        for (var query : List.of("O'Brien", "script", "alert", "brien", "나다", "x".repeat(60))) {
            assertThat(find(query)).as(query).containsExactly(photo);
        }
        for (var query : List.of("' OR 1=1 --", "\\", "':*", "a:b", "!a", "(", "\0 nul")) {
            assertThat(ask(query, "").status()).as(query).isEqualTo(200);
        }
    }

    @Test
    void badQueriesAreRefused() {
        for (var path : List.of("", "?q=", "?q=%20", "?q=" + "x".repeat(201), "?q=a&limit=0", "?q=a&limit=1001", "?q=a&cursor=nonsense")) {
            var answer = send("GET", "/api/pictures/search" + path, null, "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.text("code")).isIn("bad-value", "bad-cursor");
        }
    }
}
