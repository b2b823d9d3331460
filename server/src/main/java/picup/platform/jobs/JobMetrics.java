package picup.platform.jobs;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Every lane and every kind of job, as metrics. What waits is counted when somebody asks.
@Component
@ConditionalOnProperty("picup.metrics.port")
class JobMetrics implements MeterBinder {
    private final Jobs jobs;
    private final DeadLetters deadLetters;
    private final JobCounts counts;
    private final List<JobKind<?>> kinds;

    JobMetrics(Jobs jobs, DeadLetters deadLetters, JobCounts counts, List<JobKind<?>> kinds) {
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.kinds = kinds;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var kind : kinds) {
            counter(registry, "picup.jobs.done", "Jobs that were done", kind, JobCounts.Count::done);
            counter(registry, "picup.jobs.failed", "Attempts that failed", kind, JobCounts.Count::failed);
            counter(registry, "picup.jobs.postponed", "Attempts that could not be made, through no fault of the job", kind, JobCounts.Count::postponed);
            counter(registry, "picup.jobs.given.up", "Jobs that gave up and are dead letters", kind, JobCounts.Count::gaveUp);
        }
        kinds.stream().map(JobKind::lane).distinct().forEach(lane -> {
            Gauge.builder("picup.jobs.pending", () -> jobs.pending(lane)).description("Jobs that wait or run")
                    .tag("lane", lane.table()).register(registry);
            Gauge.builder("picup.dead.letters", () -> deadLetters.count(lane)).description("What gave up and was not looked at, in the schema of the lane")
                    .tag("lane", lane.table()).register(registry);
        });
    }

    private void counter(MeterRegistry registry, String name, String description, JobKind<?> kind, Function<JobCounts.Count, LongAdder> count) {
        FunctionCounter.builder(name, counts.of(kind), counted -> count.apply(counted).sum()).description(description)
                .tag("kind", kind.name()).tag("essential", String.valueOf(kind.essential())).register(registry);
    }
}
