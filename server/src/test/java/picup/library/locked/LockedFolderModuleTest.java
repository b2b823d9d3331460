package picup.library.locked;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.library.LibraryByHand;
import picup.library.LibraryByHand.Said;
import picup.library.OpenFolders;
import picup.member.RunningPicup;
import picup.platform.MemberId;

/// The code, how long it opens, how often it may be tried, and what happens to pictures meanwhile.
class LockedFolderModuleTest extends RunningPicup {
    private static final String CODE = "481516";

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    private LibraryByHand library;
    private Session ada;

    /// Whoever is signed in somewhere, with tokens that are renewed.
    private final class Session {
        private String access;
        private String refresh;

        Session(Answer answer) {
            access = answer.text("accessToken");
            refresh = answer.text("refreshToken");
        }

        Session renewed() {
            var answer = LockedFolderModuleTest.this.refresh(refresh);
            access = answer.text("accessToken");
            refresh = answer.text("refreshToken");
            return this;
        }

        Answer call(String method, String path, @Nullable Object body) {
            return send(method, path, body, "Authorization", "Bearer " + access);
        }

        Answer get(String path) {
            return call("GET", path, null);
        }

        Answer choose(String code, @Nullable String current) {
            var body = new HashMap<String, Object>(Map.of("code", code));
            if (current != null) {
                body.put("current", current);
            }
            return call("PUT", "/api/locked-folder/code", body);
        }

        Answer unlock(String code) {
            return call("POST", "/api/locked-folder/unlock", Map.of("code", code));
        }

        Answer lock(UUID... ids) {
            return call("POST", "/api/locked-folder/pictures", Map.of("ids", List.of(ids)));
        }

        Answer takeOut(UUID... ids) {
            return call("DELETE", "/api/locked-folder/pictures", Map.of("ids", List.of(ids)));
        }

        Answer undo(String undo) {
            return call("POST", "/api/locked-folder/undo", Map.of("undo", undo));
        }

        boolean sees(UUID id) {
            var answer = get("/api/pictures/" + id);
            if (answer.status() == 403) {
                assertThat(answer.code()).isEqualTo("locked");
            }
            return answer.status() == 200;
        }

        List<UUID> listed(String path) {
            var answer = get(path);
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
            var ids = new ArrayList<UUID>();
            answer.json().get("pictures").forEach(picture -> ids.add(UUID.fromString(picture.get("id").asString())));
            return ids;
        }

        void passes(Duration time) {
            clock.advance(time);
            renewed();
        }
    }

