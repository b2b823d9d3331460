package picup.events;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How news travels.
///
/// @param broker from the outbox to the listeners: `in-process`, or through `rabbitmq`
@ConfigurationProperties(prefix = "picup.events", ignoreUnknownFields = false)
record EventSettings(@DefaultValue("in-process") Broker broker) {
    enum Broker { IN_PROCESS, RABBITMQ }
}
