package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.jobs.DeadLetters;
import picup.storage.StorageLanes;

/// A person's pictures, from the upload to the last byte.
class LibraryJourneyTest {
    private final Person person = Product.newPerson();

    @Test
    void aPhotoIsShownWithItsFactsAndComesOutAsItWentIn() throws Exception {
        var bytes = Samples.photo();
        var answer = person.upload("/api/pictures", "holiday.jpg", bytes, Map.of("sha256", sha256(bytes), "takenAt", "2020-01-01T00:00:00"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("outcome").asString()).isEqualTo("added");

        var picture = person.settled(answer.json().get("id").asString());
        var id = picture.get("id").asString();
        assertThat(picture.get("state").asString()).isEqualTo("ready");
        assertThat(picture.get("takenAt").asString()).isEqualTo("2008-10-22T16:28:39+02:00");
        assertThat(picture.get("takenAtSource").asString()).contains("DateTimeOriginal");
        assertThat(picture.get("latitude").asDouble()).isBetween(43.467, 43.468);
        assertThat(picture.get("camera").get("make").asString()).isEqualTo("Picup");
        assertThat(picture.get("width").asInt()).isEqualTo(640);
        assertThat(picture.get("sha256").asString()).isEqualTo(sha256(bytes));
        assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(bytes);
        var thumb = person.get("/api/pictures/" + id + "/renditions/thumb");
        assertThat(thumb.header("content-type")).isEqualTo("image/jpeg");
        assertThat(person.get("/api/timeline").json().get(0).get("month").asString()).isEqualTo("2008-10");
        var month = person.get("/api/timeline/2008-10").json();
        assertThat(month.get("ids").get(0).asString()).isEqualTo(id);
        assertThat(month.get("ratios").get(0).asDouble()).isEqualTo(1.333);
    }

    @Test
    void twentyTwinsAtOnceAreOnePictureChargedOnce() throws Exception {
        var bytes = Samples.photo();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Person.Answer> upload = () -> person.upload("twin.jpg", bytes);
            var answers = threads.invokeAll(Stream.generate(() -> upload).limit(20).toList()).stream().map(each -> each.resultNow()).toList();
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(19);
            assertThat(answers).extracting(answer -> answer.json().get("id").asString()).containsOnly(answers.getFirst().json().get("id").asString());
        }
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isEqualTo(bytes.length);
    }

