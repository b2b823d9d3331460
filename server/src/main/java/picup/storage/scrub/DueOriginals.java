package picup.storage.scrub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.storage.Digest;
import picup.storage.Health;
import picup.storage.StorageSettings;

/// Which originals are to be read back next, and by whom: claims on the rows of `storage.blob`.
///
/// **Never two workers on the same:** whoever claims a row writes a number into it and the time until when. What was found out is written only
/// where that number still stands. So nothing is said about bytes that were put anew or removed since, and a worker that was
/// killed, or slept for an hour, takes nothing with it.
@Component
class DueOriginals {
    /// Why it is its turn. The order is that of urgency.
    enum Why {
        /// The newest first, so that the picture of just now is verified within the hour even while ten million old ones wait.
        NEVER_READ("checked_at IS NULL", "kept_at DESC"),
        NEVER_COPIED("copy_checked_at IS NULL", "kept_at DESC"),
        /// It may be there again, or the other store may.
        DAMAGED("(state <> 'sound' OR copy_state <> 'sound') AND checked_at < :damagedBefore", "checked_at"),
        LONG_AGO("checked_at < :before", "checked_at");

        private final String condition;
        private final String order;

        Why(String condition, String order) {
            this.condition = condition;
            this.order = order;
        }
    }

    /// Renewed while it is read; a killed worker's original waits so long.
    static final Duration CLAIM = Duration.ofMinutes(5);
    private static final Duration DAMAGED_AGAIN = Duration.ofDays(1);
    private static final Duration POSTPONED = Duration.ofHours(1);

    private final JdbcClient sql;
    private final StorageSettings settings;
    private final InstantSource clock;

    DueOriginals(JdbcClient sql, StorageSettings settings, InstantSource clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /// @param before what was known of it
    record Due(Digest digest, long sizeBytes, Health.State before, Health.@Nullable State copyBefore, UUID claim) {}

    /// Takes one that somebody holds.
    Optional<Due> claim(Why why) {
        var now = clock.instant();
        var claim = UUID.randomUUID();
        var query = sql.sql("""
                UPDATE storage.blob SET claim = :claim, claimed_until = :until WHERE digest = (
                    SELECT digest FROM storage.blob b WHERE %s AND (claimed_until IS NULL OR claimed_until < :now)
                      AND EXISTS (SELECT FROM storage.original o WHERE o.digest = b.digest)
                    ORDER BY %s LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING digest, size_bytes, state, copy_state
                """.formatted(why.condition, why.order))
                .param("claim", claim).param("until", utc(now.plus(CLAIM))).param("now", utc(now));
        var timed = switch (why) {
            case NEVER_READ, NEVER_COPIED -> query;
            case DAMAGED -> query.param("damagedBefore", utc(now.minus(DAMAGED_AGAIN)));
            case LONG_AGO -> query.param("before", utc(now.minus(settings.scrubPeriod())));
        };
        return timed.query((row, _) -> new Due(new Digest(row.getBytes(1)), row.getLong(2), Health.State.of(row.getString(3)),
                row.getString(4) == null ? null : Health.State.of(row.getString(4)), claim)).optional();
    }

    /// @return false when it is not ours any more
    boolean renew(Due due) {
        return sql.sql("UPDATE storage.blob SET claimed_until = :until WHERE digest = :digest AND claim = :claim")
                .param("until", utc(clock.instant().plus(CLAIM))).param("digest", due.digest().bytes()).param("claim", due.claim()).update() == 1;
    }

    /// Gives it back to be claimed at once.
    void giveBack(Due due) {
        until(due, null);
    }

    /// For one that cannot be read for a reason that says nothing about its bytes: the next one first.
    void postpone(Due due) {
        until(due, clock.instant().plus(POSTPONED));
    }

    private void until(Due due, @Nullable Instant until) {
        sql.sql("UPDATE storage.blob SET claimed_until = :until, claim = NULL WHERE digest = :digest AND claim = :claim")
                .param("until", until == null ? null : utc(until), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("digest", due.digest().bytes()).param("claim", due.claim()).update();
    }

    /// @param copy null when the second store was not asked
    /// @return false when it is not ours any more; then nothing was written
    boolean settle(Due due, Health.State state, Health.@Nullable State copy) {
        return sql.sql("""
                UPDATE storage.blob SET state = :state, checked_at = :now, claim = NULL, claimed_until = NULL,
                    copy_state = coalesce(:copy, copy_state), copy_checked_at = CASE WHEN :copy::text IS NULL THEN copy_checked_at ELSE :now END
                WHERE digest = :digest AND claim = :claim
                """)
                .param("state", state.text())
                .param("copy", copy == null ? null : copy.text(), java.sql.Types.VARCHAR)
                .param("now", utc(clock.instant()))
                .param("digest", due.digest().bytes())
                .param("claim", due.claim())
                .update() == 1;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
