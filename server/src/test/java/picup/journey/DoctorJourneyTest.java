package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./picup doctor`, beside a Picup that runs and over one that does not.
class DoctorJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private record Ended(int code, String output) {
        JsonNode of(String about) {
            return JSON.readTree(output).valueStream().filter(each -> each.get("about").asString().equals(about)).findFirst()
                    .orElseThrow(() -> new AssertionError(about + " is not in " + output));
        }

        String level(String about) {
            return of(about).get("level").asString();
        }
    }

    @Test
    void itFindsWhatIsWrongAndSaysWhatToDo() throws Exception {
        folder.toFile().setExecutable(true, false); // PostgreSQL may run as another user
        folder.toFile().setReadable(true, false);
        var data = folder.resolve("data");
        String digest;
        try (var instance = new Instance(folder)) {
            var person = Person.signUp(instance.address(), "root");
            digest = person.show("a.jpg", Samples.photo()).get("sha256").asString();
            person.show("b.jpg", Samples.photo());
            var running = doctor("--json", "--data", data.toString());
            assertThat(running.code).as(running.output).isZero();
            for (var about : List.of("data folder", "programs", "database", "clock", "jobs", "failed work", "scrub", "accounting", "originals", "orphans")) {
                assertThat(running.level(about)).as(running.output).isEqualTo("good");
            }
            assertThat(running.of("originals").get("says").asString()).contains("All 2 are there");
        }
        var original = data.resolve("originals").resolve(digest.substring(0, 2)).resolve(digest);
        try (var bytes = new RandomAccessFile(original.toFile(), "rw")) {
            bytes.seek(1000);
            int was = bytes.read();
            bytes.seek(1000);
            bytes.write(was ^ 1);
        }
        assertThat(doctor("--json", "--data", data.toString()).of("originals").get("says").asString()).contains("0 are missing", "1 are altered (" + digest + ")");

        Files.delete(original);
        Files.setPosixFilePermissions(data.resolve("secrets"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var broken = doctor("--data", data.toString());
        assertThat(broken.code).isEqualTo(1);
        assertThat(broken.output).contains("bad   originals", "1 are missing (" + digest + ")", "bad   data folder", "chmod 700", "→ Put them back from a backup");
    }

    @Test
    void whereThereIsNoPicupItSaysSoAndMakesNone() throws Exception {
        var nothing = folder.resolve("nothing");
        var ended = doctor("--json", "--data", nothing.toString());
        assertThat(ended.code).isEqualTo(1);
        assertThat(ended.level("data folder")).isEqualTo("bad");
        assertThat(nothing).doesNotExist();
        assertThat(doctor("--data").code).isEqualTo(2);
    }

    private static Ended doctor(String... words) throws Exception {
        var process = new ProcessBuilder(OperatorCommand.java("picup.storage.doctor.DoctorCommand", words)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
