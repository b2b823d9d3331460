package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.Ids;
import picup.platform.TestRedis;

/// People sign up, twenty a second, while everything that is not the member role's own database is stopped or frozen, one by
/// one and together. Every one of them gets an account at once, and a space soon after the fault has ended.
///
/// Prints how long sign-ups took; `./picup bench faults` holds each fault for longer and keeps what it printed.
class FaultJourneyTest {
    private static final int A_SECOND = 20;
    private static final int SECONDS = Integer.getInteger("picup.faults.seconds", 1);
    private static final int WARM_UP = 80;

    /// What the product promises is ten seconds; what is asserted leaves room for a machine that does other work too.
    private static final Duration AFTER_THE_FAULT = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RabbitMq rabbit;
    private static TestRedis redis;
    private static Split picup;
    private static JdbcClient member;
    private static JdbcClient storage;

    /// @param begin what goes wrong
    /// @param end   puts it right
    private record Fault(Runnable begin, Runnable end) {}

    /// @param member the id
    /// @param millis from the moment when the request was due
    private record SignedUp(String member, String username, double millis) {}

    @BeforeAll
    static void start() throws Exception {
        rabbit = new RabbitMq(Files.createDirectory(folder.resolve("rabbitmq")));
        redis = new TestRedis(Files.createDirectory(folder.resolve("redis")));
        picup = new Split(Files.createDirectory(folder.resolve("picup")), "picup.events.broker=rabbitmq",
                "picup.rabbitmq.addresses=" + rabbit.address(), "picup.redis.url=" + redis.url());
        member = JdbcClient.create(picup.memberDatabase.pool());
        storage = JdbcClient.create(picup.storageDatabase.pool());
        // RabbitMQ 3.10 does not bring back a quorum queue that it was just making when it stopped
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> rabbit.consumers("picup.member-events.storage") >= 2);
        signUps(WARM_UP);
        System.out.println("| fault | sign-ups | p50 ms | p99 ms | most ms | all have a space after s |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
    }

    @AfterAll
    static void stop() throws Exception {
        if (picup != null) {
            picup.storage.thaw();
            picup.worker.thaw();
            picup.close();
        }
        if (redis != null) {
            redis.thaw();
            redis.close();
        }
        if (rabbit != null) {
            rabbit.thaw();
            rabbit.close();
        }
    }

    private static Map<String, Fault> faults() {
        var faults = new LinkedHashMap<String, Fault>();
        faults.put("none", new Fault(() -> {}, () -> {}));
        faults.put("RabbitMQ stopped", new Fault(rabbit::stop, rabbit::start));
        faults.put("RabbitMQ frozen", new Fault(rabbit::freeze, rabbit::thaw));
        faults.put("Redis stopped", new Fault(redis::stop, redis::start));
        faults.put("Redis frozen", new Fault(redis::freeze, redis::thaw));
        faults.put("storage and worker killed", new Fault(FaultJourneyTest::killStorage, FaultJourneyTest::startStorage));
        faults.put("storage and worker frozen", new Fault(FaultJourneyTest::freezeStorage, FaultJourneyTest::thawStorage));
        faults.put("the queue's binding removed",
                new Fault(() -> rabbit.removeBinding("picup.member-events.storage", "picup.member-events", "storage"), () -> {}));
        faults.put("all of them frozen", new Fault(() -> {
            rabbit.freeze();
            redis.freeze();
            freezeStorage();
        }, () -> {
            thawStorage();
            redis.thaw();
            rabbit.thaw();
        }));
        faults.put("all of them stopped", new Fault(() -> {
            rabbit.stop();
            redis.stop();
            killStorage();
        }, () -> {
            startStorage();
            redis.start();
            rabbit.start();
        }));
        return faults;
    }

    private static void killStorage() {
        picup.storage.kill();
        picup.worker.kill();
    }

    private static void startStorage() {
        picup.storage.launchAgain();
        picup.worker.launchAgain();
        picup.storage.awaitReady();
        picup.worker.awaitReady();
    }

    private static void freezeStorage() {
        picup.storage.freeze();
        picup.worker.freeze();
    }

    private static void thawStorage() {
        picup.storage.thaw();
        picup.worker.thaw();
    }

    @TestFactory
    List<DynamicTest> signUpGoesOnWhile() {
        return faults().entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> withstand(fault.getKey(), fault.getValue()))).toList();
    }

    private static void withstand(String name, Fault fault) throws Exception {
        List<SignedUp> members;
        fault.begin().run();
        try {
            members = signUps(A_SECOND * SECONDS);
            for (int i = 0; i < members.size(); i += A_SECOND) {
                Person.signIn(picup.member.address(), members.get(i).username());
            }
            assertThat(new Person(picup.member.address(), null).get("/health/ready").status()).isEqualTo(200);
        } finally {
            fault.end().run();
        }
        long ended = System.nanoTime();
        var ids = members.stream().map(member -> UUID.fromString(member.member())).toList();
        await().atMost(AFTER_THE_FAULT).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(spaces(ids)).isEqualTo(ids.size()));
        double seconds = (System.nanoTime() - ended) / 1e9;
        // heard once each, by the one listener, and nothing is left to hear
        assertThat(storage.sql("SELECT count(*) FROM storage.inbox WHERE member_id IN (:ids) AND sequence = 1").param("ids", ids).query(Long.class).single())
                .isEqualTo(ids.size());
        await().atMost(AFTER_THE_FAULT).until(() -> count(member, "member.outbox") == 0);
        assertThat(count(storage, "storage.dead_letter")).isZero();
        var millis = members.stream().mapToDouble(SignedUp::millis).sorted().toArray();
        System.out.printf("| %s | %d | %.0f | %.0f | %.0f | %.1f |%n", name, millis.length, millis[millis.length / 2],
                millis[(int) Math.ceil(millis.length * 0.99) - 1], millis[millis.length - 1], seconds);
    }

    /// Each at its time, whether those before have been answered or not.
    private static List<SignedUp> signUps(int many) throws Exception {
        var all = new ArrayList<Future<SignedUp>>();
        long first = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                long due = first + i * TimeUnit.SECONDS.toNanos(1) / A_SECOND;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                all.add(threads.submit(() -> signUp(due)));
            }
        }
        var members = new ArrayList<SignedUp>();
        for (var each : all) {
            members.add(each.get());
        }
        return members;
    }

    private static SignedUp signUp(long due) {
        var username = "person-" + Ids.next();
        var answer = new Person(picup.member.address(), null)
                .post("/api/members", Map.of("username", username, "password", "a long enough password"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return new SignedUp(answer.json().get("id").asString(), username, (System.nanoTime() - due) / 1e6);
    }

    private static int spaces(List<UUID> members) {
        return storage.sql("SELECT count(*) FROM storage.space WHERE owner_id IN (:ids)").param("ids", members).query(Integer.class).single();
    }

    private static long count(JdbcClient sql, String table) {
        return sql.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
