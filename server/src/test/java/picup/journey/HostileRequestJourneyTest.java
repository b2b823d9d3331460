package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.LibraryChanged;
import picup.platform.MemberId;

/// Requests that no client of ours makes. None may end in a 5xx, take the server away, or keep others waiting.
class HostileRequestJourneyTest {
    private static final String NOBODY = new UUID(0, 0).toString();

    @Test
    void aTimeThatTheDatabaseCannotHoldIsABadCursor() {
        var person = Product.newPerson();
        for (var time : List.of("+294277-01-01T00:00", "-4714-01-01T00:00", "+999999999-12-31T23:59:59")) {
            var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString((time + " " + NOBODY).getBytes(StandardCharsets.UTF_8));
            for (var list : List.of("/api/pictures", "/api/trash", "/api/albums", "/api/timeline/2024-05")) {
                assertThat(person.get(list + "?cursor=" + cursor).code()).as(list + " " + time).isEqualTo("bad-cursor");
            }
        }
    }

    @Test
    void parametersThatAreNoUtf8AreABadRequest() {
        assertThat(Product.newPerson().get("/api/pictures?cursor=%ff").code()).isEqualTo("bad-request");
    }

    @Test
    void thePageOfErrorsIsNoPage() {
        for (var method : List.of("GET", "HEAD")) {
            assertThat(Product.stranger().call(method, "/error", null).status()).as(method).isEqualTo(404);
        }
        assertThat(Product.stranger().get("/error").code()).isEqualTo("not-found");
    }

    @Test
    void aLongNameInKoreanIsTaken() throws Exception {
        var person = Product.newPerson();
        var name = "한".repeat(251) + ".jpg";
        var answer = person.upload(name, Samples.photo(100, 60));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(person.get("/api/pictures/" + answer.json().get("id").asString()).json().get("fileName").asString()).isEqualTo(name);
    }

    @Test
    void aFormWithinThePartThatNamesNoBoundaryIsABadRequest() throws Exception {
        var body = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: multipart/mixed\r\n\r\nx\r\n--b--\r\n";
        assertThat(raw(Product.newPerson(), "POST /api/pictures", "Content-Type: multipart/form-data; boundary=b\r\n", body)).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatIsReadIntoMemoryHasALimit() throws Exception {
        var person = Product.newPerson();
        var name = "x".repeat(1 << 20);
        assertThat(person.post("/api/albums", Map.of("name", name)).code()).isEqualTo("too-large");

        var json = "{\"name\":\"" + name + "\"}";
        var chunked = Integer.toHexString(json.length()) + "\r\n" + json + "\r\n0\r\n\r\n";
        assertThat(raw(person, "POST /api/albums", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", chunked)).startsWith("HTTP/1.1 413");
    }

    @Test
    void whatTheWebServerRefusesByItselfIsAProblemDocumentToo() throws Exception {
        var answer = raw(Product.newPerson(), "GET /api/{x}|", "", "");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json").contains("\"code\":\"bad-request\"").doesNotContain("<html");
    }

    @Test
    void nullInPlaceOfIdsDeletesNothing() throws Exception {
        var person = Product.newPerson();
        var id = person.upload("a.jpg", Samples.photo(100, 60)).json().get("id").asString();
        person.delete("/api/pictures/" + id);
        assertThat(raw(person, "DELETE /api/trash", "Content-Type: application/json\r\nContent-Length: 4\r\n", "null")).startsWith("HTTP/1.1 400");
        assertThat(person.get("/api/trash").json().get("pictures")).hasSize(1);
        assertThat(person.delete("/api/trash").json().get("count").asInt()).isEqualTo(1);
    }

    @Test
    void oneMembersSlowUploadsAreLimited() throws Exception {
        var person = Product.newPerson();
        var sockets = new ArrayList<Socket>();
        try {
            var refused = 0;
            for (int i = 0; i < 30; i++) {
                var socket = connect();
                sockets.add(socket);
                write(socket, person, "POST /api/pictures", "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n",
                        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n");
            }
            for (var socket : sockets) {
                socket.setSoTimeout(300);
                refused += answered(socket) ? 1 : 0;
            }
            assertThat(refused).isEqualTo(30 - 24);
            assertThat(Product.newPerson().upload("a.jpg", Samples.photo(100, 60)).status()).isEqualTo(201);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void nobodyWaitsForABrowserThatDoesNotRead() throws Exception {
        var person = Product.newPerson();
        var member = new MemberId(UUID.fromString(person.get("/api/members/me").json().get("id").asString()));
        var months = new TreeSet<YearMonth>();
        IntStream.range(0, 12_000).forEach(each -> months.add(YearMonth.of(1000, 1).plusMonths(each)));
        var news = new LibraryChanged(member, null, "trashed", months, null, null);
        try (var asleep = connect()) {
            write(asleep, person, "GET /api/live", "", "");
            assertThat(asleep.getInputStream().read()).isEqualTo('H');
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                Product.publish(news);
            }
            assertThat((System.nanoTime() - begin) / 1_000_000).as("milliseconds").isLessThan(8_000);
        }
    }

    @Test
    void aPictureThatIsBeingDeletedForGoodIsLeftOutOfAnAlbum() throws Exception {
        var person = Product.newPerson();
        var id = person.upload("a.jpg", Samples.photo(100, 60)).json().get("id").asString();
        var album = person.post("/api/albums", Map.of("name", "a")).json().get("id").asString();
        person.settled(id);
        var adding = new java.util.concurrent.CompletableFuture<Person.Answer>();
        Product.part(TransactionTemplate.class).executeWithoutResult(status -> {
            var sql = Product.part(JdbcClient.class);
            sql.sql("DELETE FROM storage.picture WHERE id = :id").param("id", UUID.fromString(id)).update();
            Thread.ofVirtual().start(() -> adding.complete(person.post("/api/albums/" + album + "/pictures", Map.of("ids", List.of(id)))));
            org.awaitility.Awaitility.await().until(() -> Product.part(JdbcClient.class)
                    .sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%album_picture%'").query(Long.class).single() > 0);
        });
        assertThat(adding.get().status()).as(adding.get().toString()).isEqualTo(200);
        assertThat(adding.get().json().get("count").asInt()).isZero();
    }

    @Test
    void whatHasNoRoomInTheSpaceLeavesNothingOnTheDisk() throws Exception {
        var person = Product.newPerson();
        person.upload("a.jpg", Samples.photo(100, 60));
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        Product.part(JdbcClient.class).sql("UPDATE storage.space SET quota_bytes = used_bytes WHERE owner_id = :id").param("id", member).update();
        var bytes = Samples.photo(100, 60);
        assertThat(person.upload("b.jpg", bytes).code()).isEqualTo("over-quota");
        var digest = java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        var file = Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(file).doesNotExist());
    }

    private static Socket connect() throws IOException {
        var address = URI.create(Product.address());
        var socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, Person person, String line, String headers, String body) throws IOException {
        socket.getOutputStream().write((line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + person.token() + "\r\n" + headers + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static boolean answered(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    private static String raw(Person person, String line, String headers, String body) throws IOException {
        try (var socket = connect()) {
            var length = headers.contains("Content-Length") || headers.contains("Transfer-Encoding") ? "" : "Content-Length: " + body.length() + "\r\n";
            write(socket, person, line, headers + length + "Connection: close\r\n", body);
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
