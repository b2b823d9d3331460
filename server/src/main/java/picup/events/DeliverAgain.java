package picup.events;

import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.NotNow;

/// Asks a listener again to take in what it could not take in at first.
@Component
@InRole(Role.WORKER)
class DeliverAgain implements JobHandler<Delivery> {
    private final JobKind<Delivery> kind;
    private final Deliveries deliveries;

    DeliverAgain(JobKind<Delivery> kind, Deliveries deliveries) {
        this.kind = kind;
        this.deliveries = deliveries;
    }

    @Override
    public JobKind<Delivery> kind() {
        return kind;
    }

    @Override
    public void run(Delivery delivery) throws NotNow {
        if (delivery.listener() == null) {
            deliveries.deliver(delivery.event());
        } else {
            deliveries.deliver(delivery.listener(), delivery.event());
        }
    }
}
