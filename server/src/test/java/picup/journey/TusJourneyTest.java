package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static picup.journey.InstanceClients.sha256;
import static picup.journey.Person.require;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Uploads in pieces, word by word: what the protocol promises, and what changes nothing.
class TusJourneyTest {
    private final Person person = Product.newPerson();
    private final TusClient tus = new TusClient(person);
    private final byte[] photo = Samples.photo();
    private final int half = photo.length / 2;

    private byte[] from(int from, int to) {
        return Arrays.copyOfRange(photo, from, to);
    }

    private static Path part(String upload) {
        return Product.data().resolve("originals/uploads/" + upload.substring(upload.lastIndexOf('/') + 1));
    }

    private long reserved() {
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        return Product.part(JdbcClient.class).sql("SELECT coalesce(sum(reserved_bytes), 0)::bigint FROM storage.space WHERE owner_id = ?").param(member).query(Long.class).single();
    }

    private long used() {
        return person.get("/api/space").json().get("usedBytes").asLong();
    }

    private void isThePhoto(Person.Answer last) {
        assertThat(last.status()).as(last.toString()).isEqualTo(204);
        assertThat(last.header("Picup-Outcome")).isEqualTo("added");
        assertThat(person.get("/api/pictures/" + last.header("Picup-Picture") + "/original").body()).isEqualTo(photo);
    }

