package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Edits of photos, over HTTP, made by the worker.
class EditJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, Object> LEFT_HALF = Map.of("crop", Map.of("x", 0, "y", 0, "width", 0.5, "height", 1));
    private static final Map<String, Object> RIGHT_HALF = Map.of("crop", Map.of("x", 0.5, "y", 0, "width", 0.5, "height", 1));

    private final Person person = Product.newPerson();

    /// Left half red, right half blue.
    private static byte[] twoHalves(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? 0xd02020 : 0x2020d0);
            }
        }
        image.setRGB(0, 0, COUNT.incrementAndGet());
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private String show(byte[] bytes) {
        return person.show("halves.png", bytes).get("id").asString();
    }

    private static JsonNode picture(Person person, String id) {
        return Person.require(200, person.get("/api/pictures/" + id)).json();
    }

    private static JsonNode edit(Person person, String id, Object recipe) {
        Person.require(200, person.put("/api/pictures/" + id + "/edit", recipe));
        return Awaitility.await("edit of " + id).atMost(PATIENCE).pollInterval(Duration.ofMillis(30))
                .until(() -> picture(person, id), picture -> !picture.get("edit").path("state").asString("").equals("processing"));
    }

    private JsonNode edit(String id, Object recipe) {
        return edit(person, id, recipe);
    }

    private static BufferedImage rendition(Person person, String id, String name) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Person.require(200, person.get("/api/pictures/" + id + "/renditions/" + name)).body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean reddish(BufferedImage image, double x, double y) {
        int rgb = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
        return (rgb >> 16 & 255) > (rgb & 255) + 60;
    }

    private static boolean bluish(BufferedImage image, double x, double y) {
        int rgb = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
        return (rgb & 255) > (rgb >> 16 & 255) + 60;
    }

    private static List<Path> editedFiles(String id) throws IOException {
        try (var files = Files.walk(Product.data().resolve("renditions"))) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().contains(id)).toList();
        }
    }

    @Test
    void anEditIsShownEverywhereAndTheOriginalStays() throws Exception {
        var bytes = twoHalves(600, 400);
        var id = show(bytes);
        var before = picture(person, id);
        assertThat(before.get("edit").isNull()).isTrue();

        var recipe = Map.of("turns", 1, "crop", Map.of("x", 0, "y", 0, "width", 1, "height", 0.25), "tones", Map.of("contrast", 20));
        var after = edit(id, recipe);

        assertThat(after.get("edit").get("state").asString()).isEqualTo("ready");
        assertThat(after.get("edit").get("shown").asBoolean()).isTrue();
        assertThat(after.get("edit").get("recipe").get("turns").asInt()).isEqualTo(1);
        assertThat(after.get("edit").get("recipe").get("tones").get("contrast").asInt()).isEqualTo(20);
        assertThat(after.get("edit").get("width").asInt()).isEqualTo(600);
        assertThat(after.get("width").asInt()).isEqualTo(400);
        assertThat(after.get("height").asInt()).isEqualTo(150);
        assertThat(after.get("version").asInt()).isGreaterThan(before.get("version").asInt());
        assertThat(after.get("thumbHash").asString()).isNotEqualTo(before.get("thumbHash").asString());
        assertThat(after.get("sha256").asString()).isEqualTo(before.get("sha256").asString());

        // Turned clockwise, what was left is above.
        var preview = rendition(person, id, "preview?v=" + after.get("version").asInt());
        assertThat(List.of(preview.getWidth(), preview.getHeight())).containsExactly(400, 150);
        assertThat(reddish(preview, 0.5, 0.5)).isTrue();
        var full = rendition(person, id, "full");
        assertThat(List.of(full.getWidth(), full.getHeight())).containsExactly(400, 150);
        assertThat(rendition(person, id, "thumb").getWidth()).isEqualTo(400);
        var unedited = rendition(person, id, "preview?unedited=true");
        assertThat(unedited.getWidth()).isEqualTo(600);
        assertThat(bluish(unedited, 0.9, 0.5)).isTrue();
        var download = person.get("/api/pictures/" + id + "/renditions/full?download=true");
        assertThat(download.header("Content-Disposition")).contains("attachment").contains("halves-edited.jpg");
        assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(bytes);

        var month = person.get("/api/timeline/" + after.get("takenAt").asString().substring(0, 7)).json();
        assertThat(month.get("ratios").get(0).asDouble()).isEqualTo(2.667);
        assertThat(month.get("versions").get(0).asInt()).isEqualTo(after.get("version").asInt());
        var xmp = new String(person.get("/api/pictures/" + id + "/xmp").body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(xmp).contains("<picup:Recipe>").contains("\"turns\":1");

        Person.require(204, person.delete("/api/pictures/" + id + "/edit"));
        var reverted = picture(person, id);
        assertThat(reverted.get("edit").isNull()).isTrue();
        assertThat(reverted.get("width").asInt()).isEqualTo(600);
        assertThat(reverted.get("thumbHash").asString()).isEqualTo(before.get("thumbHash").asString());
        assertThat(reverted.get("version").asInt()).isGreaterThan(after.get("version").asInt());
        assertThat(rendition(person, id, "preview").getWidth()).isEqualTo(600);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(editedFiles(id)).isEmpty());
        Person.require(204, person.delete("/api/pictures/" + id + "/edit"));
        assertThat(picture(person, id).get("version").asInt()).isEqualTo(reverted.get("version").asInt());
    }

    @Test
    void theLastOfManyQuickEditsWins() throws Exception {
        var id = show(twoHalves(500, 300));
        for (int times = 0; times < 6; times++) {
            Person.require(200, person.put("/api/pictures/" + id + "/edit", times % 2 == 0 ? RIGHT_HALF : LEFT_HALF));
        }
        edit(id, Map.of("crop", Map.of("x", 0, "y", 0, "width", 0.4, "height", 1)));
        var left = picture(person, id);
        assertThat(left.get("width").asInt()).isEqualTo(200);
        assertThat(reddish(rendition(person, id, "preview"), 0.9, 0.5)).isTrue();
        var settled = left.get("version").asInt();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(waitingEdits(id)).isZero());
        assertThat(picture(person, id).get("version").asInt()).as("an earlier edit came later").isEqualTo(settled);
        assertThat(editedFiles(id)).extracting(file -> file.getParent().getFileName().toString()).containsOnly(shownNumber(id));
    }

    private static long waitingEdits(String id) {
        return Product.part(JdbcClient.class).sql("SELECT count(*) FROM storage.job WHERE task_name = 'edit-original' AND task_instance LIKE :id || '%'")
                .param("id", id).query(Long.class).single();
    }

    private static String shownNumber(String id) {
        return Product.part(JdbcClient.class).sql("SELECT shown_edit_number::text FROM storage.picture WHERE id = :id").param("id", java.util.UUID.fromString(id))
                .query(String.class).single();
    }

    @Test
    void whoHoldsTheSameBytesSeesTheirOwnEdit() throws Exception {
        var bytes = twoHalves(400, 300);
        var other = Product.newPerson();
        var mine = show(bytes);
        var theirs = other.show("same.png", bytes).get("id").asString();

        edit(person, mine, LEFT_HALF);
        edit(other, theirs, RIGHT_HALF);

        assertThat(reddish(rendition(person, mine, "preview"), 0.9, 0.5)).isTrue();
        assertThat(bluish(rendition(other, theirs, "preview"), 0.1, 0.5)).isTrue();
        assertThat(other.put("/api/pictures/" + mine + "/edit", LEFT_HALF).status()).isEqualTo(404);
        assertThat(other.delete("/api/pictures/" + mine + "/edit").status()).isEqualTo(404);

        person.delete("/api/pictures/" + mine);
        Person.require(200, person.delete("/api/trash"));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(editedFiles(mine)).isEmpty());
        assertThat(editedFiles(theirs)).isNotEmpty();
        assertThat(bluish(rendition(other, theirs, "full"), 0.1, 0.5)).isTrue();
        assertThat(rendition(other, theirs, "preview?unedited=true").getWidth()).isEqualTo(400);
    }

    @Test
    void filesOfAnEditThatAreGoneAreMadeAgain() throws Exception {
        var id = show(twoHalves(400, 300));
        edit(id, LEFT_HALF);
        for (var file : editedFiles(id)) {
            Files.delete(file);
        }
        assertThat(person.get("/api/pictures/" + id + "/renditions/preview").status()).isEqualTo(404);
        Awaitility.await().atMost(PATIENCE).until(() -> person.get("/api/pictures/" + id + "/renditions/preview").status() == 200);
        assertThat(rendition(person, id, "preview").getWidth()).isEqualTo(200);
    }

    /// Former settings made them, or the disk lost them: either way the original's renditions come first.
    @Test
    void anEditFollowsWhenItsOriginalIsRenderedAgain() throws Exception {
        var id = show(twoHalves(400, 300));
        edit(id, LEFT_HALF);
        var digest = picture(person, id).get("sha256").asString();
        for (var file : editedFiles(id)) {
            Files.delete(file);
        }
        try (var files = Files.list(Product.data().resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(person.get("/api/pictures/" + id + "/renditions/thumb?unedited=true").status()).isEqualTo(404);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(editedFiles(id)).hasSize(2));
        assertThat(rendition(person, id, "thumb").getWidth()).isEqualTo(200);
        assertThat(rendition(person, id, "thumb?unedited=true").getWidth()).isGreaterThan(200);
    }

    @Test
    void anEditThatCannotBeMadeLeavesWhatWasThereAndSaysWhy() throws Exception {
        var bytes = twoHalves(400, 300);
        var id = show(bytes);
        var shown = edit(id, LEFT_HALF);
        var digest = shown.get("sha256").asString();
        var original = Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
        var damaged = new byte[bytes.length];
        original.toFile().setWritable(true);
        Files.write(original, damaged);

        var failed = edit(id, RIGHT_HALF);

        assertThat(failed.get("edit").get("state").asString()).isEqualTo("failed");
        assertThat(failed.get("edit").get("reason").asString()).isEqualTo("WRONG_KIND");
        assertThat(failed.get("edit").get("shown").asBoolean()).isTrue();
        assertThat(failed.get("edit").get("recipe")).isEqualTo(shown.get("edit").get("recipe"));
        assertThat(failed.get("version")).isEqualTo(shown.get("version"));
        assertThat(reddish(rendition(person, id, "preview"), 0.9, 0.5)).isTrue();
        Files.write(original, bytes);
        assertThat(edit(id, RIGHT_HALF).get("edit").get("state").asString()).isEqualTo("ready");
        assertThat(bluish(rendition(person, id, "preview"), 0.1, 0.5)).isTrue();
    }

    @Test
    void theLabelBesideTheOriginalAndTheArchiveSayIt() throws Exception {
        var id = show(twoHalves(400, 300));
        var digest = edit(id, LEFT_HALF).get("sha256").asString();
        Product.part(picup.library.label.WriteLabels.class).writeAll();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var label = new JsonMapper().readTree(Files.readString(Product.data().resolve("originals").resolve(digest.substring(0, 2)).resolve(digest + ".json")));
            assertThat(label.get("holders").get(0).get("picture").get("edit").get("crop").get("width").asDouble()).isEqualTo(0.5);
            assertThat(label.get("holders").get(0).get("picture").get("original_width").asInt()).isEqualTo(400);
        });
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Person.require(200, person.get("/api/archive")).body()))) {
            JsonNode facts = null;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith("halves.png.json")) {
                    facts = new JsonMapper().readTree(zip.readAllBytes());
                }
            }
            assertThat(facts).isNotNull();
            assertThat(facts.get("edit").get("crop").get("width").asDouble()).isEqualTo(0.5);
            assertThat(facts.get("width").asInt()).isEqualTo(400);
        }
    }

    @Test
    void whatTheFileSaysIsReadAgainWithoutUndoingTheEdit() {
        var id = person.show("photo.jpg", Samples.photo(640, 480, "-Orientation#=6", "-DateTimeOriginal=2011:02:03 04:05:06")).get("id").asString();
        assertThat(picture(person, id).get("width").asInt()).isEqualTo(480);
        edit(id, Map.of("crop", Map.of("x", 0, "y", 0, "width", 1, "height", 0.5)));
        var before = picture(person, id);
        assertThat(before.get("height").asInt()).isEqualTo(320);

        Person.require(202, person.post("/api/pictures/" + id + "/facts", Map.of()));
        Awaitility.await().atMost(PATIENCE).until(() -> picture(person, id).get("version").asInt() > before.get("version").asInt());

        var after = picture(person, id);
        assertThat(after.get("height").asInt()).isEqualTo(320);
        assertThat(after.get("edit").get("height").asInt()).isEqualTo(640);
        Person.require(204, person.delete("/api/pictures/" + id + "/edit"));
        assertThat(picture(person, id).get("height").asInt()).isEqualTo(640);
    }

    @Test
    void whatCannotBeEditedIsSaidToBe() {
        var video = person.show("film.mp4", Samples.video()).get("id").asString();
        assertThat(person.put("/api/pictures/" + video + "/edit", LEFT_HALF).code()).isEqualTo("not-editable");
        var broken = Person.require(201, person.upload("broken.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, (byte) COUNT.incrementAndGet()})).json()
                .get("id").asString();
        assertThat(person.settled(broken).get("state").asString()).isEqualTo("failed");
        assertThat(person.put("/api/pictures/" + broken + "/edit", LEFT_HALF).code()).isEqualTo("not-editable");
    }

    @Test
    void hostileRecipesAreRefusedAndChangeNothing() {
        var id = show(twoHalves(400, 300));
        edit(id, LEFT_HALF);
        var before = picture(person, id);
        List<Object> hostile = List.of(
                Map.of("straightenDegrees", "NaN"), Map.of("straightenDegrees", 1e308), Map.of("straightenDegrees", -46), Map.of("turns", 4), Map.of("turns", -1),
                Map.of("turns", 1L << 40), Map.of("tones", Map.of("exposure", 101)), Map.of("tones", Map.of("exposure", 1e99)), Map.of("tones", "much"),
                crop(-0.1, 0, 0.5, 0.5), crop(0, 0, 1.5, 1), crop(0.9, 0, 0.2, 1), crop("NaN", 0, 1, 1), crop(0, 0, "Infinity", 1), crop(0, 0, 0, 1), crop(0.5, 0.5, 0.0025, 0.0033),
                Map.of("crop", Map.of("x", 0)), Map.of("crop", List.of()), List.of(), "crop",
                Map.of("straightenDegrees", 20));
        for (var recipe : hostile) {
            var answer = person.put("/api/pictures/" + id + "/edit", recipe);
            assertThat(answer.status()).as(recipe + ": " + answer).isEqualTo(400);
            assertThat(answer.code()).as(recipe + ": " + answer).isIn("bad-value", "bad-request");
        }
        assertThat(picture(person, id)).isEqualTo(before);
        Person.require(200, person.put("/api/pictures/" + id + "/edit", Map.of()));
        assertThat(picture(person, id).get("edit").isNull()).as("a recipe that does nothing is the original").isTrue();
    }

    private static Map<String, Object> crop(Object x, Object y, Object width, Object height) {
        return Map.of("crop", Map.of("x", x, "y", y, "width", width, "height", height));
    }
}
