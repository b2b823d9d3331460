package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The first promise: an acknowledged upload is never lost, whatever is killed and whenever.
///
/// `-Dpicup.kill.rounds=20` for more kills, `-Dpicup.kill.seed=N` for the same victims and moments again (the machine
/// still has a say in what they hit).
class KillJourneyTest {
    private static final int ROUNDS = Integer.getInteger("picup.kill.rounds", 5);
    private static final long SEED = Long.getLong("picup.kill.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private enum Victim { SERVER, DECODER, POSTGRES }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void everyReceiptHoldsWhateverIsKilledMeanwhile() throws Exception {
        System.out.printf("KillJourneyTest: %d kills, -Dpicup.kill.seed=%d%n", ROUNDS, SEED);
        try (var picup = new Instance(folder)) {
            var person = Person.signUp(picup.address(), "mina");
            Map<String, Integer> receipts;
            try (var clients = new InstanceClients(person, CLIENTS, SEED)) {
                var random = new Random(SEED);
                for (var victim : victims(random)) {
                    Thread.sleep(200 + random.nextInt(1800));
                    kill(victim, picup);
                    long killed = System.nanoTime();
                    Awaitility.await("a receipt after the kill of " + victim + "; troubles so far: " + clients.troubles)
                            .atMost(RECOVERY).until(() -> clients.receivedSince(killed));
                    assertThat(picup.alive()).as("the server after the kill of " + victim).isTrue();
                    System.out.printf("killed %s: uploads go on after %d ms%n", victim, (System.nanoTime() - killed) / 1_000_000);
                }
                clients.finish();
                receipts = Map.copyOf(clients.receipts);
                System.out.printf("%d receipts; meanwhile %s%n", receipts.size(), clients.troubles);
                assertThat(clients.troubles.keySet()).as("answers that say neither yes nor try again").allMatch(KillJourneyTest::saysTryAgain);
            }
            requireKept(receipts, person);
        }
    }

    /// Each kind in turn, in an order of its own each time.
    private static List<Victim> victims(Random random) {
        var victims = new ArrayList<Victim>();
        while (victims.size() < ROUNDS) {
            var round = new ArrayList<>(List.of(Victim.values()));
            Collections.shuffle(round, random);
            victims.addAll(round);
        }
        return victims.subList(0, ROUNDS);
    }

    private static void kill(Victim victim, Instance picup) {
        switch (victim) {
            case SERVER -> picup.killServerAndStartAgain();
            case DECODER -> Awaitility.await("a decoder to kill").atMost(RECOVERY).until(picup::killDecoder);
            case POSTGRES -> Awaitility.await("a PostgreSQL to kill").atMost(RECOVERY).until(picup::killPostgres);
        }
    }

    private static boolean saysTryAgain(String trouble) {
        return trouble.startsWith("503 ") || trouble.endsWith("Exception");
    }

    private static void requireKept(Map<String, Integer> receipts, Person person) {
        var kept = new HashMap<String, JsonNode>();
        for (var picture : allPictures(person)) {
            assertThat(kept.put(picture.get("sha256").asString(), picture)).as("a picture that is there twice").isNull();
        }
        assertThat(kept.keySet()).containsAll(receipts.keySet());
        receipts.keySet().forEach(digest -> {
            var original = person.get("/api/pictures/" + kept.get(digest).get("id").asString() + "/original");
            assertThat(InstanceClients.sha256(original.body())).isEqualTo(digest);
        });
        int inTimeline = person.get("/api/timeline").json().valueStream().mapToInt(month -> month.get("count").asInt()).sum();
        assertThat(inTimeline).isEqualTo(kept.size());
        assertThat(person.get("/api/space").json().get("usedBytes").asLong())
                .isEqualTo(kept.values().stream().mapToLong(picture -> picture.get("sizeBytes").asLong()).sum());
        kept.values().forEach(picture -> assertThat(person.settled(picture.get("id").asString()).get("state").asString())
                .as("what became of a photo whose decoder may have been killed").isEqualTo("ready"));
    }

    private static List<JsonNode> allPictures(Person person) {
        var pictures = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = person.get("/api/pictures?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            page.get("pictures").forEach(pictures::add);
            cursor = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!cursor.isEmpty());
        return pictures;
    }
}
