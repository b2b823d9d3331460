package picup.media;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import picup.media.decoding.DecodingBudget;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.NotNow;

/// Keeps a worker to what administrators ordered. It looks when there is something to decode and it has not looked for two
/// seconds, so that an idle worker asks nothing and a busy one follows at once.
@Component
@InRole(Role.WORKER)
class FollowOrders {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /// Each waiting job is looked at so often while decoding is paused: ten thousand of them are 33 a second. The end of
    /// the pause brings all of them forward, see [ChangeDecoding].
    private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

    private final DecodingOrders orders;
    private final WorkerSettings settings;
    private final DecodingBudget budget;
    private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime() - BETWEEN_LOOKS.toNanos());
    private volatile boolean paused;

    FollowOrders(DecodingOrders orders, WorkerSettings settings, DecodingBudget budget) {
        this.orders = orders;
        this.settings = settings;
        this.budget = budget;
    }

    /// @throws NotNow while decoding is paused
    void follow() throws NotNow {
        long looked = lookedNanos.get();
        long now = System.nanoTime();
        // While paused every job looks, as each may be the first after the pause.
        if (paused || now - looked >= BETWEEN_LOOKS.toNanos() && lookedNanos.compareAndSet(looked, now)) {
            obey(orders.current());
        }
        if (paused) {
            throw new NotNow("Decoding is paused", WHILE_PAUSED);
        }
    }

    private void obey(DecodingOrder order) {
        paused = settings.paused() || order.paused();
        int decoders = order.decoders() == null ? settings.decodersHere() : order.decoders();
        budget.change(decoders, order.memoryBytes() == null ? settings.memoryBytesFor(decoders) : order.memoryBytes());
    }
}
