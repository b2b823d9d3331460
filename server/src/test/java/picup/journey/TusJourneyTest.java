package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static picup.journey.InstanceClients.sha256;
import static picup.journey.Person.require;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
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
import org.springframework.jdbc.core.simple.JdbcClient;

/// Uploads in pieces, word by word: what the protocol promises, and what changes nothing.
class TusJourneyTest extends TusJourney {
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
