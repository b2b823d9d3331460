package picup.events.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import picup.events.Deliveries;
import picup.events.Delivery;
import picup.events.MemberEvent;
import picup.events.rabbitmq.QueueConsumer.Message;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.DeadLetters;
import picup.platform.jobs.JobKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The way of an event from RabbitMQ to the listeners, and of the broker's dead letters into ours. A message is acknowledged after the
/// transactions of the inbox. Several are taken at once; the inbox keeps the order of each member's news.
///
/// A database that is away is waited for with the message in hand: to give it back would only use up its deliveries.
@Component
@InRole({Role.STORAGE, Role.WORKER})
@ThroughRabbitMq
class TakeFromRabbitMq implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TakeFromRabbitMq.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final Broker broker;
    private final Deliveries deliveries;
    private final DeadLetters deadLetters;
    private final JobKind<Delivery> again;
    private final JsonMapper json;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile List<Thread> consumers = List.of();

    TakeFromRabbitMq(Broker broker, Deliveries deliveries, DeadLetters deadLetters, JobKind<Delivery> again, JsonMapper json) {
        this.broker = broker;
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.again = again;
        this.json = json;
    }

    /// An event that this release does not know may be replayed after the next one.
    private void take(Message message) throws InterruptedException {
        MemberEvent event;
        try {
            event = json.readValue(message.body(), MemberEvent.class);
        } catch (JacksonException e) {
            bury(message, "This is no event that this release knows: " + e.getOriginalMessage());
            return;
        }
        onceTheDatabaseIsThere(() -> deliveries.deliver(event));
    }

    private void bury(Message message) throws InterruptedException {
        bury(message, "RabbitMQ gave it up: " + message.headers().getOrDefault("x-first-death-reason", "unknown"));
    }

    private void bury(Message message, String reason) throws InterruptedException {
        int delivered = message.headers().get("x-delivery-count") instanceof Number before ? before.intValue() + 1 : 1;
        onceTheDatabaseIsThere(() -> deadLetters.keep(again, payload(message), delivered, reason));
        LOG.error("A message of RabbitMQ is a dead letter now. {}", reason);
    }

    /// As a [Delivery] to every listener, though the event may be none that can be read.
    private String payload(Message message) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("listener", null);
        try {
            payload.put("event", json.readTree(message.body()));
        } catch (JacksonException e) {
            payload.put("event", new String(message.body(), StandardCharsets.UTF_8).replace('\0', ' '));
        }
        return json.writeValueAsString(payload).replace("\\u0000", " "); // which PostgreSQL does not keep
    }

    private void onceTheDatabaseIsThere(Runnable work) throws InterruptedException {
        while (true) {
            try {
                work.run();
                return;
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("News has to wait: {}", e.toString());
                if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("This process ends", e);
                }
            }
        }
    }

    /// Nobody waits for the broker, least of all readiness.
    @Override
    public void start() {
        consumers = Stream.of(
                        new QueueConsumer(broker, Broker.QUEUE, this::take, stopping),
                        new QueueConsumer(broker, Broker.QUEUE, this::take, stopping),
                        new QueueConsumer(broker, Broker.DEAD, this::bury, stopping))
                .map(consumer -> Thread.ofVirtual().name("rabbitmq-inbox").start(consumer)).toList();
    }

    /// What is in hand is brought to its end.
    @Override
    public void stop() {
        stopping.countDown();
        long end = System.nanoTime() + SHUTDOWN.toNanos();
        try {
            for (var consumer : consumers) {
                consumer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumers = List.of();
    }

    @Override
    public boolean isRunning() {
        return !consumers.isEmpty();
    }

    @Override
    public int getPhase() {
        return 1;
    }
}
