package picup.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.events.rabbitmq.RabbitMqByHand;
import picup.platform.TestDatabase;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.JobsByHand;
import picup.platform.jobs.Lane;
import picup.storage.StorageByHand;

/// A process that does nothing but bring events from the outbox to the listeners of the product, so that it can be killed and started
/// often. It says `relaying` when it is at work, and ends with the one that started it.
public final class Relay {
    static final JobKind<Delivery> AGAIN = Delivery.in(new Lane("storage", "job", 4));
    static final List<JobKind<?>> KINDS = List.of(MemberEvent.DELIVERY, AGAIN);
    static final String IN_PROCESS = "in-process";

    private Relay() {}

    /// @param broker `in-process`, or the address of a RabbitMQ
    static Process start(TestDatabase database, String broker, Path log) {
        try {
            return new ProcessBuilder("setpriv", "--pdeathsig", "KILL", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path"),
                    Relay.class.getName(), database.url(), database.username(), database.password(), broker)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// False when it has ended before.
    static boolean awaitRelaying(Process relay) {
        try {
            return relay.inputReader().lines().anyMatch("relaying"::equals);
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var pool = new TestDatabase(arguments[0], arguments[1], arguments[2]).pool();
        var jobs = new JobsByHand(pool, KINDS);
        var deliveries = new Deliveries(listeners(jobs.sql), new Inbox(jobs.sql), jobs.transaction, jobs.jobs, AGAIN, InstantSource.system());
        JobHandler<MemberEvent> relay = new DeliverInProcess(deliveries);
        if (!arguments[3].equals(IN_PROCESS)) {
            var rabbit = new RabbitMqByHand(arguments[3], jobs.json);
            rabbit.startConsumer(deliveries, jobs.deadLetters, AGAIN);
            relay = rabbit.publisher();
        }
        jobs.run(List.of(relay, new DeliverAgain(AGAIN, deliveries)));
        System.out.println("relaying");
        Thread.sleep(Long.MAX_VALUE);
    }

    /// Those of the product, and one that writes down what it hears.
    private static Map<String, Listener> listeners(JdbcClient sql) {
        var listeners = new HashMap<>(StorageByHand.listeners(sql));
        listeners.put("journal", event -> sql.sql("INSERT INTO heard (member, sequence) VALUES (:member, :sequence)")
                .param("member", event.member().value()).param("sequence", event.sequence()).update());
        return listeners;
    }
}
