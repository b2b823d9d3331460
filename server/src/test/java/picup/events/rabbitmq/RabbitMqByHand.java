package picup.events.rabbitmq;

import picup.events.Deliveries;
import picup.events.Delivery;
import picup.events.MemberEvent;
import picup.platform.jobs.DeadLetters;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import tools.jackson.databind.json.JsonMapper;

/// Both ends of the way through RabbitMQ, without Spring's context.
public final class RabbitMqByHand {
    private final Broker broker;
    private final JsonMapper json;

    /// @param address `host:port`
    public RabbitMqByHand(String address, JsonMapper json) {
        this.json = json;
        broker = new Broker(new RabbitMqSettings(address, "guest", "guest", "/", false));
    }

    public JobHandler<MemberEvent> publisher() {
        return new PublishToRabbitMq(broker, json);
    }

    public void startConsumer(Deliveries deliveries, DeadLetters deadLetters, JobKind<Delivery> again) {
        new TakeFromRabbitMq(broker, deliveries, deadLetters, again, json).start();
    }
}
