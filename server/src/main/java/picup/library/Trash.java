package picup.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Spaces;

/// Where pictures go before they go for good. Each step can be repeated; the bytes go last, by a job.
///
/// ```
/// library ──put──▶ trash ──(by hand, or after 30 days) deleteForGood──▶ no row, space refunded ──job──▶ no bytes
///         ◀restore─
/// ```
@Component
public class Trash {
    /// As the big photo services have it, so that nobody is surprised.
    public static final Duration KEPT = Duration.ofDays(30);

    /// Rows a transaction, so that emptying a trash of a million keeps nobody waiting.
    private static final int BATCH = 500;

    private final Spaces spaces;
    private final Pictures pictures;
    private final Ledger ledger;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Trash(Spaces spaces, Pictures pictures, Ledger ledger, JdbcClient sql, TransactionTemplate transaction,
            ApplicationEventPublisher events, InstantSource clock) {
        this.spaces = spaces;
        this.pictures = pictures;
        this.ledger = ledger;
        this.sql = sql;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /// @return how many moved; those already there, unknown or another's do not count
    @Transactional
    public int put(MemberId owner, Collection<UUID> ids) {
        spaces.requireOpen(owner);
        var moved = pictures.trash(owner, ids, clock.instant());
        tell(owner, "trashed", moved);
        return moved.size();
    }

    @Transactional
    public int restore(MemberId owner, Collection<UUID> ids) {
        spaces.requireOpen(owner);
        var moved = pictures.trash(owner, ids, null);
        tell(owner, "restored", moved);
        return moved.size();
    }

    private void tell(MemberId owner, String state, List<Pictures.Moved> moved) {
        if (!moved.isEmpty()) {
            events.publishEvent(LibraryChanged.moved(owner, state, moved));
        }
    }

    /// Deletes pictures of the trash for good, and remembers their digests so that no phone brings them back.
    ///
    /// @param ids null for all of the trash
    /// @return how many went
    public int deleteForGood(MemberId owner, @Nullable Collection<UUID> ids) {
        return deleteInBatches(owner, () -> {
            spaces.requireOpen(owner);
            return pictures.removeFromTrash(owner, ids, BATCH);
        });
    }

    /// The same for those whose time is over, which each is asked once more: one that was restored and thrown away again
    /// meanwhile has its whole time before it.
    int deleteExpired(MemberId owner, Collection<UUID> ids) {
        return deleteInBatches(owner, () -> pictures.removeExpired(owner, ids, expiry(), BATCH));
    }

    private int deleteInBatches(MemberId owner, Supplier<List<Digest>> remove) {
        int gone = 0;
        for (int batch = BATCH; batch == BATCH; gone += batch) {
            Integer removed = transaction.execute(status -> removeBatch(owner, remove));
            batch = removed == null ? 0 : removed;
        }
        return gone;
    }

    private int removeBatch(MemberId owner, Supplier<List<Digest>> remove) {
        var digests = remove.get();
        if (!digests.isEmpty()) {
            remember(owner, digests);
            ledger.release(owner, digests);
        }
        return digests.size();
    }

    private void remember(MemberId owner, List<Digest> digests) {
        sql.sql("""
                INSERT INTO storage.deleted_for_good (owner_id, digest, deleted_at)
                SELECT :owner, digest, :at FROM unnest(:digests) AS digest
                ON CONFLICT (owner_id, digest) DO UPDATE SET deleted_at = excluded.deleted_at
                """)
                .param("owner", owner.value())
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    /// The ids of pictures whose time in the trash is over, of any owner.
    List<Expired> expired(int limit) {
        return sql.sql("SELECT owner_id, id FROM storage.picture WHERE trashed_at < :before ORDER BY trashed_at LIMIT :limit")
                .param("before", OffsetDateTime.ofInstant(expiry(), ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new Expired(new MemberId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class)))
                .list();
    }

    private Instant expiry() {
        return clock.instant().minus(KEPT);
    }

    record Expired(MemberId owner, UUID picture) {}
}
