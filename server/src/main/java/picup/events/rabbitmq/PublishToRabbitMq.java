package picup.events.rabbitmq;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import picup.events.MemberEvent;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.NotNow;
import tools.jackson.databind.json.JsonMapper;

/// The way of an event from the outbox to RabbitMQ. It has arrived when the broker has confirmed it *and* has not returned it:
/// a message that no queue takes is confirmed all the same.
///
/// Several events are under way at once, one a thread of the lane. When the broker is away, the threads keep the event they have and
/// one of them knocks every second. So a backlog of any length costs nothing while it waits, and goes out at full speed afterwards. No
/// event is to blame for a broker, so none loses an attempt by it.
@Component
@InRole(Role.MEMBER)
@ThroughRabbitMq
class PublishToRabbitMq implements JobHandler<MemberEvent>, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(PublishToRabbitMq.class);
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(3);
    private static final Duration BETWEEN_KNOCKS = Duration.ofSeconds(1);

    /// Shorter than the time after which jobs that were taken ahead count as those of a dead process.
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final Duration AFTER_PATIENCE = Duration.ofSeconds(1);

    private final Broker broker;
    private final JsonMapper json;
    private final CachingConnectionFactory connections;
    private final RabbitTemplate template;
    private final ReentrantLock knocking = new ReentrantLock();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean away;

    PublishToRabbitMq(Broker broker, JsonMapper json) {
        this.broker = broker;
        this.json = json;
        connections = broker.connections();
        connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        connections.setPublisherReturns(true);
        template = new RabbitTemplate(connections);
        template.setMandatory(true);
    }

    @Override
    public JobKind<MemberEvent> kind() {
        return MemberEvent.DELIVERY;
    }

    @Override
    public void run(MemberEvent event) throws NotNow, InterruptedException {
        if (!away && published(event)) {
            return;
        }
        if (!knocking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new NotNow("RabbitMQ has been away for a while", AFTER_PATIENCE);
        }
        try {
            knock(event);
        } finally {
            knocking.unlock();
        }
    }

    private void knock(MemberEvent event) throws NotNow, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (stopping.getCount() > 0 && System.nanoTime() < end) {
            if ((!away || repaired()) && published(event)) {
                if (away) {
                    LOG.info("RabbitMQ takes events again");
                    away = false;
                }
                return;
            }
            stopping.await(BETWEEN_KNOCKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new NotNow("RabbitMQ takes no events", AFTER_PATIENCE);
    }

    private boolean repaired() {
        try {
            broker.repair(template);
            return true;
        } catch (AmqpException | IllegalStateException e) {
            missed(e.toString());
            return false;
        }
    }

    private boolean published(MemberEvent event) throws InterruptedException {
        var correlation = new CorrelationData(event.eventId().toString());
        try {
            template.send(Broker.EXCHANGE, Broker.STORAGE, MessageBuilder.withBody(json.writeValueAsBytes(event))
                    .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                    .setMessageId(event.eventId().toString())
                    .setDeliveryMode(MessageDeliveryMode.PERSISTENT).build(), correlation);
            var confirm = correlation.getFuture().get(CONFIRMED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            var returned = correlation.getReturned();
            if (confirm.ack() && returned == null) {
                return true;
            }
            missed(returned == null ? "not confirmed: " + confirm.reason() : "taken by no queue: " + returned.getReplyText());
        } catch (TimeoutException e) {
            missed("not confirmed within " + CONFIRMED_WITHIN);
        } catch (AmqpException | IllegalStateException | ExecutionException e) {
            missed(e.toString());
        }
        return false;
    }

    /// Says so once, not every second.
    private void missed(String reason) {
        if (!away) {
            LOG.warn("RabbitMQ does not take events, which wait in the outbox: {}", reason);
        }
        away = true;
    }

    /// Said before anything stops, as the jobs are waited for.
    @EventListener
    void stop(ContextClosedEvent closing) {
        stopping.countDown();
    }

    @Override
    public void destroy() {
        connections.destroy();
    }
}
