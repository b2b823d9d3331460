package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private String runImport(String... more) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "picup.cli.ImportFolder", photos.toString(), "--server", Product.address(), "--user", user));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PICUP_PASSWORD", "a long enough password");
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.environment().put("PICUP_LANGUAGE", "en");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.replaceAll(" +", " ") + "exit code " + process.waitFor();
    }
}
