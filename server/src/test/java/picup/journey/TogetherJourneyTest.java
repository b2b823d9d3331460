package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that belong together, as a person sends them and sees them.
class TogetherJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Person person = Product.newPerson();

    private static byte[] xmp(int rating, String description, String tag) {
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="%d">
                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>
                <dc:subject><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:subject>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>
                """.formatted(rating, description, tag).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode send(String path, byte[] bytes) {
        int slash = path.lastIndexOf('/');
        var answer = person.upload("/api/pictures", path.substring(slash + 1), bytes, Map.of("folder", slash < 0 ? "" : path.substring(0, slash)));
        assertThat(answer.status()).as(path + ": " + answer).isIn(200, 201);
        return answer.json();
    }

    private String show(String path, byte[] bytes) {
        return person.settled(send(path, bytes).get("id").asString()).get("id").asString();
    }

    private JsonNode picture(String id) {
        return person.get("/api/pictures/" + id).json();
    }

    private static byte[] photo(String... tags) {
        return Samples.photo(64, 48, tags);
    }

    @Test
    void aBurstIsOneItemWhosePartsComeOutAsTheyCame() throws Exception {
        var files = new HashMap<String, byte[]>();
        for (int i = 0; i < 4; i++) {
            files.put("0000%dIMG_0000%d_BURST20200601120000%d20%s.jpg".formatted(i, i, i, i == 2 ? "_COVER" : ""),
                    photo("-DateTimeOriginal=2020:06:01 12:00:00", "-SubSecTimeOriginal=" + i + "20"));
        }
        var ids = new HashMap<String, String>();
        for (var name : files.keySet()) {
            ids.put(name, show("DCIM/Camera/" + name, files.get(name)));
        }
        var cover = ids.get("00002IMG_00002_BURST20200601120000220_COVER.jpg");
        var month = person.get("/api/timeline/2020-06").json();
        assertThat(month.get("count").asInt()).isEqualTo(1);
        assertThat(month.get("ids").get(0).asString()).isEqualTo(cover);
        assertThat(month.get("badges").get(0).asString()).isEqualTo("burst");

        var item = picture(cover);
        assertThat(item.get("parts")).hasSize(3).allSatisfy(part -> {
            assertThat(part.get("role").asString()).isEqualTo("burst");
            assertThat(person.get("/api/pictures/" + part.get("id").asString() + "/original").body()).isEqualTo(files.get(part.get("fileName").asString()));
            assertThat(person.get("/api/pictures/" + part.get("id").asString() + "/renditions/thumb").status()).isEqualTo(200);
            assertThat(picture(part.get("id").asString()).get("partOf").asString()).isEqualTo(cover);
        });

        var first = item.get("parts").get(0).get("id").asString();
        assertThat(person.post("/api/pictures/" + first + "/cover", Map.of()).status()).isEqualTo(204);
        assertThat(picture(first).get("parts")).hasSize(3);
        assertThat(person.post("/api/pictures/" + cover + "/split", Map.of()).status()).isEqualTo(204);
        assertThat(person.post("/api/pictures/" + cover + "/split", Map.of()).code()).isEqualTo("conflict");
        assertThat(person.get("/api/timeline/2020-06").json().get("count").asInt()).isEqualTo(2);

        assertThat(person.delete("/api/pictures/" + first).status()).isEqualTo(204);
        assertThat(person.get("/api/trash").json().get("pictures")).hasSize(1);
        assertThat(person.delete("/api/trash").json().get("count").asInt()).isEqualTo(1);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() ->
                assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isEqualTo(files.get("00002IMG_00002_BURST20200601120000220_COVER.jpg").length));
    }

    @Test
    void anXmpSidecarSpeaksOfItsPictureWhicheverComesFirst() {
        var first = send("a/one.jpg.xmp", xmp(4, "The sea", "Sea"));
        assertThat(first.get("outcome").asString()).isEqualTo("sidecar");
        assertThat(first.get("picture").isNull()).isTrue();
        assertThat(person.get("/api/sidecars").json().get("count").asInt()).isEqualTo(1);
        assertThat(person.get("/api/sidecars/" + first.get("id").asString()).body()).isEqualTo(xmp(4, "The sea", "Sea"));

        var one = show("a/one.jpg", photo());
        var two = show("a/two.jpg", photo());
        var second = send("a/two.xmp", xmp(2, "The hill", "Hill"));
        assertThat(second.get("picture").asString()).isEqualTo(two);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(picture(one).get("rating").asInt()).isEqualTo(4);
            assertThat(picture(one).get("description").asString()).isEqualTo("The sea");
            assertThat(picture(two).get("rating").asInt()).isEqualTo(2);
            assertThat(picture(two).get("detail").get("tags").get(0).asString()).isEqualTo("Hill");
        });
        var listed = picture(two).get("sidecars").get(0);
        assertThat(listed.get("fileName").asString()).isEqualTo("two.xmp");
        var bytes = person.get("/api/pictures/" + two + "/sidecars/" + listed.get("id").asString());
        assertThat(bytes.body()).isEqualTo(xmp(2, "The hill", "Hill"));
        assertThat(bytes.header("content-disposition")).startsWith("attachment");
        assertThat(person.get("/api/pictures/" + one + "/sidecars/" + listed.get("id").asString()).status()).isEqualTo(404);
        assertThat(Product.newPerson().get("/api/sidecars/" + listed.get("id").asString()).status()).isEqualTo(404);

        assertThat(person.patch("/api/pictures/" + two, Map.of("description", "Mine")).status()).isEqualTo(200);
        send("a/two.xmp", xmp(5, "The mountain", "Mountain"));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(picture(two).get("rating").asInt()).isEqualTo(5));
        assertThat(picture(two).get("description").asString()).isEqualTo("Mine");
    }

    @Test
    void aSidecarThatSaysNothingIsKeptAndOneThatIsTooLargeIsRefused() {
        var broken = "<?xpacket begin='' id=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF".getBytes(StandardCharsets.UTF_8);
        var id = show("b/x.jpg", photo());
        send("b/x.jpg.xmp", broken);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(Product.part(JdbcClient.class).sql(
                "SELECT state FROM storage.sidecar WHERE picture_id = ?::uuid").param(id).query(String.class).single()).isEqualTo("failed"));
        assertThat(picture(id).get("state").asString()).isEqualTo("ready");
        assertThat(picture(id).get("sidecars")).hasSize(1);

        var large = java.util.Arrays.copyOf(xmp(1, "x", "x"), (16 << 20) + 1);
        assertThat(person.upload("large.xmp", large).code()).isEqualTo("too-large");
        var sidecar = picture(id).get("sidecars").get(0).get("id").asString();
        assertThat(person.delete("/api/sidecars/" + sidecar).status()).isEqualTo(204);
        assertThat(picture(id).get("sidecars")).isEmpty();
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isEqualTo(picture(id).get("sizeBytes").asLong());
    }

    @Test
    void whatWasEditedGoesOutAsXmpThatPhotoProgramsRead() throws Exception {
        var bytes = Samples.photo();
        var id = show("c/x.jpg", bytes);
        var changes = Map.of("description", "On the <pier>", "rating", 5, "tags", List.of("Places|Italy|Arezzo", "Family & friends"),
                "takenAt", "2009-11-23T17:29:40+01:00", "place", Map.of("latitude", -33.8568, "longitude", 151.2153));
        var edited = person.patch("/api/pictures/" + id, changes);
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        assertThat(edited.json().get("latitude").asDouble()).isEqualTo(-33.8568);
        assertThat(edited.json().get("altitude").isNull()).isTrue();

        var answer = person.get("/api/pictures/" + id + "/xmp");
        assertThat(answer.header("content-disposition")).contains("x.jpg.xmp");
        var read = exifTool(answer.body());
        assertThat(read.get("Description").asString()).isEqualTo("On the <pier>");
        assertThat(read.get("Rating").asInt()).isEqualTo(5);
        assertThat(texts(read.get("Subject"))).containsExactly("Arezzo", "Family & friends");
        assertThat(texts(read.get("HierarchicalSubject"))).containsExactly("Places|Italy|Arezzo", "Family & friends");
        assertThat(texts(read.get("TagsList"))).containsExactly("Places/Italy/Arezzo", "Family & friends");
        assertThat(read.get("DateTimeOriginal").asString()).isEqualTo("2009:11:23 17:29:40+01:00");
        assertThat(read.get("DateCreated").asString()).isEqualTo("2009:11:23 17:29:40+01:00");
        assertThat(read.get("GPSLatitude").asDouble()).isBetween(-33.8569, -33.8567);
        assertThat(read.get("GPSLongitude").asDouble()).isBetween(151.2152, 151.2154);
        assertThat(texts(read.get("Edited"))).containsExactly("description", "place", "rating", "tags", "takenAt");
        assertThat(read.has("Warning")).isFalse();
        assertThat(person.get("/api/pictures/" + id + "/original").body()).as("the original").isEqualTo(bytes);

        // Sent back by somebody else, it says the same.
        var other = Product.newPerson();
        other.upload("/api/pictures", "x.jpg.xmp", answer.body(), Map.of("folder", "c"));
        var copy = other.settled(other.upload("/api/pictures", "x.jpg", photo(), Map.of("folder", "c")).json().get("id").asString()).get("id").asString();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var now = other.get("/api/pictures/" + copy).json();
            assertThat(now.get("rating").asInt()).isEqualTo(5);
            assertThat(now.get("description").asString()).isEqualTo("On the <pier>");
            assertThat(now.get("takenAt").asString()).isEqualTo("2009-11-23T17:29:40+01:00");
            assertThat(now.get("latitude").asDouble()).isBetween(-33.8569, -33.8567);
            assertThat(texts(now.get("detail").get("tags"))).contains("Places|Italy|Arezzo", "Family & friends");
        });

        assertThat(person.patch("/api/pictures/" + id, Map.of("clearPlace", true)).json().get("latitude").isNull()).isTrue();
        for (var wrong : List.of(Map.of("place", Map.of("latitude", 91, "longitude", 0)), Map.of("place", Map.of("latitude", 1)), Map.of("tags", List.of("")),
                Map.of("tags", List.of("x".repeat(201))), Map.of("tags", Collections.nCopies(1, Map.of("no", "text"))))) {
            var refused = person.patch("/api/pictures/" + id, wrong);
            assertThat(refused.status()).as(wrong + ": " + refused).isEqualTo(400);
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.isArray() ? list.valueStream().map(JsonNode::asString).toList() : List.of(list.asString());
    }

    private JsonNode exifTool(byte[] sidecar) throws Exception {
        var file = Files.write(folder.resolve("sidecar.xmp"), sidecar);
        var process = new ProcessBuilder("exiftool", "-j", "-n", "-charset", "UTF8", file.toString()).redirectErrorStream(true).start();
        var output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return new JsonMapper().readTree(output).get(0);
    }

    @Test
    void factsAreReadAgainAndWhatWasEditedStays() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(show("d/" + i + ".jpg", Samples.photo()));
        }
        var sql = Product.part(JdbcClient.class);
        person.patch("/api/pictures/" + ids.getFirst(), Map.of("description", "mine"));
        spoil(sql, ids);
        assertThat(person.post("/api/pictures/" + ids.getFirst() + "/facts", Map.of()).status()).isEqualTo(202);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(picture(ids.getFirst()).get("camera").get("make").asString()).isEqualTo("Picup"));
        assertThat(picture(ids.getFirst()).get("description").asString()).isEqualTo("mine");
        assertThat(picture(ids.getFirst()).get("thumbHash").isNull()).as("its pictures stay").isFalse();
        assertThat(picture(ids.getFirst()).get("state").asString()).isEqualTo("ready");
        assertThat(picture(ids.get(1)).get("camera").get("make").asString()).isEqualTo("Wrong");

        spoil(sql, ids);
        assertThat(person.post("/api/facts", Map.of()).status()).isEqualTo(202);
        assertThat(person.post("/api/facts", Map.of()).status()).as("pressed twice").isEqualTo(202);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids).allSatisfy(id ->
                assertThat(picture(id).get("camera").get("make").asString()).isEqualTo("Picup")));
        assertThat(person.post("/api/pictures/" + java.util.UUID.randomUUID() + "/facts", Map.of()).status()).isEqualTo(404);
    }

    private static void spoil(JdbcClient sql, List<String> ids) {
        ids.forEach(id -> sql.sql("UPDATE storage.picture SET make = 'Wrong' WHERE id = ?::uuid").param(id).update());
    }

    @Test
    void theArchiveHasPartsAndSidecarsAsTheyCame() throws Exception {
        var cover = photo("-DateTimeOriginal=2020:06:01 12:00:00");
        var part = photo("-DateTimeOriginal=2020:06:01 12:00:00");
        show("e/00000IMG_00000_BURST20200601120000000_COVER.jpg", cover);
        show("e/00001IMG_00001_BURST20200601120000000.jpg", part);
        send("e/00000IMG_00000_BURST20200601120000000_COVER.jpg.xmp", xmp(3, "x", "y"));
        send("e/never.jpg.xmp", xmp(1, "waits", "z"));
        var files = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(person.get("/api/archive").body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(files).containsKey("COMPLETE.txt");
        assertThat(files.get("2020/06/00000IMG_00000_BURST20200601120000000_COVER.jpg")).isEqualTo(cover);
        assertThat(files.get("2020/06/00001IMG_00001_BURST20200601120000000.jpg")).isEqualTo(part);
        assertThat(files.get("Sidecars/2020/06/00000IMG_00000_BURST20200601120000000_COVER.jpg.xmp")).isEqualTo(xmp(3, "x", "y"));
        assertThat(files.get("Sidecars/waiting/never.jpg.xmp")).isEqualTo(xmp(1, "waits", "z"));
        var json = new JsonMapper().readTree(files.get("2020/06/00001IMG_00001_BURST20200601120000000.jpg.json"));
        assertThat(json.get("partRole").asString()).isEqualTo("burst");
    }

    /// Apple's, in both orders.
    @Test
    void aLivePhotoIsOneItem() throws Exception {
        var live = Corpus.folder("open").resolve("livephoto");
        for (var order : List.of(List.of("train.jpg", "train.mov"), List.of("train.mov", "train.jpg"))) {
            var somebody = Product.newPerson();
            for (var name : order) {
                somebody.settled(somebody.upload(name, Files.readAllBytes(live.resolve(name))).json().get("id").asString());
            }
            var months = somebody.get("/api/timeline").json();
            assertThat(months).as(order.toString()).hasSize(1);
            var month = somebody.get("/api/timeline/" + months.get(0).get("month").asString()).json();
            assertThat(month.get("ids")).hasSize(1);
            assertThat(month.get("badges").get(0).asString()).isEqualTo("live");
            var item = somebody.get("/api/pictures/" + month.get("ids").get(0).asString()).json();
            assertThat(item.get("fileName").asString()).isEqualTo("train.jpg");
            assertThat(item.get("parts").get(0).get("role").asString()).isEqualTo("live");
            var video = somebody.get("/api/pictures/" + item.get("parts").get(0).get("id").asString() + "/original").body();
            assertThat(video).isEqualTo(Files.readAllBytes(live.resolve("train.mov")));
        }
    }

    /// Folders of Google Takeout, in an order that nobody meant.
    @Test
    void takeoutsFindTheirPictures() throws Exception {
        var takeouts = Corpus.folder("open").resolve("takeout");
        var files = new ArrayList<>(Corpus.files(takeouts).stream().filter(each -> Files.isRegularFile(each)).toList());
        Collections.shuffle(files, new Random(7));
        var pictures = new HashMap<String, String>(); // digest → id
        int sidecars = 0;
        for (var file : files) {
            var relative = takeouts.relativize(file);
            var answer = person.upload("/api/pictures", file.getFileName().toString(), Files.readAllBytes(file), Map.of("folder", relative.getParent().toString()));
            if (answer.status() == 415) {
                continue; // lists of albums and the like
            }
            assertThat(answer.status()).as(relative + ": " + answer).isIn(200, 201);
            if (answer.json().get("outcome").asString().equals("sidecar")) {
                sidecars++;
            } else {
                pictures.put(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))), answer.json().get("id").asString());
            }
        }
        assertThat(sidecars).isGreaterThan(20);
        pictures.values().forEach(person::settled);
        // Of a picture that is in two folders, one sidecar is enough; each picture must have its own.
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            for (var file : files) {
                var json = Path.of(file + ".json");
                var supplemental = Path.of(file + ".supplemental-metadata.json");
                var id = pictures.get(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
                if (id != null && (Files.exists(json) || Files.exists(supplemental))) {
                    assertThat(picture(id).get("sidecars")).as(takeouts.relativize(file).toString()).isNotEmpty();
                }
            }
        });
        // 13 March 2025, 17:05:10 UTC, which the file itself does not say.
        var gopher = person.get("/api/timeline/2025-03").json();
        assertThat(gopher.get("count").asInt()).isGreaterThanOrEqualTo(1);
    }
}
