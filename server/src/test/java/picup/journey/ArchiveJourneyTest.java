package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Everything of a member in one archive.
class ArchiveJourneyTest {
    @TempDir
    Path folder;

    private final Person person = Product.newPerson();

    private Map<String, byte[]> archive(String path) throws IOException {
        var answer = person.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/zip");
        assertThat(answer.header("content-disposition")).contains("attachment").contains(".zip");
        return read(answer.body());
    }

    /// As a reader that does not seek, and as one that goes by the directory: both must see the same.
    private Map<String, byte[]> read(byte[] zip) throws IOException {
        var inOrder = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(inOrder.put(entry.getName(), in.readAllBytes())).as(entry.getName() + " twice").isNull();
            }
        }
        var file = Files.write(folder.resolve("archive.zip"), zip);
        try (var byDirectory = new ZipFile(file.toFile())) {
            assertThat(byDirectory.stream().map(each -> each.getName()).toList()).containsExactlyElementsOf(inOrder.keySet());
            for (var entry : byDirectory.stream().toList()) {
                assertThat(byDirectory.getInputStream(entry).readAllBytes()).isEqualTo(inOrder.get(entry.getName()));
            }
        }
        return inOrder;
    }

    private String upload(String name, byte[] bytes) {
        return person.settled(person.upload(name, bytes).json().get("id").asString()).get("id").asString();
    }

    @Test
    void everythingIsInItAndPhotoProgramsCanReadIt() throws Exception {
        var photo = Samples.photo();
        var second = Samples.photo();
        var trashed = Samples.photo(64, 64, "-DateTimeOriginal=2011:01:02 03:04:05");
        var id = upload("바다 🌊: <1>.jpg", photo);
        var album = person.post("/api/albums", Map.of("name", "여름 & <Summer>")).json().get("id").asString();
        person.post("/api/albums/" + album + "/pictures", Map.of("ids", List.of(id)));
        person.put("/api/albums/" + album + "/cover", Map.of("pictureId", id));
        person.patch("/api/albums/" + album, Map.of("ordering", "newest", "display", "trip"));
        person.post("/api/albums/" + album + "/texts", Map.of("text", "<b>The end</b>"));
        var inner = person.post("/api/albums", Map.of("name", "Inner", "parentId", album)).json().get("id").asString();
        person.delete("/api/albums/" + person.post("/api/albums", Map.of("name", "Deleted")).json().get("id").asString());
        person.patch("/api/pictures/" + id, Map.of("description", "On the \"pier\" & <beach>\u0001\nline two", "rating", 4, "favourite", true));
        upload("바다 🌊: <1>.JPG", second); // differs by case alone, which Windows and macOS do not see
        person.delete("/api/pictures/" + upload("CON.jpg", trashed));

        var files = archive("/api/archive");

        assertThat(files).containsKeys("README.txt", "member.json", "albums.json", "COMPLETE.txt", "2008/10/바다 🌊_ _1_.jpg",
                "2008/10/바다 🌊_ _1_.jpg.json", "2008/10/바다 🌊_ _1_.jpg.xmp", "Trash/2011/01/_CON.jpg");
        assertThat(files.keySet()).hasSize(4 + 3 * 3);
        assertThat(files.get("2008/10/바다 🌊_ _1_.jpg")).isEqualTo(photo);
        var other = "2008/10/바다 🌊_ _1_ (" + InstanceClients.sha256(second).substring(0, 8) + ").JPG";
        assertThat(files.get(other)).isEqualTo(second);
        assertThat(files.get("Trash/2011/01/_CON.jpg")).isEqualTo(trashed);
        assertThat(text(files, "README.txt")).contains("albums.json").contains("앨범");

        var json = new JsonMapper().readTree(files.get("2008/10/바다 🌊_ _1_.jpg.json"));
        assertThat(json.get("takenAt").asString()).isEqualTo("2008-10-22T16:28:39+02:00");
        assertThat(json.get("albums").get(0).asString()).isEqualTo("여름 & <Summer>");
        assertThat(json.get("favourite").asBoolean()).isTrue();
        var albums = new JsonMapper().readTree(files.get("albums.json"));
        assertThat(albums.get(0).get("name").asString()).isEqualTo("여름 & <Summer>");
        assertThat(albums.get(0).get("pictures").get(0).asString()).isEqualTo(id).isEqualTo(json.get("id").asString());
        assertThat(albums.get(0).get("texts").get(0).get("text").asString()).isEqualTo("<b>The end</b>");
        assertThat(albums.get(0).get("texts").get(0).get("after").asString()).isEqualTo(id);
        assertThat(albums.get(0).get("cover").asString()).isEqualTo(id);
        assertThat(albums.get(0).get("ordering").asString() + " " + albums.get(0).get("display").asString()).isEqualTo("newest trip");
        assertThat(albums.get(1).get("id").asString()).isEqualTo(inner);
        assertThat(albums.get(1).get("parent").asString()).isEqualTo(album);
        assertThat(albums).as("without the deleted one").hasSize(2);
        var me = person.get("/api/members/me").json();
        Awaitility.await().untilAsserted(() -> assertThat(new JsonMapper().readTree(archive("/api/archive").get("member.json")).get("username").asString())
                .isEqualTo(me.get("username").asString()));

        var xmp = exifTool(files.get("2008/10/바다 🌊_ _1_.jpg.xmp"));
        assertThat(xmp.get("DateTimeOriginal").asString()).isEqualTo("2008:10:22 16:28:39+02:00");
        assertThat(xmp.get("GPSLatitude").asDouble()).isBetween(43.4673, 43.4675);
        assertThat(xmp.get("GPSLongitude").asDouble()).isBetween(11.8850, 11.8852);
        assertThat(xmp.get("Description").asString()).isEqualTo("On the \"pier\" & <beach>\nline two");
        assertThat(xmp.get("Rating").asInt()).isEqualTo(4);
        assertThat(xmp.get("Favourite").asString()).isEqualToIgnoringCase("true");
        assertThat(xmp.get("CollectionName").asString()).isEqualTo("여름 & <Summer>");
        assertThat(xmp.has("Warning")).isFalse();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private tools.jackson.databind.JsonNode exifTool(byte[] sidecar) throws Exception {
        var file = Files.write(folder.resolve("sidecar.xmp"), sidecar);
        var process = new ProcessBuilder("exiftool", "-j", "-n", "-charset", "UTF8", file.toString()).redirectErrorStream(true).start();
        var output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return new JsonMapper().readTree(output).get(0);
    }

    @Test
    void aMissingOriginalIsSaidLoudlyAndSpoilsNothing() throws Exception {
        var photo = Samples.photo();
        var lost = Samples.photo();
        var torn = Samples.photo();
        upload("kept.jpg", photo);
        upload("lost.jpg", lost);
        upload("torn.jpg", torn);
        Files.delete(original(lost));
        Files.write(original(torn), java.util.Arrays.copyOf(torn, 100));

        var files = archive("/api/archive");

        assertThat(files).doesNotContainKeys("COMPLETE.txt", "2008/10/lost.jpg")
                .containsKeys("2008/10/lost.jpg.MISSING.txt", "2008/10/lost.jpg.json", "2008/10/torn.jpg.DAMAGED.txt");
        assertThat(text(files, "INCOMPLETE.txt")).contains("2008/10/lost.jpg (missing").contains("2008/10/torn.jpg (damaged").contains("백업");
        assertThat(files.get("2008/10/kept.jpg")).isEqualTo(photo);
    }

    private static Path original(byte[] bytes) {
        var digest = InstanceClients.sha256(bytes);
        return Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
    }

    @Test
    void aYearCanBeHadForItself() throws Exception {
        upload("then.jpg", Samples.photo(64, 64, "-DateTimeOriginal=1999:12:31 23:59:59"));
        var now = Samples.photo();
        upload("now.jpg", now);

        var contents = person.get("/api/archive/contents").json();
        assertThat(contents.get("pictures").asInt()).isEqualTo(2);
        assertThat(contents.get("years").get(0).get("year").asInt()).isEqualTo(2008);
        assertThat(contents.get("years").get(0).get("sizeBytes").asLong()).isBetween((long) now.length, now.length + 10_000L);
        assertThat(contents.get("sizeBytes").asLong()).isGreaterThan(contents.get("years").get(0).get("sizeBytes").asLong());

        assertThat(archive("/api/archive?year=1999")).containsKeys("1999/12/then.jpg", "COMPLETE.txt").doesNotContainKey("2008/10/now.jpg");
        assertThat(person.get("/api/archive?year=0").code()).isEqualTo("bad-value");
    }

    /// A reader that does not read keeps the archive open, while pictures go and a second archive is refused.
    @Test
    void picturesThatAreDeletedMeanwhileAreLeftOutAndASecondArchiveHasToWait() throws Exception {
        for (int i = 0; i < 3; i++) {
            upload("large-" + i + ".jpg", large());
        }
        var last = upload("last.jpg", Samples.photo());
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(Product.address() + "/api/archive")).header("Cookie", "picup_access=" + person.token()).build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);

            var second = person.get("/api/archive");
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.code()).isEqualTo("too-many-attempts");
            assertThat(second.header("retry-after")).isNotNull();
            assertThat(second.header("content-disposition")).isNull();
            assertThat(person.call("HEAD", "/api/archive", null).status()).isEqualTo(429);

            person.delete("/api/pictures/" + last);
            var digest = person.get("/api/pictures/" + last).json().get("sha256").asString();
            person.delete("/api/trash");
            Awaitility.await().untilAsserted(() -> assertThat(Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest)).doesNotExist());

            var files = read(answer.body().readAllBytes());
            assertThat(files).containsKeys("2008/10/large-2.jpg", "INCOMPLETE.txt").doesNotContainKey("2008/10/last.jpg");
            assertThat(text(files, "INCOMPLETE.txt")).contains("Deleted while it was made / 만드는 동안 삭제된 사진: 1");
        }
        Awaitility.await().untilAsserted(() -> assertThat(person.call("HEAD", "/api/archive", null).status()).isEqualTo(200));
        assertThat(archive("/api/archive")).containsKey("COMPLETE.txt");
    }

    /// An archive that cannot be finished ends with a broken connection, not with an error's words inside of a file that looks whole.
    @Test
    void anArchiveThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        for (int i = 0; i < 3; i++) {
            person.upload("large-" + i + ".jpg", large());
        }
        var lost = Samples.photo();
        person.upload("lost.jpg", lost);
        Files.delete(original(lost)); // so that the database is asked once more at the end
        var sql = Product.part(JdbcClient.class);
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(Product.address() + "/api/archive")).header("Cookie", "picup_access=" + person.token()).build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            sql.sql("ALTER TABLE storage.picture RENAME TO picture_away").update();
            try {
                assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
            } finally {
                sql.sql("ALTER TABLE storage.picture_away RENAME TO picture").update();
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(archive("/api/archive")).containsKey("INCOMPLETE.txt"));
    }

    /// More than the buffers between the server and a reader that does not read take.
    private static byte[] large() {
        var photo = Samples.photo();
        return java.util.Arrays.copyOf(photo, photo.length + (16 << 20)); // what follows the end of the image minds nobody
    }

    @Test
    void anEmptyLibraryMakesAnArchiveToo() throws Exception {
        assertThat(archive("/api/archive")).containsOnlyKeys("README.txt", "member.json", "albums.json", "COMPLETE.txt");
    }
}
