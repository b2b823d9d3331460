package picup.storage.scrub;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;

/// Damaged originals, and how far the scrub is. Each number is read from an index when somebody asks.
@Component
@InRole(Role.WORKER)
@ConditionalOnProperty("picup.metrics.port")
class ScrubMetrics implements MeterBinder {
    private final JdbcClient sql;
    private final ReadBack readBack;
    private final TendOriginal tend;

    ScrubMetrics(JdbcClient sql, ReadBack readBack, TendOriginal tend) {
        this.sql = sql;
        this.readBack = readBack;
        this.tend = tend;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("picup.scrub.read.bytes", readBack, ReadBack::readBytes).description("Bytes of originals that were read back").register(registry);
        FunctionCounter.builder("picup.scrub.healed", tend, TendOriginal::healed).description("Originals that were damaged and are good again").register(registry);
        damaged(registry, "missing");
        damaged(registry, "altered");
        gauge(registry, "picup.scrub.copies.damaged", "Copies that are missing or altered",
                "SELECT count(*) FROM storage.blob WHERE (state <> 'sound' OR copy_state <> 'sound') AND copy_state <> 'sound'");
        gauge(registry, "picup.scrub.oldest.age.seconds", "Since the original that was not read back for the longest was",
                "SELECT coalesce(extract(epoch FROM now() - min(checked_at)), 0)::bigint FROM storage.blob");
        gauge(registry, "picup.scrub.unchecked.age.seconds", "Since the oldest original that was never read back was kept",
                "SELECT coalesce(extract(epoch FROM now() - min(kept_at)), 0)::bigint FROM storage.blob WHERE checked_at IS NULL");
    }

    private void damaged(MeterRegistry registry, String state) {
        Gauge.builder("picup.scrub.damaged", () -> number("SELECT count(*) FROM storage.blob WHERE (state <> 'sound' OR copy_state <> 'sound') AND state = '" + state + "'"))
                .description("Originals that are not what they should be").tag("state", state).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, String query) {
        Gauge.builder(name, () -> number(query)).description(description).register(registry);
    }

    private long number(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
