package picup.events.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one message after the other from a queue, and acknowledges each when it has been dealt with. Whatever happens to the connection, it is thrown
/// away and another is made, with no wait that is longer than those of [Broker].
final class QueueConsumer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
    private static final int FETCHED_AHEAD = 32;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    record Message(long tag, byte[] body, Map<String, Object> headers) {}

    /// When it throws, the message goes back to the queue and counts as delivered once more.
    @FunctionalInterface
    interface Taker {
        void take(Message message) throws InterruptedException;
    }

    private final Broker broker;
    private final String queue;
    private final Taker taker;
    private final CountDownLatch stopping;
    private boolean lost;

    /// @param stopping ends it when it is counted down
    QueueConsumer(Broker broker, String queue, Taker taker, CountDownLatch stopping) {
        this.broker = broker;
        this.queue = queue;
        this.taker = taker;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (stopping.getCount() > 0) {
                consumeUntilItBreaks();
                stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consumeUntilItBreaks() throws InterruptedException {
        try {
            var connection = broker.connect();
            try {
                var channel = connection.createChannel();
                Broker.declare(channel);
                consume(channel);
            } finally {
                connection.abort((int) CLOSE.toMillis());
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            if (!lost) {
                LOG.warn("{} cannot be consumed: {}", queue, e.toString());
            }
            lost = true;
        }
    }

    private void consume(Channel channel) throws IOException, InterruptedException {
        channel.basicQos(FETCHED_AHEAD);
        BlockingQueue<Optional<Message>> arrived = new LinkedBlockingQueue<>();
        channel.basicConsume(queue, false, new Arrivals(channel, arrived));
        if (lost) {
            LOG.info("{} is consumed again", queue);
        }
        lost = false;
        while (stopping.getCount() > 0) {
            var next = arrived.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                continue;
            }
            var message = next.orElseThrow(() -> new IOException("The connection was lost, or the queue is gone"));
            taker.take(message);
            channel.basicAck(message.tag(), false);
        }
    }

    /// Hands over what the client's threads receive; empty at the end.
    private static final class Arrivals extends DefaultConsumer {
        private final BlockingQueue<Optional<Message>> arrived;

        Arrivals(Channel channel, BlockingQueue<Optional<Message>> arrived) {
            super(channel);
            this.arrived = arrived;
        }

        @Override
        public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            arrived.add(Optional.of(new Message(envelope.getDeliveryTag(), body, properties.getHeaders() == null ? Map.of() : properties.getHeaders())));
        }

        @Override
        public void handleCancel(String consumer) {
            arrived.add(Optional.empty());
        }

        @Override
        public void handleShutdownSignal(String consumer, ShutdownSignalException reason) {
            arrived.add(Optional.empty());
        }
    }
}
