package picup.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.Jobs;

/// How late news is. How much goes through, waits and fails is told with all other jobs, as kind `member-event`.
@Component
@InRole(Role.MEMBER)
@ConditionalOnProperty("picup.metrics.port")
class OutboxMetrics implements MeterBinder {
    private final Jobs jobs;

    OutboxMetrics(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder("picup.events.oldest.age", this::oldestAgeMs, TimeUnit.MILLISECONDS)
                .description("Age of the event that has been in the outbox for the longest; 0 when there is none").register(registry);
    }

    /// By the clock that made the ids.
    private long oldestAgeMs() {
        return jobs.oldest(MemberEvent.DELIVERY).map(added -> Math.max(0, Duration.between(added, Instant.now()).toMillis())).orElse(0L);
    }
}
