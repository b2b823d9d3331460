package picup.events.rabbitmq;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where RabbitMQ is. Read only with `picup.events.broker=rabbitmq`.
///
/// @param addresses   `host:port`, with commas between the nodes of a cluster
/// @param username    of the broker
/// @param password    of the broker
/// @param virtualHost of the broker
/// @param tls         whether the connection is encrypted; the certificate has to be one that Java trusts, for that host
@ConfigurationProperties(prefix = "picup.rabbitmq", ignoreUnknownFields = false)
record RabbitMqSettings(
        @DefaultValue("localhost:5672") String addresses,
        @DefaultValue("guest") String username,
        @DefaultValue("guest") String password,
        @DefaultValue("/") String virtualHost,
        @DefaultValue("false") boolean tls) {
    @Override
    public String toString() {
        return "RabbitMqSettings[" + username + "@" + addresses + virtualHost + "]";
    }
}
