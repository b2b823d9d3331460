package picup.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.Inbox.Turn;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.NotNow;
import picup.platform.jobs.Priority;

/// Brings an event to the listeners of this side, whichever way it came here: straight from the outbox, or through a broker.
@Component
@InRole({Role.STORAGE, Role.WORKER})
public class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Map<String, Listener> listeners;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final Jobs jobs;
    private final JobKind<Delivery> again;
    private final InstantSource clock;

    Deliveries(Map<String, Listener> listeners, Inbox inbox, TransactionTemplate transaction, Jobs jobs, JobKind<Delivery> again,
            InstantSource clock) {
        this.listeners = listeners;
        this.inbox = inbox;
        this.transaction = transaction;
        this.jobs = jobs;
        this.again = again;
        this.clock = clock;
    }

    /// Lets every listener hear the event, now or by a job of its own: when one fails, the others have nothing to do with it.
    /// When this returns, whoever brought the event may forget it; when it throws, the database was away.
    public void deliver(MemberEvent event) {
        for (var listener : listeners.keySet()) {
            try {
                deliver(listener, event);
            } catch (NotNow early) {
                later(listener, event, SHORTEST_WAIT);
            } catch (RuntimeException e) {
                LOG.warn("{} could not take in {} of {} and will be asked again: {}", listener, event.getClass().getSimpleName(),
                        event.member(), e.toString());
                later(listener, event, again.backoff());
            }
        }
    }

    private void later(String listener, MemberEvent event, Duration wait) {
        var delivery = new Delivery(listener, event);
        jobs.addOnce(again, delivery.id(), delivery, Priority.INTERACTIVE, clock.instant().plus(wait));
    }

    /// @throws NotNow when news before it has not been heard yet
    void deliver(String listener, MemberEvent event) throws NotNow {
        var hearer = listeners.get(listener);
        if (hearer == null) {
            LOG.info("Nobody is called {} any more, so nobody hears {}", listener, event);
            return;
        }
        var turn = transaction.execute(_ -> {
            var taken = inbox.take(again.lane().schema(), listener, event);
            if (taken == Turn.DUE) {
                hearer.on(event);
            }
            return taken;
        });
        if (turn == Turn.EARLY) {
            throw new NotNow("Event %d of %s has come before those that precede it".formatted(event.sequence(), event.member()), waitFor(event));
        }
    }

    /// The longer news has been waiting for its turn, the less often it asks.
    private Duration waitFor(MemberEvent event) {
        var wait = Duration.between(event.at(), clock.instant()).dividedBy(8);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
