package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The first promise: an acknowledged upload is never lost, whatever is killed and whenever; and what was deleted for good stays so.
///
/// `-Dpicup.kill.rounds=20` for more kills, `-Dpicup.kill.seed=N` for the same victims and moments again (the machine
/// still has a say in what they hit).
class KillJourneyTest {
    private static final int ROUNDS = Integer.getInteger("picup.kill.rounds", 3);
    private static final long SEED = Long.getLong("picup.kill.seed", System.nanoTime());
    private static final List<String> MEMBERS = List.of("mina", "joon");
    private static final int CLIENTS = 2;
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private enum Victim { SERVER, DECODER, POSTGRES }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void everyReceiptHoldsWhateverIsKilledMeanwhile() throws Exception {
        System.out.printf("KillJourneyTest: %d kills, -Dpicup.kill.seed=%d%n", ROUNDS, SEED);
        try (var picup = Instance.starting(folder, InstanceClients.WITHOUT_GUARD)) {
            picup.awaitReady();
            MEMBERS.forEach(name -> Person.signUp(picup.address(), name));
            Map<String, Map<String, Integer>> kept;
            try (var clients = new InstanceClients(picup.address(), MEMBERS, CLIENTS, SEED)) {
                var random = new Random(SEED);
                for (var victim : victims(random)) {
                    Thread.sleep(200 + random.nextInt(1800));
                    kill(victim, picup);
                    long killed = System.nanoTime();
                    Awaitility.await("a receipt after the kill of " + victim + "; troubles so far: " + clients.troubles)
                            .atMost(RECOVERY).until(() -> clients.receivedSince(killed));
                    assertThat(picup.alive()).as("the server after the kill of " + victim).isTrue();
                    System.out.printf("killed %s: work goes on after %d ms%n", victim, (System.nanoTime() - killed) / 1_000_000);
                }
                clients.finish();
                kept = Map.copyOf(clients.kept);
                System.out.printf("%d uploads, %d deletions for good; meanwhile %s%n", clients.uploads.get(), clients.deletions.get(), clients.troubles);
                assertThat(clients.troubles.keySet()).as("answers that say neither yes nor try again").allMatch(KillJourneyTest::saysTryAgain);
            }
            kept.forEach((name, receipts) -> KeptPictures.require(receipts, Person.signIn(picup.address(), name)));
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
}
