package picup.events.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.listener.AsyncConsumerStartedEvent;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import picup.events.Deliveries;
import picup.events.Delivery;
import picup.events.MemberEvent;
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
    private static final int AT_ONCE = 2;
    private static final int FETCHED_AHEAD = 32;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final Deliveries deliveries;
    private final DeadLetters deadLetters;
    private final JobKind<Delivery> again;
    private final JsonMapper json;
    private final CachingConnectionFactory connections;
    private final List<SimpleMessageListenerContainer> consumers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean connected = new AtomicBoolean(true);
    private volatile boolean running;

    TakeFromRabbitMq(Broker broker, Deliveries deliveries, DeadLetters deadLetters, JobKind<Delivery> again, JsonMapper json) {
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.again = again;
        this.json = json;
        connections = broker.connections("inbox");
        consumers = List.of(consumer(Broker.QUEUE, AT_ONCE, this::take), consumer(Broker.DEAD, 1, this::bury));
    }

    private SimpleMessageListenerContainer consumer(String queue, int atOnce, MessageListener listener) {
        var consumer = new SimpleMessageListenerContainer(connections);
        consumer.setQueueNames(queue);
        consumer.setConcurrentConsumers(atOnce);
        consumer.setPrefetchCount(FETCHED_AHEAD);
        consumer.setAcknowledgeMode(AcknowledgeMode.AUTO); // Spring's word for: after the listener has returned
        consumer.setMissingQueuesFatal(false);
        consumer.setAutoDeclare(false);
        consumer.setRecoveryInterval(RETRY.toMillis());
        consumer.setConsumerStartTimeout(RETRY.toMillis());
        consumer.setShutdownTimeout(SHUTDOWN.toMillis());
        consumer.setForceStop(true); // what was fetched ahead is given back
        consumer.setPossibleAuthenticationFailureFatal(false); // somebody may mend the account
        consumer.setApplicationEventPublisher(this::connection);
        consumer.setMessageListener(listener);
        consumer.afterPropertiesSet();
        return consumer;
    }

    /// Says once that the connection is lost, and once that it is back.
    private void connection(Object news) {
        if (news instanceof ListenerContainerConsumerFailedEvent failed && connected.getAndSet(false)) {
            LOG.warn("RabbitMQ cannot be reached; its events are not heard: {}", failed.getThrowable() == null ? failed.getReason() : failed.getThrowable().toString());
        } else if (news instanceof AsyncConsumerStartedEvent && !connected.getAndSet(true)) {
            LOG.info("Hearing events from RabbitMQ again");
        }
    }

    private void take(Message message) {
        var event = event(message);
        onceTheDatabaseIsThere(() -> deliveries.deliver(event));
    }

    /// An event that this release does not know may be replayed after the next one.
    private MemberEvent event(Message message) {
        try {
            return json.readValue(message.getBody(), MemberEvent.class);
        } catch (JacksonException e) {
            throw new AmqpRejectAndDontRequeueException("This is no event that this release knows", true, e);
        }
    }

    private void bury(Message message) {
        var headers = message.getMessageProperties().getHeaders();
        var reason = "RabbitMQ: " + headers.getOrDefault("x-first-death-reason", "unknown");
        int deliveries = headers.get("x-delivery-count") instanceof Number count ? count.intValue() + 1 : 1;
        onceTheDatabaseIsThere(() -> deadLetters.keep(again, payload(message), deliveries, reason));
        LOG.error("RabbitMQ gave up an event, which is a dead letter now: {}", reason);
    }

    /// As a [Delivery] to every listener, though the event may be none that can be read.
    private String payload(Message message) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("listener", null);
        try {
            payload.put("event", json.readTree(message.getBody()));
        } catch (JacksonException e) {
            payload.put("event", new String(message.getBody(), StandardCharsets.UTF_8).replace('\0', ' '));
        }
        return json.writeValueAsString(payload).replace("\\u0000", " "); // which PostgreSQL does not keep
    }

    private void onceTheDatabaseIsThere(Runnable work) {
        while (true) {
            try {
                work.run();
                return;
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("News has to wait: {}", e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ImmediateRequeueAmqpException("This process ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImmediateRequeueAmqpException("This process ends");
        }
    }

    /// Nobody waits for it, least of all readiness.
    @Override
    public void start() {
        running = true;
        consumers.forEach(consumer -> Thread.ofVirtual().name("rabbitmq-start").start(() -> begin(consumer)));
    }

    /// The end may come while a frozen broker keeps the beginning waiting.
    private void begin(SimpleMessageListenerContainer consumer) {
        consumer.start();
        if (stopping.getCount() == 0) {
            consumer.destroy();
            connections.destroy();
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        consumers.parallelStream().forEach(SimpleMessageListenerContainer::destroy);
        connections.destroy();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 1;
    }
}
