package picup.events;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import picup.journey.RabbitMq;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.TestDatabase;
import picup.platform.jobs.JobsByHand;

/// Not a test: how fast two relays are. `./picup bench relay` runs it, as its name keeps it out of all other runs.
class RelayMeasurement {
    private static final int BACKLOG = Integer.getInteger("picup.relay.backlog", 6000);
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @BeforeAll
    static void head() {
        System.out.println("| two relays, " + BACKLOG + " sign-ups waiting; then " + PER_SECOND + " a second, and the age of the oldest"
                + " | events/s | p50 ms | p99 ms | longest ms |");
        System.out.println("| --- | --- | --- | --- | --- |");
    }

    @Test
    void inProcess() throws Exception {
        measure("in process", Relay.IN_PROCESS);
    }

    @Test
    @EnabledIf("picup.journey.RabbitMq#isInstalled")
    void throughRabbitMq() throws Exception {
        try (var rabbit = new RabbitMq(Files.createDirectory(folder.resolve("rabbitmq")))) {
            measure("through RabbitMQ", rabbit.address());
        }
    }

    private void measure(String what, String broker) throws Exception {
        var database = TestDatabase.create();
        var jobs = new JobsByHand(database.pool(), Relay.KINDS);
        var outbox = new Outbox(jobs.jobs);
        jobs.sql.sql("CREATE TABLE heard (nth bigserial, member uuid NOT NULL, sequence bigint NOT NULL)").update();
        var relays = new ArrayList<Process>();
        try {
            for (int i = 0; i < 2; i++) {
                relays.add(Relay.start(database, broker, folder.resolve("relay.log")));
            }
            relays.forEach(Relay::awaitRelaying);
            // also warms them up
            signUps(jobs, outbox, BACKLOG);
            awaitSpaces(jobs, BACKLOG);

            long began = System.nanoTime();
            signUps(jobs, outbox, BACKLOG);
            awaitSpaces(jobs, 2 * BACKLOG);
            double perSecond = BACKLOG / ((System.nanoTime() - began) / 1e9);

            var ages = Collections.synchronizedList(new ArrayList<Long>());
            var running = CompletableFuture.runAsync(() -> steadily(jobs, outbox));
            while (!running.isDone()) {
                ages.add(jobs.jobs.oldest(MemberEvent.DELIVERY).map(added -> Duration.between(added, Instant.now()).toMillis()).orElse(0L));
                LockSupport.parkNanos(20_000_000);
            }
            running.get();
            awaitSpaces(jobs, 2 * BACKLOG + PER_SECOND * SECONDS);
            List<Long> sorted = ages.stream().sorted().toList();
            System.out.printf("| %s | %.0f | %d | %d | %d |%n", what, perSecond, sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 99 / 100), sorted.getLast());
        } finally {
            for (var relay : relays) {
                relay.destroyForcibly().waitFor();
            }
        }
    }

    /// All in one transaction, so that the relays begin with all of them there.
    private static void signUps(JobsByHand jobs, Outbox outbox, int many) {
        jobs.transaction.executeWithoutResult(_ -> {
            for (int i = 0; i < many; i++) {
                outbox.publish(signedUp());
            }
        });
    }

    private static void steadily(JobsByHand jobs, Outbox outbox) {
        long began = System.nanoTime();
        for (int i = 0; i < PER_SECOND * SECONDS; i++) {
            jobs.transaction.executeWithoutResult(_ -> outbox.publish(signedUp()));
            long due = began + i * (1_000_000_000L / PER_SECOND);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private static MemberSignedUp signedUp() {
        return new MemberSignedUp(Ids.next(), MemberId.random(), 1, "mina", "Mina", Instant.now());
    }

    private static void awaitSpaces(JobsByHand jobs, int many) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> jobs.sql.sql("SELECT count(*) FROM storage.space").query(Long.class).single() >= many);
    }
}
