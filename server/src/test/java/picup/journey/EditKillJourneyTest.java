package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The worker dies while it makes an edit, and its decoder does.
class EditKillJourneyTest {
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void anEditThatWasAcceptedIsMadeWhateverIsKilled() throws Exception {
        try (var picup = Instance.starting(folder)) {
            picup.awaitReady();
            var person = Person.signUp(picup.address(), "mina");
            var id = person.show("large.jpg", Samples.photo(4000, 3000)).get("id").asString();
            for (int times = 1; times <= 3; times++) {
                double width = 0.2 * times;
                Person.require(200, person.put("/api/pictures/" + id + "/edit", Map.of("crop", Map.of("x", 0, "y", 0, "width", width, "height", 1))));
                if (times == 2) {
                    picup.killDecoder();
                } else {
                    picup.killServerAndStartAgain();
                    person = Person.signIn(picup.address(), "mina");
                }
                var reader = person;
                Awaitility.await("edit " + times).atMost(RECOVERY).pollInterval(Duration.ofMillis(100))
                        .until(() -> reader.get("/api/pictures/" + id).json().path("edit").path("state").asString("").equals("ready"));
                var picture = person.get("/api/pictures/" + id).json();
                assertThat(picture.get("width").asInt()).isEqualTo((int) Math.round(4000 * width));
                assertThat(person.get("/api/pictures/" + id + "/renditions/full").status()).isEqualTo(200);
            }
            try (var files = Files.walk(folder)) {
                assertThat(files.filter(file -> file.toString().contains(id) && file.getFileName().toString().startsWith("thumb"))).hasSizeLessThanOrEqualTo(2);
            }
        }
    }
}
