package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    private String runImport(String... more) throws IOException, InterruptedException {
        return runImport(Map.of("PICUP_USER", user, "PICUP_PASSWORD", "a long enough password"), more);
    }

    private String runImport(Map<String, String> credentials, String... more) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "picup.cli.ImportFolder", photos.toString(), "--server", Product.address()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(credentials);
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.environment().put("PICUP_LANGUAGE", "en");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.replaceAll(" +", " ") + "exit code " + process.waitFor();
    }
}