    @Test
    void theServerSaysWhatItSpeaks() {
        var options = tus.send("OPTIONS", "/api/uploads", BodyPublishers.noBody(), "Tus-Resumable", "-");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(options.header("Tus-Extension").split(",")).contains("creation", "creation-with-upload", "creation-defer-length", "checksum", "expiration",
                "termination", "concatenation");
        assertThat(options.header("Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256");
        assertThat(Long.parseLong(options.header("Tus-Max-Size"))).isGreaterThan(1L << 30);
    }

    @Test
    void aFileInThreePiecesBecomesAPictureAndIsChargedOnce() {
        var metadata = TusClient.metadata(Map.of("filename", "여름.jpg", "folder", "Phone/DCIM", "sha256", sha256(photo), "source", "Ada's phone", "unknown", "x"));
        var created = require(201, tus.create(photo.length, "Upload-Metadata", metadata));
        var upload = TusClient.location(created);
        assertThat(created.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(created.header("Upload-Expires")).isNotBlank();
        assertThat(reserved()).isEqualTo(photo.length);
        assertThat(used()).isZero();

        assertThat(require(204, tus.patch(upload, 0, from(0, 1000))).header("Upload-Offset")).isEqualTo("1000");
        require(204, tus.patch(upload, 1000, from(1000, half)));
        var head = tus.head(upload);
        assertThat(head.header("Upload-Offset")).isEqualTo("" + half);
        assertThat(head.header("Upload-Length")).isEqualTo("" + photo.length);
        assertThat(head.header("Upload-Metadata")).isEqualTo(metadata);
        assertThat(head.header("Cache-Control")).contains("no-store");
        assertThat(person.get("/api/uploads").json().get("uploads").size()).isEqualTo(1);
        assertThat(person.get(upload).json().get("state").asString()).isEqualTo("receiving");

        var last = tus.patch(upload, half, from(half, photo.length));
        isThePhoto(last);
        var picture = person.settled(last.header("Picup-Picture"));
        assertThat(picture.get("fileName").asString()).isEqualTo("여름.jpg");
        assertThat(used()).isEqualTo(photo.length);
        assertThat(reserved()).isZero();
        assertThat(part(upload)).doesNotExist();
        assertThat(source(last.header("Picup-Picture"))).isEqualTo("Ada's phone");

        var again = require(200, tus.head(upload));
        assertThat(again.header("Upload-Offset")).isEqualTo("" + photo.length);
        assertThat(again.header("Picup-Picture")).isEqualTo(last.header("Picup-Picture"));
        var told = person.get(upload).json();
        assertThat(told.get("state").asString()).isEqualTo("done");
        assertThat(told.get("outcome").asString()).isEqualTo("added");
        assertThat(person.get("/api/uploads").json().get("uploads").size()).isZero();
    }

    private static String source(String picture) {
        return Product.part(JdbcClient.class).sql("SELECT source FROM storage.picture WHERE id = ?").param(UUID.fromString(picture)).query(String.class).single();
    }

    @Test
    void aFormSaysItsSourceToo() {
        var picture = require(201, person.upload("/api/pictures", "a.jpg", photo, Map.of("source", " Old\u202e disk/2 "))).json().get("id").asString();
        assertThat(source(picture)).isEqualTo("Old disk 2");
    }

    @Test
    void aChunkThatBelongsElsewhereChangesNothing() throws Exception {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        var repeated = tus.patch(upload, 0, from(0, half));
        assertThat(repeated.status()).isEqualTo(409);
        assertThat(repeated.code()).isEqualTo("wrong-offset");
        assertThat(repeated.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(tus.patch(upload, half + 10, from(half + 10, photo.length)).status()).isEqualTo(409);
        assertThat(tus.patch(upload, half, new byte[photo.length - half + 1]).status()).isEqualTo(413);
        assertThat(tus.patchChunked(upload, half, new byte[photo.length - half + 1]).status()).isEqualTo(413);
        assertThat(tus.patch(upload, half, new byte[2], "Content-Type", "application/octet-stream").status()).isEqualTo(415);
        assertThat(tus.patch(upload, half, new byte[2], "Upload-Offset", "-").status()).isEqualTo(400);
        assertThat(tus.patch(upload, half, new byte[2], "Upload-Offset", "-1").status()).isEqualTo(400);
        var version = tus.patch(upload, half, new byte[2], "Tus-Resumable", "0.2.2");
        assertThat(version.status()).isEqualTo(412);
        assertThat(version.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(tus.offset(upload)).isEqualTo(half);
        isThePhoto(tus.patchChunked(upload, half, from(half, photo.length)));
        assertThat(tus.patch(upload, photo.length, new byte[1]).status()).isEqualTo(413);
        assertThat(tus.patch(upload, half, from(half, photo.length)).status()).isEqualTo(409);
    }

    @Test
    void aChunkWithAChecksumIsTakenWholeOrNotAtAll() throws Exception {
        var upload = tus.begin(photo.length);
        var first = from(0, half);
        var sha1 = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(first));
        var wrong = tus.patch(upload, 0, from(1, half + 1), "Upload-Checksum", "sha1 " + sha1);
        assertThat(wrong.status()).isEqualTo(460);
        assertThat(wrong.code()).isEqualTo("checksum-mismatch");
        assertThat(tus.offset(upload)).isZero();
        assertThat(tus.patch(upload, 0, first, "Upload-Checksum", "md5 " + sha1).status()).isEqualTo(400);
        assertThat(tus.patch(upload, 0, first, "Upload-Checksum", "sha1 AAAA").status()).isEqualTo(400);
        assertThat(tus.patch(upload, 0, first, "Upload-Checksum", "sha256 %%%").status()).isEqualTo(400);
        require(204, tus.patch(upload, 0, first, "Upload-Checksum", "sha1 " + sha1));
        var second = from(half, photo.length);
        var sha256 = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(second));
        assertThat(tus.patch(upload, half, Arrays.copyOf(second, second.length - 1), "Upload-Checksum", "sha256 " + sha256).status()).isEqualTo(460);
        assertThat(tus.offset(upload)).isEqualTo(half);
        isThePhoto(tus.patch(upload, half, second, "Upload-Checksum", "sha256 " + sha256));
    }

    @Test
    void aCutConnectionLeavesWhatHasArrived() throws Exception {
        var upload = tus.begin(photo.length);
        try (var cut = tus.hanging(upload, 0, photo.length)) {
            cut.send(from(0, half));
        }
        Awaitility.await().until(() -> person.get(upload).json().get("offsetBytes").asLong() == half);
        assertThat(tus.offset(upload)).isEqualTo(half);
        isThePhoto(tus.rest(upload, photo));
    }

    /// Tomcat waits 20 s for a byte.
    @Test
    void aClientThatSaysNothingIsToldToComeBack() throws Exception {
        var upload = tus.begin(photo.length);
        try (var silent = tus.hanging(upload, 0, photo.length)) {
            silent.send(from(0, half));
            assertThat(silent.answer()).contains(" 408");
            assertThat(person.get(upload).json().get("offsetBytes").asLong()).isEqualTo(half);
        }
        isThePhoto(tus.rest(upload, photo));
    }

    @Test
    void aCutChunkWithAChecksumLeavesNothing() throws Exception {
        var upload = tus.begin(photo.length);
        var sha1 = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(photo));
        try (var cut = tus.hanging(upload, 0, photo.length, "Upload-Checksum", "sha1 " + sha1)) {
            cut.send(from(0, half));
            Awaitility.await().until(() -> Files.exists(part(upload)));
        }
        assertThat(tus.offset(upload)).isZero();
        isThePhoto(tus.rest(upload, photo));
    }

    /// The client is back while its old connection still seems alive. The old one says nothing more that counts.
    @Test
    void theNewerOfTwoConnectionsWins() throws Exception {
        var upload = tus.begin(photo.length);
        try (var old = tus.hanging(upload, 0, photo.length)) {
            old.send(from(0, half));
            // what has arrived in the server's socket by now is kept when the newer one asks
            Awaitility.await().until(() -> Files.exists(part(upload)));
            int offset = (int) tus.offset(upload);
            assertThat(offset).isBetween(0, half);
            require(204, tus.patch(upload, offset, from(offset, photo.length - 10)));
            old.send(new byte[photo.length - half]);
            assertThat(old.answer()).contains(" 423");
            assertThat(tus.offset(upload)).isEqualTo(photo.length - 10);
            isThePhoto(tus.rest(upload, photo));
        }
    }

    @Test
    void twentyChunksAtOnceForOneOffsetAreOneChunk() throws Exception {
        var upload = tus.begin(photo.length);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> chunk = () -> tus.patch(upload, 0, from(0, half)).status();
            var statuses = threads.invokeAll(java.util.Collections.nCopies(20, chunk)).stream().map(each -> {
                try {
                    return each.get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }).toList();
            assertThat(statuses).allMatch(status -> List.of(204, 409, 423, 429).contains(status));
        }
        Awaitility.await().until(() -> tus.head(upload).status() == 200);
        isThePhoto(tus.rest(upload, photo));
    }

    /// Somewhere in a video, fifty times.
    @Test
    void fiftyInterruptionsEndWhole() throws Exception {
        var video = Arrays.copyOf(Samples.video(), 3_000_000);
        var upload = tus.begin(video.length, "Upload-Metadata", TusClient.metadata(Map.of("sha256", sha256(video))));
        var random = new java.util.SplittableRandom(50);
        int cuts = 0;
        while (cuts < 50) {
            int from = (int) tus.offset(upload);
            int length = random.nextInt(1, video.length / 50);
            try (var cut = tus.hanging(upload, from, video.length - from)) {
                cut.send(Arrays.copyOfRange(video, from, from + length));
            }
            cuts++;
        }
        var last = require(204, tus.rest(upload, video));
        assertThat(person.get("/api/pictures/" + last.header("Picup-Picture") + "/original").body()).isEqualTo(video);
    }

    @Test
    void anotherMembersUploadIsNotThere() {
        var upload = tus.begin(photo.length);
        var other = new TusClient(Product.newPerson());
        assertThat(other.head(upload).status()).isEqualTo(404);
        assertThat(other.patch(upload, 0, photo).status()).isEqualTo(404);
        assertThat(other.delete(upload).status()).isEqualTo(404);
        assertThat(other.person().get(upload).status()).isEqualTo(404);
        assertThat(other.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Concat", "final;" + upload).status()).isEqualTo(404);
        assertThat(tus.offset(upload)).isZero();
    }

    @Test
    void anUploadThatNobodyWantsGivesItsSpaceBack() {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        assertThat(part(upload)).exists();
        require(204, tus.delete(upload));
        assertThat(tus.head(upload).status()).isEqualTo(404);
        assertThat(part(upload)).doesNotExist();
        assertThat(reserved()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename", "filename %%%", "filename YQ== YQ==", "filename YQ==,filename YQ==", "filename YQ==,", ",", "filename /w==", "sha256 YQ==", "takenAt YQ=="})
    void strangeMetadataIsRefusedOrHarmless(String header) {
        var created = tus.create(photo.length, "Upload-Metadata", header);
        assertThat(created.status()).as(created.toString()).isEqualTo(header.equals("filename") ? 201 : 400);
    }

    @Test
    void whatWouldBeRefusedAtTheEndIsRefusedAtTheBeginning() {
        assertThat(tus.create(1L << 50).code()).isEqualTo("too-large");
        assertThat(tus.create(0).code()).isEqualTo("not-a-picture");
        assertThat(tus.send("POST", "/api/uploads", BodyPublishers.noBody()).code()).isEqualTo("bad-value");
        var picture = require(201, person.upload("a.jpg", photo)).json().get("id").asString();
        require(200, person.post("/api/trash", Map.of("ids", List.of(picture))));
        require(200, person.delete("/api/trash"));
        var again = Map.of("sha256", sha256(photo));
        assertThat(tus.create(photo.length, "Upload-Metadata", TusClient.metadata(again)).code()).isEqualTo("deleted-before");
        var upload = tus.begin(photo.length);
        assertThat(tus.rest(upload, photo).code()).isEqualTo("deleted-before");
        assertThat(tus.head(upload).status()).isEqualTo(410);
        assertThat(person.get(upload).json().get("problem").get("code").asString()).isEqualTo("deleted-before");
        isThePhoto(tus.rest(tus.begin(photo.length, "Upload-Metadata", TusClient.metadata(Map.of("force", "true"))), photo));
        assertThat(reserved()).isZero();
    }

    @Test
    void spaceIsReservedAndNobodyReservesMoreThanThereIs() {
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        tus.delete(tus.begin(10)); // opens the space
        Product.part(JdbcClient.class).sql("UPDATE storage.space SET quota_bytes = 1000000 WHERE owner_id = ?").param(member).update();
        var upload = tus.begin(600_000);
        var over = tus.create(600_000);
        assertThat(over.code()).isEqualTo("over-quota");
        assertThat(over.json().get("missingBytes").asLong()).isEqualTo(200_000);
        assertThat(person.upload("a.jpg", Arrays.copyOf(photo, 500_000)).code()).isEqualTo("over-quota");
        require(204, tus.delete(upload));
        require(201, tus.create(600_000));
    }

    @Test
    void theFirstBytesDecideAndEndWhatIsNoPicture() {
        var upload = tus.begin(1_000_000);
        require(204, tus.patch(upload, 0, new byte[1000]));
        var refused = tus.patch(upload, 1000, new byte[99_000]);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(415);
        assertThat(refused.code()).isEqualTo("not-a-picture");
        assertThat(tus.head(upload).status()).isEqualTo(410);
        assertThat(tus.patch(upload, 1000, new byte[10]).status()).isEqualTo(410);
        assertThat(part(upload)).doesNotExist();
        assertThat(reserved()).isZero();
    }

    @Test
    void whatIsNotWhatWasAnnouncedIsRefused() {
        var upload = tus.begin(photo.length, "Upload-Metadata", TusClient.metadata(Map.of("sha256", "0".repeat(64))));
        var refused = tus.rest(upload, photo);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("digest-mismatch");
        assertThat(person.get(upload).json().get("state").asString()).isEqualTo("refused");
        assertThat(reserved()).isZero();
        assertThat(used()).isZero();
    }

    @Test
    void theSameFileTwiceIsChargedOnce() {
        isThePhoto(tus.rest(tus.begin(photo.length), photo));
        var again = tus.rest(tus.begin(photo.length), photo);
        assertThat(again.header("Picup-Outcome")).isEqualTo("already-there");
        assertThat(used()).isEqualTo(photo.length);
        assertThat(reserved()).isZero();
        require(200, person.post("/api/trash", Map.of("ids", List.of(again.header("Picup-Picture")))));
        assertThat(tus.rest(tus.begin(photo.length), photo).header("Picup-Trashed")).isEqualTo("true");
    }

    @Test
    void aSidecarIsOneInPiecesToo() {
        var xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var done = tus.rest(tus.begin(xmp.length, "Upload-Metadata", TusClient.metadata(Map.of("filename", "a.jpg.xmp"))), xmp);
        assertThat(done.header("Picup-Outcome")).as(done.toString()).isEqualTo("sidecar");
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(xmp.length);
    }

    @Test
    void theFirstBytesMayComeWithTheCreation() {
        var created = tus.send("POST", "/api/uploads", BodyPublishers.ofByteArray(from(0, half)), "Upload-Length", "" + photo.length, "Content-Type", "application/offset+octet-stream");
        assertThat(created.header("Upload-Offset")).isEqualTo("" + half);
        isThePhoto(tus.rest(TusClient.location(created), photo));
        var whole = Samples.photo();
        var once = require(201, tus.send("POST", "/api/uploads", BodyPublishers.ofByteArray(whole), "Upload-Length", "" + whole.length, "Content-Type", "application/offset+octet-stream"));
        assertThat(once.header("Picup-Outcome")).isEqualTo("added");
    }

    @Test
    void theLengthMayComeLater() {
        var upload = TusClient.location(require(201, tus.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Defer-Length", "1")));
        assertThat(tus.head(upload).header("Upload-Defer-Length")).isEqualTo("1");
        require(204, tus.patch(upload, 0, from(0, half)));
        assertThat(reserved()).isEqualTo(half);
        assertThat(tus.patch(upload, half, from(half, photo.length), "Upload-Length", "" + (half - 1)).status()).isEqualTo(400);
        isThePhoto(tus.patch(upload, half, from(half, photo.length), "Upload-Length", "" + photo.length));
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(photo.length);
    }

    @Test
    void piecesSideBySideAreJoined() {
        var first = tus.begin(half, "Upload-Concat", "partial");
        var second = tus.begin(photo.length - half, "Upload-Concat", "partial");
        assertThat(tus.head(first).header("Upload-Concat")).isEqualTo("partial");
        require(204, tus.patch(second, 0, from(half, photo.length)));
        var both = "final;" + first + " " + person.address() + second;
        assertThat(join(both).code()).isEqualTo("conflict");
        require(204, tus.patch(first, 0, from(0, half)));
        assertThat(join("final;" + first + " " + first).status()).isEqualTo(400);
        assertThat(join("final;http://elsewhere").status()).isEqualTo(400);
        var joined = require(201, join(both));
        assertThat(joined.header("Picup-Outcome")).isEqualTo("added");
        assertThat(person.get("/api/pictures/" + joined.header("Picup-Picture") + "/original").body()).isEqualTo(photo);
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(photo.length);
        assertThat(part(first)).doesNotExist();

        // whose client did not hear the answer
        assertThat(tus.offset(first)).isEqualTo(half);
        var again = require(201, join(both));
        assertThat(again.header("Location")).isEqualTo(joined.header("Location"));
        assertThat(again.header("Picup-Picture")).isEqualTo(joined.header("Picup-Picture"));
        assertThat(tus.head(TusClient.location(joined)).header("Upload-Concat")).startsWith("final;");
        assertThat(tus.patch(TusClient.location(joined), photo.length, new byte[0]).status()).isEqualTo(403);
    }

    private Person.Answer join(String concat) {
        return tus.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Concat", concat);
    }

    @Test
    void whereOnlyPostGetsThroughItSaysWhatItMeans() {
        var upload = tus.begin(photo.length);
        var sent = tus.send("POST", upload, BodyPublishers.ofByteArray(from(0, half)), "X-HTTP-Method-Override", "PATCH", "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream");
        assertThat(sent.status()).isEqualTo(204);
        assertThat(tus.send("POST", upload, BodyPublishers.noBody()).status()).isEqualTo(405);
        assertThat(tus.send("POST", upload, BodyPublishers.noBody(), "X-HTTP-Method-Override", "DELETE").status()).isEqualTo(204);
        assertThat(tus.head(upload).status()).isEqualTo(404);
    }

    @Test
    void aKeyThatMaySendMayResumeAndNoOther() {
        var upload = tus.begin(photo.length);
        var sending = new TusClient(new Person(person.address(), key("pictures:write")));
        require(204, sending.patch(upload, 0, from(0, half)));
        assertThat(sending.offset(upload)).isEqualTo(half);
        var reading = new TusClient(new Person(person.address(), key("pictures:read")));
        assertThat(reading.patch(upload, half, from(half, photo.length)).status()).isEqualTo(403);
        assertThat(reading.head(upload).status()).isEqualTo(403);
    }

    private String key(String scope) {
        return person.post("/api/auth/api-keys", Map.of("name", scope, "scopes", List.of(scope))).json().get("secret").asString();
    }

    @Test
    void aPageOfAnotherSiteMayNotSend() {
        var upload = tus.begin(photo.length);
        var cookie = "picup_access=" + person.token();
        var theirs = tus.patch(upload, 0, photo, "Authorization", "-", "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
        assertThat(theirs.code()).isEqualTo("cross-site");
        require(204, tus.patch(upload, 0, from(0, half), "Authorization", "-", "Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
    }

    @Test
    void oneMemberHasSoManyOpenUploadsAndNoMore() {
        var some = tus.begin(1000);
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        Product.part(JdbcClient.class).sql("""
                INSERT INTO storage.upload (owner_id, id, state, size_bytes, reserved_bytes, metadata, partial, expires_at)
                SELECT ?, gen_random_uuid(), 'receiving', 1, 0, '', false, now() + interval '1 day' FROM generate_series(1, 255)
                """).param(member).update();
        assertThat(tus.create(1000).code()).isEqualTo("too-many-uploads");
        assertThat(person.get("/api/uploads").json().get("uploads").size()).isEqualTo(100);
        require(204, tus.delete(some));
        require(201, tus.create(1000));
    }

    @Test
    void aClientAsksWhatNeedsNoUploadAndLearnsNothingOfOthers() {
        var trashed = Samples.photo();
        var gone = Samples.photo();
        var theirs = Samples.photo();
        require(201, Product.newPerson().upload("theirs.jpg", theirs));
        var id = require(201, person.upload("a.jpg", photo)).json().get("id").asString();
        require(200, person.post("/api/trash", Map.of("ids", List.of(require(201, person.upload("c.jpg", gone)).json().get("id").asString()))));
        require(200, person.delete("/api/trash"));
        require(200, person.post("/api/trash", Map.of("ids", List.of(require(201, person.upload("b.jpg", trashed)).json().get("id").asString()))));
        var answer = require(200, person.post("/api/pictures/check", Map.of("sha256", List.of(sha256(photo), sha256(trashed), sha256(gone), sha256(theirs))))).json();
        assertThat(answer.get("known").size()).isEqualTo(2);
        answer.get("known").forEach(known -> assertThat(known.get("trashed").asBoolean()).isEqualTo(!known.get("sha256").asString().equals(sha256(photo))));
        assertThat(answer.get("known").toString()).contains(id);
        assertThat(answer.get("deletedForGood").toString()).isEqualTo("[\"" + sha256(gone) + "\"]");
        assertThat(person.post("/api/pictures/check", Map.of("sha256", java.util.Collections.nCopies(1001, sha256(photo)))).code()).isEqualTo("bad-value");
        assertThat(person.post("/api/pictures/check", Map.of("sha256", List.of("x"))).code()).isEqualTo("bad-value");
        assertThat(person.post("/api/pictures/check", Map.of()).code()).isEqualTo("bad-value");
    }

    @Test
    void bytesOfWhichNothingIsLeftEndTheUpload() throws Exception {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        Files.delete(part(upload));
        assertThat(tus.patch(upload, half, from(half, photo.length)).status()).isEqualTo(410);
        assertThat(tus.head(upload).status()).isEqualTo(410);
        assertThat(reserved()).isZero();
    }

    /// As after a crash between the last flush and the picture.
    @Test
    void anUploadWhosePictureIsMissingIsFinishedByTheNextQuestion() throws Exception {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        Files.write(part(upload), photo);
        Product.part(JdbcClient.class).sql("UPDATE storage.upload SET state = 'received', offset_bytes = size_bytes WHERE id = ?")
                .param(UUID.fromString(upload.substring(upload.lastIndexOf('/') + 1))).update();
        var head = require(200, tus.head(upload));
        assertThat(head.header("Upload-Offset")).isEqualTo("" + photo.length);
        assertThat(head.header("Picup-Outcome")).isEqualTo("added");
        assertThat(person.get("/api/pictures/" + head.header("Picup-Picture") + "/original").body()).isEqualTo(photo);
        assertThat(reserved()).isZero();
    }

    /// What a crash leaves behind the offset is not taken for the next bytes.
    @Test
    void whatWasWrittenAndNeverCommittedIsCutOff() throws Exception {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        Files.write(part(upload), new byte[5000], java.nio.file.StandardOpenOption.APPEND);
        isThePhoto(tus.patch(upload, half, from(half, photo.length)));
    }
}