    @BeforeEach
    void signedUp() {
        signUp("ada");
        ada = new Session(signIn("ada"));
        var owner = new MemberId(UUID.fromString(me(ada.access).text("id")));
        database.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing_since) VALUES (?, 0, 1000000, now()) ON CONFLICT DO NOTHING")
                .param(owner.value()).update();
        library = new LibraryByHand(owner, database, transaction, events);
    }

    private UUID photo(int day) {
        return library.show("", "photo-" + day + ".jpg", FileKind.JPEG, Said.at(LocalDateTime.of(2021, 3, day, 12, 0)));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    private static void assertCount(Answer answer, int count) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(answer.json().get("count").asInt()).isEqualTo(count);
    }

    @Test
    void nothingGoesInBeforeACodeIsChosen() {
        var photo = photo(1);
        assertProblem(ada.lock(photo), 409, "no-locked-folder");
        assertProblem(ada.unlock(CODE), 409, "no-locked-folder");
        assertThat(ada.get("/api/locked-folder").json().get("chosen").asBoolean()).isFalse();
        assertThat(ada.sees(photo)).isTrue();
    }

    @Test
    void whatIsLockedIsSeenWhileTheFolderIsOpenToTheSession() {
        var photo = photo(1);
        var other = photo(2);
        assertThat(ada.choose(CODE, null).status()).isEqualTo(200);
        assertCount(ada.lock(photo), 1);
        assertCount(ada.lock(photo), 0);
        var phone = new Session(signIn("ada"));

        assertThat(ada.sees(photo)).isTrue();
        assertThat(ada.listed("/api/locked-folder/pictures")).containsExactly(photo);
        assertThat(ada.listed("/api/pictures")).as("not beside the others, open or not").containsExactly(other);
        assertThat(phone.sees(photo)).isFalse();
        assertProblem(phone.get("/api/locked-folder/pictures"), 403, "locked");
        assertThat(library.counted()).isOne();

        assertThat(ada.call("POST", "/api/locked-folder/lock", null).status()).isEqualTo(204);
        assertThat(ada.sees(photo)).isFalse();
        assertProblem(ada.unlock("161718"), 401, "wrong-code");
        assertThat(ada.sees(photo)).isFalse();
        assertThat(ada.unlock(CODE).status()).isEqualTo(200);
        assertCount(ada.takeOut(photo), 1);
        assertThat(phone.sees(photo)).isTrue();
        assertThat(library.counted()).isEqualTo(2);
    }

    @Test
    void itClosesWhenNobodyHasUsedItForAWhile() {
        var photo = photo(1);
        ada.choose(CODE, null);
        ada.lock(photo);
        for (int use = 0; use < 3; use++) {
            ada.passes(OpenFolders.LASTS.minusMinutes(1));
            assertThat(ada.sees(photo)).as("each use puts it off").isTrue();
        }
        ada.passes(OpenFolders.LASTS.minusSeconds(1));
        assertThat(ada.get("/api/locked-folder").json().get("openUntil").isNull()).as("asking is no use").isFalse();
        ada.passes(Duration.ofSeconds(1));
        assertThat(ada.get("/api/locked-folder").json().get("openUntil").isNull()).isTrue();
        assertThat(ada.sees(photo)).isFalse();
    }

    @Test
    void guessingEndsAfterTenTriesAndNeverForGood() {
        ada.choose(CODE, null);
        for (int guess = 0; guess < Tries.MOST; guess++) {
            assertProblem(ada.unlock("00000" + guess), 401, "wrong-code");
        }
        var refused = ada.unlock(CODE);
        assertProblem(refused, 429, "too-many-attempts");
        assertThat(refused.json().get("retryAfterSeconds").asLong()).isBetween(1L, Tries.REFILL.toSeconds() + 1);
        assertProblem(new Session(signIn("ada")).unlock(CODE), 429, "too-many-attempts");
        assertProblem(ada.choose("271828", CODE), 429, "too-many-attempts");

        ada.passes(Tries.REFILL);
        assertThat(ada.unlock(CODE).status()).isEqualTo(200);
        for (int guess = 0; guess < Tries.MOST; guess++) {
            assertProblem(ada.unlock("00000" + guess), 401, "wrong-code");
        }
    }

    @Test
    void aHundredTriesAtOnceAreTen() throws Exception {
        ada.choose(CODE, null);
        var tries = Stream.<Callable<Integer>>generate(() -> () -> ada.unlock("999990").status()).limit(30).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(status -> status == 401).hasSize(Tries.MOST);
            assertThat(answers).filteredOn(status -> status == 429).hasSize(30 - Tries.MOST);
        }
    }

    @Test
    void twoUnlocksAtOnceBothOpen() throws Exception {
        ada.choose(CODE, null);
        var phone = new Session(signIn("ada"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(List.<Callable<Integer>>of(() -> ada.unlock(CODE).status(), () -> ada.unlock(CODE).status(), () -> phone.unlock(CODE).status()))) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        assertThat(phone.get("/api/locked-folder").json().get("openUntil").isNull()).isFalse();
    }

    @Test
    void theCodeIsChangedByWhoKnowsItAndClosesTheFolderElsewhere() {
        var photo = photo(1);
        ada.choose(CODE, null);
        ada.lock(photo);
        var phone = new Session(signIn("ada"));
        phone.unlock(CODE);
        assertThat(phone.sees(photo)).isTrue();

        assertProblem(ada.choose("271828", "314159"), 401, "wrong-code");
        assertThat(ada.choose("271828", CODE).status()).isEqualTo(200);
        assertThat(ada.sees(photo)).isTrue();
        assertThat(phone.sees(photo)).isFalse();
        assertProblem(phone.unlock(CODE), 401, "wrong-code");
        assertThat(phone.unlock("271828").status()).isEqualTo(200);
    }

    @Test
    void aForgottenCodeIsReplacedAfterAFreshProofOfTheAccount() {
        ada.choose(CODE, null);
        ada.passes(Duration.ofMinutes(11));
        assertProblem(ada.choose("271828", null), 403, "proof-needed");
        for (int guess = 0; guess < Tries.MOST; guess++) {
            ada.unlock("00000" + guess);
        }

        var proved = ada.call("PUT", "/api/auth/sessions/current/proof", Map.of("password", passwordOf("ada")));
        assertThat(proved.status()).as(proved.http().body()).isLessThan(300);
        assertProblem(ada.choose("271828", null), 403, "proof-needed"); // the token is from before
        assertThat(ada.renewed().choose("271828", null).status()).isEqualTo(200);
        assertThat(database.sql("SELECT action FROM storage.audit WHERE actor_id = ?").param(library.owner().value()).query(String.class).list()).contains("locked-folder-reset");
        assertThat(ada.unlock("271828").status()).as("all tries are there again").isEqualTo(200);
    }

    /// As after a recovery from the originals, which know no code.
    @Test
    void withoutACodeWhatIsLockedTakesAProof() {
        var photo = photo(1);
        ada.choose(CODE, null);
        ada.lock(photo);
        database.sql("DELETE FROM storage.locked_folder WHERE owner_id = ?").param(library.owner().value()).update();
        ada.passes(Duration.ofMinutes(11));
        assertProblem(ada.choose("271828", null), 403, "proof-needed");
    }

    @Test
    void codesThatGuessersTryFirstAreRefused() {
        for (var code : List.of("", "12345", "123456", "654321", "000000", "aaaaaaaa", "x".repeat(129))) {
            assertProblem(ada.choose(code, null), 400, "bad-value");
        }
        assertThat(ada.choose("고양이가 둘이다", null).status()).isEqualTo(200);
    }

    @Test
    void undoTakesOutWhatThisSessionPutInAMomentAgo() {
        var photos = List.of(photo(1), photo(2));
        ada.choose(CODE, null);
        ada.call("POST", "/api/locked-folder/lock", null);
        var undo = ada.lock(photos.get(0)).text("undo");
        var later = ada.lock(photos.get(1)).text("undo");

        assertProblem(new Session(signIn("ada")).undo(undo), 409, "conflict");
        assertCount(ada.undo(undo), 1);
        assertProblem(ada.undo(undo), 409, "conflict");
        assertThat(ada.sees(photos.get(0))).isTrue();
        assertThat(ada.sees(photos.get(1))).isFalse();
        ada.passes(LockPictures.UNDO_LASTS);
        assertProblem(ada.undo(later), 409, "conflict");
        assertProblem(ada.takeOut(photos.get(1)), 403, "locked");
    }

    @Test
    void aSignOutCloses() {
        ada.choose(CODE, null);
        var open = "SELECT count(*) FROM storage.open_folder WHERE owner_id = ?";
        assertThat(database.sql(open).param(library.owner().value()).query(Integer.class).single()).isOne();
        ada.call("DELETE", "/api/auth/sessions/current", null);
        Awaitility.await().until(() -> database.sql(open).param(library.owner().value()).query(Integer.class).single() == 0);
    }

    @Test
    void noKeyOpensItWhateverItsScopes() {
        var photo = photo(1);
        ada.choose(CODE, null);
        ada.lock(photo);
        var key = ada.call("POST", "/api/auth/api-keys", Map.of("name", "all", "scopes", List.of("pictures:read", "pictures:write", "albums:read", "albums:write"))).text("secret");
        for (var request : List.of("GET /api/locked-folder", "POST /api/locked-folder/unlock", "POST /api/locked-folder/pictures")) {
            var answer = send(request.split(" ")[0], request.split(" ")[1], request.startsWith("GET") ? null : Map.of("code", CODE, "ids", List.of(photo)), "Authorization", "Bearer " + key);
            assertProblem(answer, 403, "scope-missing");
        }
        assertProblem(send("GET", "/api/pictures/" + photo, null, "Authorization", "Bearer " + key), 403, "locked");
        assertThat(send("GET", "/api/pictures", null, "Authorization", "Bearer " + key).http().body()).doesNotContain(photo.toString());
    }

    @Test
    void anItemIsLockedWithItsPartsAndThoseThatComeLater() {
        var cover = library.show("", "trip.jpg", FileKind.JPEG, Said.at(Said.NOON).live("L1"));
        var raw = library.show("", "trip.nef", FileKind.RAW, Said.at(Said.NOON));
        ada.choose(CODE, null);
        assertCount(ada.lock(raw), 1);
        var film = library.show("", "trip.mov", FileKind.MOV, Said.at(Said.NOON).live("L1"));
        ada.call("POST", "/api/locked-folder/lock", null);

        assertThat(library.items()).hasSize(2);
        for (var file : List.of(cover, raw, film)) {
            assertThat(ada.sees(file)).isFalse();
        }
        assertThat(library.counted()).isZero();
        ada.unlock(CODE);
        assertCount(ada.takeOut(cover), 1);
        assertThat(database.sql("SELECT bool_or(locked) FROM storage.picture WHERE owner_id = ?").param(library.owner().value()).query(Boolean.class).single()).isFalse();
        assertThat(library.counted()).isOne();
    }

    @Test
    void theTrashShowsAndTouchesNothingOfItWhileItIsClosed() {
        var photos = List.of(photo(1), photo(2), photo(3));
        ada.choose(CODE, null);
        ada.lock(photos.get(0), photos.get(1));
        var away = Map.of("ids", photos);
        ada.call("POST", "/api/locked-folder/lock", null);
        assertCount(ada.call("POST", "/api/trash", away), 1);
        ada.unlock(CODE);
        assertCount(ada.call("POST", "/api/trash", away), 2);
        assertThat(ada.listed("/api/trash")).containsExactlyInAnyOrderElementsOf(photos);

        ada.call("POST", "/api/locked-folder/lock", null);
        assertThat(ada.listed("/api/trash")).containsExactly(photos.get(2));
        assertThat(ada.get("/api/trash").json().get("undo").isNull()).as("two that were locked went last").isTrue();
        assertCount(ada.call("POST", "/api/trash/restore", Map.of("ids", photos.subList(0, 1))), 0);
        assertCount(ada.call("DELETE", "/api/trash", null), 1);

        ada.unlock(CODE);
        assertThat(ada.listed("/api/trash")).containsExactlyInAnyOrderElementsOf(photos.subList(0, 2));
        assertCount(ada.call("POST", "/api/trash/restore", Map.of("ids", photos.subList(0, 1))), 1);
        assertThat(ada.listed("/api/locked-folder/pictures")).as("back to where it was").containsExactly(photos.get(0));
        assertCount(ada.call("DELETE", "/api/trash", null), 1);
    }

    @Test
    void albumsShowItNeitherAsCoverNorInTheirCountsAndHaveItAgainAfterwards() {
        var photos = List.of(photo(1), photo(2));
        var album = ada.call("POST", "/api/albums", Map.of("name", "Trip")).text("id");
        ada.call("POST", "/api/albums/" + album + "/pictures", Map.of("ids", photos));
        ada.call("PUT", "/api/albums/" + album + "/cover", Map.of("pictureId", photos.get(0)));
        ada.choose(CODE, null);
        ada.lock(photos.get(0));

        var seen = ada.get("/api/albums/" + album).json();
        assertThat(seen.get("count").asInt()).isOne();
        assertThat(seen.toString()).doesNotContain(photos.get(0).toString());
        assertThat(ada.listed("/api/albums/" + album + "/pictures")).containsExactly(photos.get(1));
        assertCount(ada.call("DELETE", "/api/albums/" + album + "/pictures", Map.of("ids", photos)), 1);
        assertCount(ada.call("POST", "/api/albums/" + album + "/pictures", Map.of("ids", photos)), 1);

        ada.takeOut(photos.get(0));
        assertThat(ada.listed("/api/albums/" + album + "/pictures")).containsExactlyElementsOf(photos);
        assertThat(ada.get("/api/albums/" + album).json().toString()).as("it was the chosen cover").contains(photos.get(0).toString());
    }

    @Test
    void whoAsksByDigestLearnsThatNothingNeedBeSentAndNoMore() {
        var photo = photo(1);
        database.sql("""
                INSERT INTO storage.blob (digest, size_bytes, kept_at) SELECT digest, size_bytes, now() FROM storage.picture WHERE id = ? ON CONFLICT DO NOTHING
                """).param(photo).update();
        var digest = database.sql("SELECT encode(digest, 'hex') FROM storage.picture WHERE id = ?").param(photo).query(String.class).single();
        var question = Map.of("sha256", List.of(digest));
        assertThat(ada.call("POST", "/api/pictures/check", question).http().body()).contains(photo.toString());
        ada.choose(CODE, null);
        ada.lock(photo);
        assertThat(ada.call("POST", "/api/pictures/check", question).http().body()).contains(photo.toString());
        ada.call("POST", "/api/locked-folder/lock", null);
        assertThat(ada.call("POST", "/api/pictures/check", question).http().body()).contains(digest).doesNotContain(photo.toString());
    }
}
