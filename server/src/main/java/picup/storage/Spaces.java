package picup.storage;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.EndedSessions;

/// The room each member has, and whether the member may use it. What is used is charged and refunded in the transaction
/// that adds or removes the original.
///
/// **The race that matters:** a write with a token that is still good, and the news that its member is gone. Every write
/// holds its space's row ([#requireOpen], or the charge itself) until it commits, and a change of the standing excludes
/// them: either the write commits before, and what it wrote is removed with the rest, or it is refused. Writes hold the row as
/// a foreign key would (`KEY SHARE`), which stops neither each other nor a charge.
@Component
public class Spaces {
    /// @param usedBytes  sum of the originals, each counted once
    /// @param quotaBytes how much there may be
    public record Space(long usedBytes, long quotaBytes) {}

    /// As [Space], with what counts against the quota already though it is still to come.
    ///
    /// @param reservedBytes of uploads that are under way
    public record Filling(long usedBytes, long reservedBytes, long quotaBytes) {}

    /// What its member is called; null as long as no news has said it.
    public record Names(@Nullable String username, @Nullable String displayName) {}

    /// What stays of the space of a member who is gone.
    record Tombstone(MemberId owner, boolean emptied) {}

    public sealed interface Charge {
        record Charged() implements Charge {}
        record OverQuota(long missingBytes) implements Charge {}
    }

    private final JdbcClient sql;
    private final StorageSettings settings;
    private final EndedSessions endedSessions;
    private final InstantSource clock;

    Spaces(JdbcClient sql, StorageSettings settings, EndedSessions endedSessions, InstantSource clock) {
        this.sql = sql;
        this.settings = settings;
        this.endedSessions = endedSessions;
        this.clock = clock;
    }

    /// Makes the space of a member. Does nothing when there is one, or its tombstone: the event of the sign-up and the first
    /// use both come here, in either order, and possibly after the end.
    public void open(MemberId owner) {
        sql.sql("""
                INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing_since) VALUES (:owner, 0, :quota, :now)
                ON CONFLICT (owner_id) DO NOTHING
                """)
                .param("owner", owner.value())
                .param("quota", settings.quota().toBytes())
                .param("now", utc(clock.instant()))
                .update();
    }

    /// Lets the surrounding transaction change something of `owner`'s, or refuses. Every write that does not charge the
    /// space begins with this.
    ///
    /// @throws picup.platform.ProblemException `session-ended` when the member is gone, `suspended`
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireOpen(MemberId owner) {
        var standing = held(owner).or(() -> {
            open(owner);
            return held(owner);
        });
        switch (standing.orElseThrow()) {
            case OPEN -> {}
            case SUSPENDED -> throw Problem.SUSPENDED.because("An administrator has suspended this account. Nothing was changed; ask the administrator.");
            case CLOSED -> {
                endedSessions.addAllOf(owner, clock.instant());
                throw Problem.SESSION_ENDED.because("The account of this session does not exist any more.");
            }
        }
    }

    private Optional<Standing> held(MemberId owner) {
        return sql.sql("SELECT standing FROM storage.space WHERE owner_id = :owner FOR KEY SHARE")
                .param("owner", owner.value()).query(String.class).optional().map(Standing::of);
    }

    /// One conditional update decides, so that any number of uploads at once stay within the quota. The row stays locked
    /// until the surrounding transaction ends.
    ///
    /// @throws picup.platform.ProblemException as [#requireOpen]
    public Charge charge(MemberId owner, long sizeBytes) {
        return charge(owner, sizeBytes, 0);
    }

    /// As [#charge(MemberId, long)], of bytes for which space was reserved: the reservation turns into the charge.
    ///
    /// @param reservedBytes the whole reservation, however large the charge
    Charge charge(MemberId owner, long sizeBytes, long reservedBytes) {
        return change(owner, sizeBytes, -reservedBytes);
    }

    /// Sets space aside for bytes that are still to come. It counts against the quota as if they were there, until it is turned into the
    /// [#charge] or [given back][#giveBack]. Decided as the charge is.
    ///
    /// @throws picup.platform.ProblemException as [#requireOpen]
    @Transactional(propagation = Propagation.MANDATORY)
    public Charge reserve(MemberId owner, long bytes) {
        return change(owner, 0, bytes);
    }

    private Charge change(MemberId owner, long moreUsed, long moreReserved) {
        if (changed(owner, moreUsed, moreReserved)) {
            return new Charge.Charged();
        }
        requireOpen(owner);
        if (changed(owner, moreUsed, moreReserved)) {
            return new Charge.Charged();
        }
        return new Charge.OverQuota(Math.max(1, moreUsed + moreReserved - free(owner)));
    }

    private boolean changed(MemberId owner, long moreUsed, long moreReserved) {
        return sql.sql("""
                UPDATE storage.space SET used_bytes = used_bytes + :used, reserved_bytes = reserved_bytes + :reserved
                WHERE owner_id = :owner AND used_bytes + reserved_bytes + :used + :reserved <= quota_bytes AND standing = 'open'
                """)
                .param("owner", owner.value())
                .param("used", moreUsed)
                .param("reserved", moreReserved)
                .update() == 1;
    }

