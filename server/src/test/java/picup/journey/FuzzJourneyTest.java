package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import picup.media.decoding.Mutation;

/// Broken files, sent to the running product: nothing of it is the server's failure. Many more go to decoders alone, in `FuzzTest`.
class FuzzJourneyTest {
    private static final int FILES = 12;

    private final Person person = Product.newPerson();

    @Test
    void brokenFilesEndShownOrRefusedAndComeBackAsTheyWere() throws Exception {
        var sources = List.of(Samples.photo(), Samples.photo(200, 150), Samples.video(), Samples.oldVideo());
        var ends = new ArrayList<String>();
        try (var four = Executors.newFixedThreadPool(4)) {
            var sent = new ArrayList<Callable<String>>();
            for (int seed = 0; seed < FILES; seed++) {
                var broken = Mutation.of(sources.get(seed % sources.size()), sources, seed);
                var name = "broken-" + seed + ".jpg";
                sent.add(() -> end(name, broken));
            }
            for (var end : four.invokeAll(sent)) {
                ends.add(end.get());
            }
        }
        System.out.println(ends);
        assertThat(ends).allMatch(end -> end.matches(".*: (refused|ready|failed)"));
        assertThat(ends).anyMatch(end -> end.endsWith("ready")).anyMatch(end -> !end.endsWith("ready"));
        assertThat(person.get("/health/ready").status()).isEqualTo(200);
        person.show("after.jpg", Samples.photo());
    }

    private String end(String name, byte[] broken) {
        var answer = person.upload(name, broken);
        if (answer.status() == 415 || answer.status() == 400) {
            return name + ": refused";
        }
        assertThat(answer.status()).as(name + " " + answer).isIn(200, 201);
        var id = answer.json().get("id").asString();
        var state = person.settled(id).get("state").asString();
        assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(broken);
        for (var rendition : List.of("thumb", "preview", "full", "video")) {
            assertThat(person.get("/api/pictures/" + id + "/renditions/" + rendition).status()).as(name + " " + rendition).isIn(200, 404);
        }
        return name + ": " + state;
    }
}
