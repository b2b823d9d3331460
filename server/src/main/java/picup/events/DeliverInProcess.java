package picup.events;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;

/// The way of an event from the outbox when no broker is configured: straight to the listeners.
@Component
@InRole(Role.MEMBER)
@DependsOn("deliveryCheck") // which says in words what would be missing here
@ConditionalOnProperty(name = "picup.events.broker", havingValue = "in-process", matchIfMissing = true)
class DeliverInProcess implements JobHandler<MemberEvent> {
    private final Deliveries deliveries;

    DeliverInProcess(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public JobKind<MemberEvent> kind() {
        return MemberEvent.DELIVERY;
    }

    @Override
    public void run(MemberEvent event) {
        deliveries.deliver(event);
    }
}
