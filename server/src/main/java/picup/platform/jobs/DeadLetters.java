package picup.platform.jobs;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.Ids;

/// What gave up, with its reason, until somebody looks. Each schema with a lane has the table `dead_letter`.
@Component
public class DeadLetters {
    private static final int LONGEST_REASON = 2000;

    private final JdbcClient sql;
    private final InstantSource clock;

    DeadLetters(JdbcClient sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /// @param payload JSON
    /// @param reason  cut when it is long
    public void keep(JobKind<?> kind, String payload, int attempts, String reason) {
        var text = reason.replace('\0', ' ');
        sql.sql("""
                INSERT INTO %s.dead_letter (id, kind, payload, attempts, reason, failed_at, essential)
                VALUES (:id, :kind, :payload::jsonb, :attempts, :reason, :at, :essential)
                """.formatted(kind.lane().schema()))
                .param("id", Ids.next())
                .param("kind", kind.name())
                .param("payload", payload)
                .param("attempts", attempts)
                .param("reason", text.substring(0, Math.min(text.length(), LONGEST_REASON)))
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("essential", kind.essential())
                .update();
    }

    public long count(Lane lane) {
        return sql.sql("SELECT count(*) FROM " + lane.schema() + ".dead_letter").query(Long.class).single();
    }
}
