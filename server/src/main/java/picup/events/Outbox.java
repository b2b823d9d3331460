package picup.events;

import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// News that must not be lost: an event becomes a job in the transaction that made it true, and the job delivers it.
/// Delivery is at least once; the inbox of the listeners makes it once ([Listener]).
@Component
@InRole(Role.MEMBER)
public class Outbox {
    private final Jobs jobs;

    Outbox(Jobs jobs) {
        this.jobs = jobs;
    }

    /// Joins the surrounding transaction: published if and only if it commits.
    public void publish(MemberEvent event) {
        jobs.add(MemberEvent.DELIVERY, event, Priority.INTERACTIVE);
    }
}
