package picup.events.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/// Connections to RabbitMQ, and what has to be there: declared at each connection, and again by whoever misses it.
///
/// Every wait is short, because a broker that is frozen takes connections and answers nothing.
@Component
@ThroughRabbitMq
class Broker {
    static final String EXCHANGE = "picup.member-events";
    /// Of the only queue so far. A second audience gets a key, a queue and a publication of its own: an event that one queue of
    /// a key takes is not returned for the sake of another that is missing.
    static final String STORAGE = "storage";
    static final String QUEUE = EXCHANGE + "." + STORAGE;
    static final String DEAD = QUEUE + ".dead";

    /// Far above what restarts cause, far below what a message that kills its consumer would do to the machine.
    private static final int DELIVERY_LIMIT = 20;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /// A frozen broker is noticed after two of them are missed.
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final RabbitMqSettings settings;

    Broker(RabbitMqSettings settings) {
        this.settings = settings;
    }

    /// For the relay.
    CachingConnectionFactory connections() {
        var connections = new CachingConnectionFactory(client());
        connections.setAddresses(settings.addresses());
        connections.setUsername(settings.username());
        connections.setPassword(settings.password());
        connections.setVirtualHost(settings.virtualHost());
        connections.setRequestedHeartBeat((int) HEARTBEAT.toSeconds());
        connections.setCloseTimeout((int) ANSWER.toMillis());
        connections.setConnectionNameStrategy(_ -> "picup outbox");
        connections.addConnectionListener(connection -> {
            try (var channel = connection.createChannel(false)) {
                declare(channel);
            } catch (Exception e) {
                throw new IllegalStateException("The exchange and the queues of " + EXCHANGE + " could not be declared", e);
            }
        });
        return connections;
    }

    /// For a consumer.
    Connection connect() throws IOException, TimeoutException {
        var client = client();
        client.setUsername(settings.username());
        client.setPassword(settings.password());
        client.setVirtualHost(settings.virtualHost());
        client.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
        return client.newConnection(Address.parseAddresses(settings.addresses()), "picup inbox");
    }

    private ConnectionFactory client() {
        var client = new ConnectionFactory();
        client.setAutomaticRecoveryEnabled(false); // who uses a connection makes another
        client.setConnectionTimeout((int) CONNECT.toMillis());
        client.setHandshakeTimeout((int) ANSWER.toMillis());
        client.setChannelRpcTimeout((int) ANSWER.toMillis());
        client.setShutdownTimeout((int) ANSWER.toMillis());
        if (settings.tls()) {
            try {
                client.useSslProtocol(SSLContext.getDefault());
                client.enableHostnameVerification();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("picup.rabbitmq.tls needs TLS, which this Java does not have", e);
            }
        }
        return client;
    }

    /// Puts back what somebody removed.
    void repair(RabbitTemplate template) {
        template.execute(channel -> {
            declare(channel);
            return true;
        });
    }

    /// Does nothing where all is there. The dead letters are moved with confirmation, which needs `reject-publish`.
    static void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(EXCHANGE, "direct", true);
        channel.queueDeclare(DEAD, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueDeclare(QUEUE, true, false, false, Map.of(
                "x-queue-type", "quorum",
                "x-delivery-limit", DELIVERY_LIMIT,
                "x-dead-letter-exchange", "",
                "x-dead-letter-routing-key", DEAD,
                "x-dead-letter-strategy", "at-least-once",
                "x-overflow", "reject-publish"));
        channel.queueBind(QUEUE, EXCHANGE, STORAGE);
    }
}
