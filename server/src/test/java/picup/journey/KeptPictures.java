package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// Whether a member has what the receipts say.
final class KeptPictures {
    private KeptPictures() {}

    private static final Duration ALL_SHOWN = Duration.ofMinutes(20);

    /// Exactly these pictures, with their bytes, charged once, and all of them shown.
    ///
    /// @param receipts digest → size
    static void require(Map<String, Integer> receipts, Person person) {
        assertThat(requireAtLeast(receipts, person).keySet()).containsExactlyInAnyOrderElementsOf(receipts.keySet());
    }

    /// As [#require], where the last answers did not arrive: there may be further pictures, whole and charged too.
    ///
    /// @return by digest, what is not in the trash
    static Map<String, JsonNode> requireAtLeast(Map<String, Integer> receipts, Person person) {
        var kept = new HashMap<String, JsonNode>();
        // A picture whose time is read moves in the timeline, and perhaps from one page to the next.
        Awaitility.await("no picture in work").atMost(ALL_SHOWN).pollInterval(Duration.ofSeconds(1))
                .until(() -> all("/api/pictures", person).stream().noneMatch(picture -> picture.get("state").asString().equals("processing")));
        for (var picture : all("/api/pictures", person)) {
            assertThat(kept.put(picture.get("sha256").asString(), picture)).as("a picture that is there twice").isNull();
        }
        assertThat(kept.keySet()).containsAll(receipts.keySet());
        kept.forEach((digest, picture) -> {
            var original = person.get("/api/pictures/" + picture.get("id").asString() + "/original");
            assertThat(InstanceClients.sha256(original.body())).isEqualTo(digest);
        });
        int inTimeline = person.get("/api/timeline").json().valueStream().mapToInt(month -> month.get("count").asInt()).sum();
        assertThat(inTimeline).isEqualTo(kept.size());
        long bytes = Stream.concat(kept.values().stream(), all("/api/trash", person).stream()).mapToLong(picture -> picture.get("sizeBytes").asLong()).sum();
        assertThat(person.get("/api/space").json().get("usedBytes").asLong()).isEqualTo(bytes);
        kept.values().forEach(picture -> assertThat(person.settled(picture.get("id").asString()).get("state").asString())
                .as("what became of a photo whose decoder may have been killed").isEqualTo("ready"));
        return kept;
    }

    private static List<JsonNode> all(String list, Person person) {
        var pictures = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = person.get(list + "?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            page.get("pictures").forEach(pictures::add);
            cursor = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!cursor.isEmpty());
        return pictures;
    }
}
