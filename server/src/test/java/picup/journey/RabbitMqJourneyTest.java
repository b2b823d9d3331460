package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.PicupApplication;
import picup.events.MemberEvent;
import picup.platform.Ids;
import picup.platform.TestDatabase;
import picup.platform.jobs.Jobs;

/// News through a real RabbitMQ, whatever happens to that.
class RabbitMqJourneyTest {
    private static final String EXCHANGE = "picup.member-events";
    private static final String QUEUE = "picup.member-events.storage";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RabbitMq rabbit;
    private static ConfigurableApplicationContext picup;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RabbitMq.isInstalled(), "rabbitmq-server is not installed");
        rabbit = new RabbitMq(java.nio.file.Files.createDirectory(folder.resolve("rabbitmq")));
        picup = startPicup();
        address = address(picup);
        // RabbitMQ 3.10 does not bring back a quorum queue that it was just making when it stopped
        awaitConsumers();
    }

    private static void awaitConsumers() {
        await().atMost(PATIENCE).ignoreExceptions().during(Duration.ofSeconds(2))
                .until(() -> rabbit.consumers(QUEUE) == 2 && rabbit.consumers(QUEUE + ".dead") == 1);
    }

    @AfterAll
    static void end() {
        if (rabbit != null) {
            rabbit.thaw();
            picup.close();
            rabbit.close();
        }
    }

    private static ConfigurableApplicationContext startPicup() {
        var database = TestDatabase.empty();
        var application = new SpringApplication(PicupApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run("--server.port=0", "--picup.data=" + folder.resolve("data"), "--picup.database.url=" + database.url(),
                "--picup.database.username=" + database.username(), "--picup.database.password=" + database.password(),
                "--picup.sign-up=open", "--picup.events.broker=rabbitmq", "--picup.rabbitmq.addresses=" + rabbit.address());
    }

    private static String address(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:" + ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @Test
    void theSpaceOfANewMemberIsMade() {
        requireOneSpaceEach(signUp(3));
    }

    @Test
    void signUpsGoOnWhileRabbitMqIsStopped() {
        rabbit.stop();
        var members = signUp(5);
        assertReady();
        assertThat(spaces(members)).isEmpty();

        rabbit.start();

        requireOneSpaceEach(members);
    }

    @Test
    void signUpsGoOnWhileRabbitMqIsFrozen() {
        rabbit.freeze();
        var members = signUp(5);
        assertReady();
        assertThat(spaces(members)).isEmpty();

        rabbit.thaw();

        requireOneSpaceEach(members);
        assertThat(count("SELECT count(*) FROM member.dead_letter")).isZero();
    }

    @Test
    void whatNoQueueTookIsPublishedAgain() {
        for (int round = 0; round < 5; round++) {
            rabbit.removeBinding(QUEUE, EXCHANGE, "storage");
            requireOneSpaceEach(signUp(1));
        }
    }

    @Test
    void aMessageThatNobodyCanReadBecomesADeadLetter() {
        rabbit.publish(EXCHANGE, "storage", "{\"type\": \"member-moved-to-mars\"}".getBytes(StandardCharsets.UTF_8));
        rabbit.publish(EXCHANGE, "storage", "no event \0 at all".getBytes(StandardCharsets.UTF_8));

        awaitDeadLetters("This is no event%", "{\"type\": \"member-moved-to-mars\"}", "no event   at all");
        requireOneSpaceEach(signUp(1));
    }

    @Test
    void whatTheBrokerGaveUpBecomesADeadLetter() {
        rabbit.publish("", QUEUE + ".dead", "{\"type\": \"member-of-the-dead\"}".getBytes(StandardCharsets.UTF_8));

        awaitDeadLetters("RabbitMQ gave it up%", "{\"type\": \"member-of-the-dead\"}");
    }

    private static void awaitDeadLetters(String reason, String... events) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sql()
                .sql("SELECT payload ->> 'event' FROM storage.dead_letter WHERE kind = 'member-event-again' AND reason LIKE :reason")
                .param("reason", reason).query(String.class).list()).containsExactlyInAnyOrder(events));
    }

    @Test
    void aProcessStartsServesAndEndsWhileRabbitMqIsFrozen() {
        rabbit.freeze();
        try (var other = startPicup()) {
            var person = new Person(address(other), null);
            assertThat(person.get("/health/ready").status()).isEqualTo(200);
            assertThat(signUp(other, 1)).hasSize(1);
            assertThat(other.getBean(Jobs.class).pending(MemberEvent.LANE)).isOne();
        } finally {
            rabbit.thaw();
        }
        // a consumer that outlived its process would take what others should hear
        awaitConsumers();
    }

    private static List<String> signUp(int many) {
        return signUp(picup, many);
    }

    private static List<String> signUp(ConfigurableApplicationContext context, int many) {
        var members = new ArrayList<String>();
        for (int i = 0; i < many; i++) {
            var answer = new Person(address(context), null)
                    .post("/api/members", Map.of("username", "person-" + Ids.next(), "password", "a long enough password"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            members.add(answer.json().get("id").asString());
        }
        return members;
    }

    private static void assertReady() {
        assertThat(new Person(address, null).get("/health/ready").status()).isEqualTo(200);
    }

    private static void requireOneSpaceEach(List<String> members) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(spaces(members)).containsExactlyInAnyOrderElementsOf(members));
        await().atMost(PATIENCE).until(() -> picup.getBean(Jobs.class).pending(MemberEvent.LANE) == 0);
    }

    private static List<String> spaces(List<String> members) {
        return sql().sql("SELECT owner_id::text FROM storage.space WHERE owner_id::text IN (:members)").param("members", members).query(String.class).list();
    }

    private static long count(String question) {
        return sql().sql(question).query(Long.class).single();
    }

    private static JdbcClient sql() {
        return picup.getBean(JdbcClient.class);
    }
}
