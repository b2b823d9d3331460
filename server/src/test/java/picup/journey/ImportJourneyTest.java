package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.Ids;

/// `./picup import` as a program of its own against the running product.
class ImportJourneyTest {
    @TempDir
    Path photos;

    @TempDir
    Path home;

    private final String user = "importer-" + Ids.next();
    private final Person person = Person.signUp(Product.address(), user);

    @Test
    void aFolderIsImportedAndASecondRunAddsNothing() throws Exception {
        var bytes = Samples.photo();
        Files.write(Files.createDirectories(photos.resolve("2008/Arezzo")).resolve("first.jpg"), bytes);
        Files.write(photos.resolve("twin.jpg"), bytes);
        Files.write(photos.resolve("film.mp4"), Samples.video());
        Files.writeString(photos.resolve("notes.txt"), "not a picture");
        Files.writeString(photos.resolve("empty.jpg"), "");

        assertThat(runImport()).contains("Added: 2").contains("Already there: 1").contains("Refused: 2")
                .contains("empty.jpg: The file is empty.").contains("notes.txt: Its content is none of the kinds").endsWith("exit code 0");
        assertThat(runImport()).contains("Added: 0").contains("Already there: 3").endsWith("exit code 0");
        assertThat(person.get("/api/pictures").json().get("pictures")).hasSize(2);
    }

    /// Sidecars and parts are listed with their pictures only, and known by that.
    @Test
    void filesThatBelongTogetherAreImportedTogether() throws Exception {
        var camera = Files.createDirectories(photos.resolve("camera"));
        Files.write(camera.resolve("00000IMG_00000_BURST20200601120000000_COVER.jpg"), Samples.photo());
        Files.write(camera.resolve("00001IMG_00001_BURST20200601120000000.jpg"), Samples.photo());
        Files.writeString(camera.resolve("00000IMG_00000_BURST20200601120000000_COVER.jpg.xmp"), "<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>");
        assertThat(runImport()).contains("Added: 2").contains("Beside pictures: 1 ").endsWith("exit code 0");
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).untilAsserted(() -> {
            var pictures = person.get("/api/pictures").json().get("pictures");
            assertThat(pictures).hasSize(1);
            assertThat(pictures.get(0).get("parts")).hasSize(1);
            assertThat(pictures.get(0).get("sidecars")).hasSize(1);
        });
        assertThat(runImport()).contains("Added: 0").contains("Already there: 3").endsWith("exit code 0");
    }

    /// What cameras and stitching programs write behind the end of a JPEG does not matter to it.
    private Path largePhoto() throws IOException {
        var photo = Samples.photo();
        var bytes = Arrays.copyOf(photo, 40 << 20);
        var noise = new byte[bytes.length - photo.length];
        new Random(11).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, photo.length, noise.length);
        return Files.write(photos.resolve("large.jpg"), bytes);
    }

    private void assertWhole(Path file) throws Exception {
        var pictures = person.get("/api/pictures").json().get("pictures");
        assertThat(pictures).hasSize(1);
        assertThat(pictures.get(0).get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        assertThat(pictures.get(0).get("sizeBytes").asLong()).isEqualTo(Files.size(file));
        assertThat(person.get("/api/uploads").json().get("uploads")).isEmpty();
    }

    @Test
    void aLargeFileArrivesWholeOverALineThatIsCutEveryFiveMegabytes() throws Exception {
        var file = largePhoto();
        try (var line = new CutLine(Product.address(), 5 << 20)) {
            assertThat(runImportAt(line.address(), byPassword())).contains("Added: 1").endsWith("exit code 0");
            assertThat(line.cuts()).isGreaterThanOrEqualTo(7);
        }
        assertWhole(file);
        assertThat(runImport()).contains("Already there: 1").endsWith("exit code 0");
    }

    @Test
    void aSecondRunGoesOnWithTheUploadOfOneThatWasKilled() throws Exception {
        var file = largePhoto();
        try (var line = new CutLine(Product.address(), 5 << 20)) {
            var process = importing(line.address(), byPassword()).start();
            org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> line.cuts() >= 2);
            process.destroyForcibly().waitFor();
            var begun = person.get("/api/uploads").json().get("uploads");
            assertThat(begun).hasSize(1);

            assertThat(runImportAt(line.address(), byPassword())).contains("Added: 1").endsWith("exit code 0");
            assertThat(person.get("/api/uploads/" + begun.get(0).get("id").asString()).json().get("state").asString()).isEqualTo("done");
        }
        assertWhole(file);
    }

    @Test
    void whatWasDeletedForGoodComesBackOnlyWhenAskedFor() throws Exception {
        Files.write(photos.resolve("gone.jpg"), Samples.photo());
        assertThat(runImport()).contains("Added: 1");
        var id = person.get("/api/pictures").json().at("/pictures/0/id").asString();
        assertThat(person.delete("/api/pictures/" + id).status()).isBetween(200, 204);
        assertThat(runImport()).contains("In the trash: 1");
        assertThat(person.delete("/api/trash").status()).isBetween(200, 204);
        assertThat(runImport()).contains("Deleted before: 1").endsWith("exit code 0");
        assertThat(runImport("--again")).contains("Added: 1");
    }

    @Test
    void anApiKeyIsEnoughAndDoesNoMoreThanItsScopes() throws Exception {
        Files.write(photos.resolve("first.jpg"), Samples.photo());
        assertThat(runImportBy(key("pictures:read", "pictures:write"))).contains("Added: 1").endsWith("exit code 0");
        assertThat(person.get("/api/pictures").json().get("pictures")).hasSize(1);

        Files.write(photos.resolve("film.mp4"), Samples.video());
        assertThat(runImportBy(key("pictures:read"))).contains("scope pictures:write");
        assertThat(runImportBy("picup_nonsense")).contains("does not accept the API key").endsWith("exit code 2");
        assertThat(person.get("/api/pictures").json().get("pictures")).hasSize(1);
    }

    private String key(String... scopes) {
        return person.post("/api/auth/api-keys", Map.of("name", "import", "scopes", List.of(scopes))).json().get("secret").asString();
    }

    private String runImportBy(String key) throws IOException, InterruptedException {
        return runImport(Map.of("PICUP_API_KEY", key));
    }

    private Map<String, String> byPassword() {
        return Map.of("PICUP_USER", user, "PICUP_PASSWORD", "a long enough password");
    }

    private String runImport(String... more) throws IOException, InterruptedException {
        return runImport(byPassword(), more);
    }

    private String runImport(Map<String, String> credentials, String... more) throws IOException, InterruptedException {
        return runImportAt(Product.address(), credentials, more);
    }

    private String runImportAt(String server, Map<String, String> credentials, String... more) throws IOException, InterruptedException {
        var process = importing(server, credentials, more).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.replaceAll(" +", " ") + "exit code " + process.waitFor();
    }

    private ProcessBuilder importing(String server, Map<String, String> credentials, String... more) {
        var command = OperatorCommand.java("picup.cli.ImportFolder", photos.toString(), "--server", server);
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(credentials);
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.environment().put("PICUP_LANGUAGE", "en");
        return builder;
    }
}