    @Test
    void theQuotaHoldsWhateverComesAtOnce() throws Exception {
        var bytes = List.of(Samples.photo(), Samples.photo(), Samples.photo(), Samples.photo(), Samples.photo());
        long largest = bytes.stream().mapToLong(each -> each.length).max().orElseThrow();
        var me = java.util.UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        Awaitility.await().until(() -> Product.part(JdbcClient.class).sql("UPDATE storage.space SET quota_bytes = ? WHERE owner_id = ?")
                .params(2 * largest, me).update() == 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var uploads = bytes.stream().map(each -> (Callable<Person.Answer>) () -> person.upload("many.jpg", each)).toList();
            var answers = threads.invokeAll(uploads).stream().map(each -> each.resultNow()).toList();
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
            assertThat(answers).filteredOn(answer -> answer.status() == 413).hasSize(3)
                    .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("over-quota"));
        }
        var space = person.get("/api/space").json();
        assertThat(space.get("usedBytes").asLong()).isLessThanOrEqualTo(space.get("quotaBytes").asLong());
        assertThat(person.get("/api/pictures").json().get("pictures").size()).isEqualTo(2);
    }

    @Test
    void whatIsNoPictureLeavesNothingBehind() {
        for (var content : List.of("", "hello", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<html><script>alert(1)</script>", "%PDF-1.4", "PK\3\4")) {
            var answer = person.upload("innocent.jpg", content.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(content).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("not-a-picture");
        }
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isZero();
        assertThat(Product.data().resolve("originals/incoming")).isEmptyDirectory();
    }

    @Test
    void aWrongDigestIsRefusedAndKeepsNothing() {
        var answer = person.upload("/api/pictures", "a.jpg", Samples.photo(), Map.of("sha256", "00".repeat(32)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("digest-mismatch");
        assertThat(person.get("/api/pictures").json().get("pictures").size()).isZero();
    }

    @Test
    void aDigestThatIsNoneIsABadValue() {
        assertThat(person.upload("/api/pictures", "a.jpg", Samples.photo(), Map.of("sha256", "zz")).code()).isEqualTo("bad-value");
        assertThat(person.upload("/api/pictures", "a.jpg", Samples.photo(), Map.of("takenAt", "yesterday")).code()).isEqualTo("bad-value");
        assertThat(Product.data().resolve("originals/incoming")).isEmptyDirectory();
    }

    @Test
    void theTrashGivesBackAndForgetsOnlyOnRequest() throws Exception {
        var bytes = Samples.photo();
        var id = person.show("gone.jpg", bytes).get("id").asString();

        assertThat(person.delete("/api/pictures/" + id).status()).isEqualTo(204);
        assertThat(person.get("/api/timeline").json().size()).isZero();
        assertThat(person.get("/api/trash").json().get("pictures").get(0).get("id").asString()).isEqualTo(id);
        assertThat(person.upload("gone.jpg", bytes).json().get("trashed").asBoolean()).isTrue();

        assertThat(person.post("/api/trash/restore", Map.of("ids", List.of(id))).json().get("count").asInt()).isEqualTo(1);
        assertThat(person.get("/api/timeline").json().get(0).get("count").asInt()).isEqualTo(1);

        person.delete("/api/pictures/" + id);
        assertThat(person.delete("/api/trash", Map.of("ids", List.of(id))).json().get("count").asInt()).isEqualTo(1);
        assertThat(person.get("/api/pictures/" + id).status()).isEqualTo(404);
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isZero();
        var digest = sha256(bytes);
        Awaitility.await().untilAsserted(() -> assertThat(Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest)).doesNotExist());
        Awaitility.await().untilAsserted(() -> assertThat(Product.data().resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest)).doesNotExist());

        var again = person.upload("gone.jpg", bytes);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("deleted-before");
        assertThat(again.json().get("detail").asString()).contains("force=true");
        assertThat(person.upload("/api/pictures?force=true", "gone.jpg", bytes, Map.of()).status()).isEqualTo(201);
        assertThat(person.upload("gone.jpg", bytes).status()).isEqualTo(200);
    }

    @Test
    void deletingWhatIsNotInTheTrashDeletesNothing() {
        var id = person.show("kept.jpg", Samples.photo()).get("id").asString();
        assertThat(person.delete("/api/trash", Map.of("ids", List.of(id))).json().get("count").asInt()).isZero();
        assertThat(person.get("/api/pictures/" + id).status()).isEqualTo(200);
    }

    @Test
    void theBytesOfTwoOwnersStayUntilBothAreDone() {
        var bytes = Samples.photo();
        var other = Product.newPerson();
        var mine = person.show("shared.jpg", bytes).get("id").asString();
        var theirs = other.show("shared.jpg", bytes).get("id").asString();
        person.delete("/api/pictures/" + mine);
        person.delete("/api/trash");
        Awaitility.await().until(() -> pendingJobs() == 0);
        assertThat(other.get("/api/pictures/" + theirs + "/original").body()).isEqualTo(bytes);
    }

    /// Jobs that are due; the calendar of sweeps and purges does not count.
    private static long pendingJobs() {
        return Product.part(JdbcClient.class).sql("SELECT count(*) FROM storage.job WHERE execution_time < now()").query(Long.class).single();
    }

    @Test
    void importAndRemovalOfTheSameBytesNeverLoseThem() throws Exception {
        var bytes = Samples.photo();
        long before = Product.part(DeadLetters.class).count(StorageLanes.SHORT); // of other tests, whose files kill decoders
        for (int round = 0; round < 30; round++) {
            var answer = person.upload("/api/pictures?force=true", "raced.jpg", bytes, Map.of());
            assertThat(answer.status()).isIn(200, 201);
            var id = answer.json().get("id").asString();
            assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(bytes);
            person.delete("/api/pictures/" + id);
            person.delete("/api/trash"); // the job that removes the bytes now races with the next round
        }
        assertThat(Product.part(DeadLetters.class).count(StorageLanes.SHORT)).isEqualTo(before);
    }

    @Test
    void videosPlayAndSeek() {
        var bytes = Samples.video();
        var video = person.show("clip.mp4", bytes);
        var id = video.get("id").asString();
        assertThat(video.get("kind").asString()).isEqualTo("video");
        assertThat(video.get("durationMs").asLong()).isBetween(1900L, 2200L);
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(200);

        var part = person.get("/api/pictures/" + id + "/renditions/video", "Range", "bytes=100-199");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 100, 200));
        assertThat(part.header("content-range")).isEqualTo("bytes 100-199/" + bytes.length);
        assertThat(person.get("/api/pictures/" + id + "/renditions/video", "Range", "bytes=" + bytes.length + "-").status()).isEqualTo(416);
    }

    @Test
    void aVideoThatBrowsersDoNotPlayGetsACopyThatTheyDo() {
        var id = person.show("old.mov", Samples.oldVideo()).get("id").asString();
        Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> person.get("/api/pictures/" + id + "/renditions/video").status() == 200);
        assertThat(person.get("/api/pictures/" + id + "/renditions/video").header("content-type")).isEqualTo("video/mp4");
    }

    @Test
    void editsOutliveALookIntoTheFile() {
        var id = person.show("edited.jpg", Samples.photo()).get("id").asString();
        var edited = person.patch("/api/pictures/" + id, Map.of("description", "On the pier", "rating", 4, "favourite", true, "takenAt", "1999-12-31T23:59:59"));
        assertThat(edited.json().get("takenAt").asString()).isEqualTo("1999-12-31T23:59:59");
        assertThat(person.get("/api/timeline").json().get(0).get("month").asString()).isEqualTo("1999-12");

        var digest = edited.json().get("sha256").asString();
        deleteRenditions(digest);
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb").status()).isEqualTo(404);
        Awaitility.await().until(() -> person.get("/api/pictures/" + id + "/renditions/thumb").status() == 200);
        var after = person.get("/api/pictures/" + id).json();
        assertThat(after.get("description").asString()).isEqualTo("On the pier");
        assertThat(after.get("takenAt").asString()).isEqualTo("1999-12-31T23:59:59");
        assertThat(after.get("rating").asInt()).isEqualTo(4);
    }

    private static void deleteRenditions(String digest) {
        var folder = Product.data().resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest);
        for (var file : java.util.Objects.requireNonNull(folder.toFile().listFiles())) {
            assertThat(file.delete()).isTrue();
        }
    }

    @Test
    void everyPageOfAListTogetherIsTheListInOrder() {
        var same = "-DateTimeOriginal=2010:05:05 12:00:00"; // equal times, so that only the id orders them
        var ids = Stream.generate(() -> person.show("same.jpg", Samples.photo(64, 64, same)).get("id").asString()).limit(7).toList();
        var seen = new java.util.ArrayList<String>();
        String cursor = null;
        do {
            var page = person.get("/api/pictures?limit=3" + (cursor == null ? "" : "&cursor=" + cursor)).json();
            page.get("pictures").forEach(picture -> seen.add(picture.get("id").asString()));
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        } while (cursor != null);
        assertThat(seen).containsExactlyElementsOf(ids.reversed());
        assertThat(person.get("/api/pictures?cursor=nonsense").code()).isEqualTo("bad-cursor");
        assertThat(person.get("/api/pictures?limit=100000").code()).isEqualTo("bad-value");
    }

    @Test
    void albumsKeepTheirOrderAndLoseNoPicture() {
        var ids = Stream.generate(() -> person.show("a.jpg", Samples.photo(64, 64)).get("id").asString()).limit(3).toList();
        var album = person.post("/api/albums", Map.of("name", "  Summer  ")).json().get("id").asString();
        assertThat(person.post("/api/albums/" + album + "/pictures", Map.of("ids", ids)).json().get("count").asInt()).isEqualTo(3);
        assertThat(person.post("/api/albums/" + album + "/pictures", Map.of("ids", ids)).json().get("count").asInt()).isZero();
        assertThat(person.get("/api/albums/" + album).json().get("name").asString()).isEqualTo("Summer");
        assertThat(inAlbum(album)).isEqualTo(ids);
        assertThat(person.post("/api/albums/" + album + "/pictures/move", Map.of("ids", List.of(ids.get(2)), "before", ids.get(0))).json().get("count").asInt()).isEqualTo(1);
        assertThat(inAlbum(album)).containsExactly(ids.get(2), ids.get(0), ids.get(1));
        person.delete("/api/pictures/" + ids.get(0));
        assertThat(inAlbum(album)).containsExactly(ids.get(2), ids.get(1));
        person.delete("/api/albums/" + album + "/pictures", Map.of("ids", List.of(ids.get(1))));
        assertThat(inAlbum(album)).containsExactly(ids.get(2));
        assertThat(person.delete("/api/albums/" + album).status()).isEqualTo(204);
        assertThat(person.get("/api/pictures/" + ids.get(2)).status()).isEqualTo(200);
    }

    private List<String> inAlbum(String album) {
        var pictures = person.get("/api/albums/" + album + "/pictures?limit=2").json();
        var seen = new java.util.ArrayList<String>();
        for (var page = pictures; ; page = person.get("/api/albums/" + album + "/pictures?limit=2&cursor=" + page.get("next").asString()).json()) {
            page.get("pictures").forEach(picture -> seen.add(picture.get("id").asString()));
            if (page.get("next").isNull()) {
                return seen;
            }
        }
    }

    @Test
    void anOriginalNeverRunsAsAPageOfThisSite() {
        var id = person.show("\"><script>alert(1)</script>.jpg", Samples.photo()).get("id").asString();
        var original = person.get("/api/pictures/" + id + "/original");
        assertThat(original.header("content-security-policy")).contains("sandbox");
        assertThat(original.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(original.header("content-type")).isEqualTo("image/jpeg");
        assertThat(original.header("cache-control")).contains("private");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
