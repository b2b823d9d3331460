package picup.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Spaces;
import picup.storage.StorageSettings;

/// Stands before what cannot be undone: when more than a share of a library would be deleted for good within a day, it waits for its member. Whoever
/// emptied a library by mistake, or with a stolen key, has put it in the trash first; this is the second chance to notice.
///
/// What is let through is counted before it is deleted, under the lock of the owner's row, so that many at once do not each stay below the share.
@Component
public class PurgeGuard {
    /// Below that, a share of a library is a handful, and a question about it a nuisance.
    private static final long LEAST_LIBRARY = 100;
    private static final Duration DAY = Duration.ofDays(1);

    /// Then it goes on by itself, as the trash promises. A holiday fits into it.
    private static final Duration PAUSE = Duration.ofDays(14);

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Spaces spaces;
    private final StorageSettings settings;
    private final InstantSource clock;

    PurgeGuard(JdbcClient sql, TransactionTemplate transaction, Spaces spaces, StorageSettings settings, InstantSource clock) {
        this.spaces = spaces;
        this.transaction = transaction;
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /// @param pictures that wait
    /// @param until    when they are deleted unless somebody restores them
    public record Pause(long pictures, Instant until) {}

    private record Day(Instant since, long library, long deleted, @Nullable Instant pausedAt, @Nullable Instant confirmedUntil) {}

    /// Whether so many may be deleted for good now.
    public boolean letsThrough(MemberId owner, long pictures) {
        return Boolean.TRUE.equals(transaction.execute(_ -> decide(owner, pictures)));
    }

    private boolean decide(MemberId owner, long pictures) {
        var now = clock.instant();
        var day = day(owner, now);
        boolean few = day.library < LEAST_LIBRARY || day.deleted + pictures <= settings.purgeAlertShare() * day.library;
        boolean confirmed = day.confirmedUntil != null && now.isBefore(day.confirmedUntil);
        boolean waitedLongEnough = day.pausedAt != null && !now.isBefore(day.pausedAt.plus(PAUSE));
        if (few || confirmed || waitedLongEnough) {
            write(owner, "deleted = deleted + :pictures, paused_at = NULL, paused_pictures = NULL", pictures, now);
            return true;
        }
        write(owner, "paused_at = coalesce(paused_at, :now), paused_pictures = :pictures", pictures, now);
        return false;
    }

    /// @throws picup.platform.ProblemException `purge-paused`, and as [Spaces#requireOpen]
    public void require(MemberId owner, long pictures) {
        boolean through = Boolean.TRUE.equals(transaction.execute(_ -> {
            spaces.requireOpen(owner);
            return decide(owner, pictures);
        }));
        if (!through) {
            var pause = pause(owner).orElseThrow();
            throw Problem.PURGE_PAUSED.because("That would delete %,d pictures for good, more than %.0f %% of your library within a day. Confirm it, or restore them."
                    .formatted(pictures, settings.purgeAlertShare() * 100)).with("pictures", pictures).with("until", pause.until().toString());
        }
    }

    /// The row of the day that has begun, locked.
    private Day day(MemberId owner, Instant now) {
        sql.sql("INSERT INTO storage.purge_guard (owner_id, since, library, deleted) VALUES (:owner, '-infinity', 0, 0) ON CONFLICT (owner_id) DO NOTHING")
                .param("owner", owner.value()).update();
        sql.sql("SELECT owner_id FROM storage.purge_guard WHERE owner_id = :owner FOR UPDATE").param("owner", owner.value()).query((row, _) -> 0).single();
        sql.sql("""
                UPDATE storage.purge_guard SET since = :now, deleted = 0,
                    library = (SELECT count(*) FROM storage.picture WHERE owner_id = :owner)
                WHERE owner_id = :owner AND since <= :yesterday
                """)
                .param("now", utc(now)).param("yesterday", utc(now.minus(DAY))).param("owner", owner.value()).update();
        return sql.sql("SELECT since, library, deleted, paused_at, confirmed_until FROM storage.purge_guard WHERE owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> new Day(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2), row.getLong(3),
                        instant(row.getObject(4, OffsetDateTime.class)), instant(row.getObject(5, OffsetDateTime.class)))).single();
    }

    private void write(MemberId owner, String change, long pictures, Instant now) {
        sql.sql("UPDATE storage.purge_guard SET " + change + " WHERE owner_id = :owner AND :now::timestamptz IS NOT NULL")
                .param("owner", owner.value()).param("pictures", pictures).param("now", utc(now)).update();
    }

    /// What waits.
    public Optional<Pause> pause(MemberId owner) {
        return sql.sql("SELECT paused_pictures, paused_at FROM storage.purge_guard WHERE owner_id = :owner AND paused_at IS NOT NULL")
                .param("owner", owner.value())
                .query((row, _) -> new Pause(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant().plus(PAUSE))).optional();
    }

    /// From now on for a day, as much goes as the member wants.
    ///
    /// @throws picup.platform.ProblemException `conflict` when nothing waits, and as [Spaces#requireOpen]
    @Transactional
    public void confirm(MemberId owner) {
        spaces.requireOpen(owner);
        int confirmed = sql.sql("""
                UPDATE storage.purge_guard SET confirmed_until = :until, paused_at = NULL, paused_pictures = NULL
                WHERE owner_id = :owner AND paused_at IS NOT NULL
                """)
                .param("until", utc(clock.instant().plus(DAY))).param("owner", owner.value()).update();
        if (confirmed == 0) {
            throw Problem.CONFLICT.because("No deletion is waiting for a confirmation.");
        }
    }

    /// Something was restored; what still is to go is asked for anew.
    void reconsider(MemberId owner) {
        sql.sql("UPDATE storage.purge_guard SET paused_at = NULL, paused_pictures = NULL WHERE owner_id = :owner AND paused_at IS NOT NULL")
                .param("owner", owner.value()).update();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