    private long free(MemberId owner) {
        return sql.sql("SELECT quota_bytes - used_bytes - reserved_bytes FROM storage.space WHERE owner_id = :owner")
                .param("owner", owner.value()).query(Long.class).single();
    }

    /// Ends a reservation of which nothing came. Also of a space that is not open any more.
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(MemberId owner, long reservedBytes) {
        sql.sql("UPDATE storage.space SET reserved_bytes = reserved_bytes - :bytes WHERE owner_id = :owner AND standing <> 'closed'")
                .param("owner", owner.value())
                .param("bytes", reservedBytes)
                .update();
    }

    public void refund(MemberId owner, long sizeBytes) {
        sql.sql("UPDATE storage.space SET used_bytes = used_bytes - :size WHERE owner_id = :owner")
                .param("owner", owner.value())
                .param("size", sizeBytes)
                .update();
    }

    /// The space, also of a member who has not used it yet. Reads only.
    public Space of(MemberId owner) {
        return sql.sql("SELECT used_bytes, quota_bytes FROM storage.space WHERE owner_id = :owner")
                .param("owner", owner.value())
                .query((row, number) -> new Space(row.getLong(1), row.getLong(2)))
                .optional()
                .orElseGet(() -> new Space(0, settings.quota().toBytes()));
    }

    /// As [#of].
    public Filling filling(MemberId owner) {
        return sql.sql("SELECT used_bytes, reserved_bytes, quota_bytes FROM storage.space WHERE owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> new Filling(row.getLong(1), row.getLong(2), row.getLong(3)))
                .optional()
                .orElseGet(() -> new Filling(0, 0, settings.quota().toBytes()));
    }

    /// Waits for the writes that are under way, so that none of them outlives the change.
    ///
    /// @param change the number of the news
    /// @return false when later news decided already, or the space is closed, which is for good
    @Transactional(propagation = Propagation.MANDATORY)
    boolean change(MemberId owner, Standing standing, long change, Instant since) {
        open(owner);
        sql.sql("SELECT owner_id FROM storage.space WHERE owner_id = :owner FOR UPDATE").param("owner", owner.value()).query(UUID.class).single();
        return sql.sql("""
                UPDATE storage.space SET standing = :standing, standing_change = :change, standing_since = :since
                WHERE owner_id = :owner AND standing_change < :change AND standing <> 'closed'
                """)
                .param("owner", owner.value())
                .param("standing", standing.text())
                .param("change", change)
                .param("since", utc(since))
                .update() == 1;
    }

    /// Keeps what the member is called. The user name comes with the sign-up and never again.
    ///
    /// @param change the number of the news
    void name(MemberId owner, @Nullable String username, String displayName, long change) {
        sql.sql("""
                UPDATE storage.space SET username = coalesce(:username, username),
                    display_name = CASE WHEN names_change < :change THEN :displayName ELSE display_name END,
                    names_change = greatest(names_change, :change)
                WHERE owner_id = :owner AND standing <> 'closed'
                """)
                .param("owner", owner.value())
                .param("username", username, java.sql.Types.VARCHAR)
                .param("displayName", displayName)
                .param("change", change)
                .update();
    }

    public Names names(MemberId owner) {
        return sql.sql("SELECT username, display_name FROM storage.space WHERE owner_id = :owner")
                .param("owner", owner.value())
                .query((row, number) -> new Names(row.getString(1), row.getString(2)))
                .optional().orElseGet(() -> new Names(null, null));
    }

    boolean isClosed(MemberId owner) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.space WHERE owner_id = :owner AND standing = 'closed')")
                .param("owner", owner.value()).query(Boolean.class).single();
    }

    /// Leaves the tombstone.
    void emptied(MemberId owner) {
        sql.sql("""
                UPDATE storage.space SET used_bytes = 0, reserved_bytes = 0, quota_bytes = 0, username = NULL, display_name = NULL, names_change = 0, emptied_at = :now
                WHERE owner_id = :owner AND standing = 'closed'
                """)
                .param("owner", owner.value())
                .param("now", utc(clock.instant()))
                .update();
    }

    /// Tombstones in the order of their ids.
    List<Tombstone> closed(@Nullable UUID after, int limit) {
        return sql.sql("""
                SELECT owner_id, emptied_at IS NOT NULL FROM storage.space
                WHERE standing <> 'open' AND standing = 'closed' AND owner_id > :after ORDER BY owner_id LIMIT :limit
                """)
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("limit", limit)
                .query((row, number) -> new Tombstone(new MemberId(row.getObject(1, UUID.class)), row.getBoolean(2)))
                .list();
    }

    List<StandingChanged> notOpenSince(Instant since) {
        return sql.sql("SELECT owner_id, standing, standing_since FROM storage.space WHERE standing <> 'open' AND standing_since > :since")
                .param("since", utc(since))
                .query((row, number) -> new StandingChanged(new MemberId(row.getObject(1, UUID.class)), Standing.of(row.getString(2)),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
