package picup.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;

/// Whether spaces say what is in them. Of the process that added up last; one that has not has no number.
@Component
@InRole(Role.WORKER)
@ConditionalOnProperty("picup.metrics.port")
class SpaceMetrics implements MeterBinder {
    private final ReconcileSpaces reconcile;

    SpaceMetrics(ReconcileSpaces reconcile) {
        this.reconcile = reconcile;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("picup.space.drift.bytes", () -> reconcile.lastDriftBytes().stream().asDoubleStream().findAny().orElse(Double.NaN))
                .description("By how much spaces differed from the sum of what is in them, at the last reconcile, which puts it right. Anything but 0 is a defect")
                .register(registry);
    }
}
