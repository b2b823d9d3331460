package picup.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
    private final Items items;
    private final Pictures pictures;
    private final Ledger ledger;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Trash(Spaces spaces, Items items, Pictures pictures, Ledger ledger, JdbcClient sql, TransactionTemplate transaction,
            ApplicationEventPublisher events, InstantSource clock) {
        this.spaces = spaces;
        this.items = items;
        this.pictures = pictures;
        this.ledger = ledger;
        this.sql = sql;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /// A cover goes with its parts. A part alone leaves its item and goes.
    ///
    /// @return how many items moved; those already there, unknown or another's do not count
    @Transactional
    public int put(MemberId owner, Collection<UUID> ids) {
        return move(owner, ids, clock.instant()).size();
    }

    /// What left its item on the way to the trash finds it again.
    @Transactional
    public int restore(MemberId owner, Collection<UUID> ids) {
        var restored = move(owner, ids, null);
        if (!restored.isEmpty()) {
            events.publishEvent(new PicturesRestored(owner, restored));
        }
        return restored.size();
    }

    /// @return what moved, without the parts that went along
    private List<UUID> move(MemberId owner, Collection<UUID> ids, @Nullable Instant at) {
        items.lock(owner);
        spaces.requireOpen(owner);
        items.detachFromOthers(owner, ids, at == null);
        var moved = pictures.trash(owner, withParts(owner, ids), at);
        var shown = moved.stream().filter(each -> each.partOf() == null).toList();
        tell(owner, at == null ? "restored" : "trashed", shown);
        return shown.stream().map(Pictures.Moved::id).toList();
    }

    private Collection<UUID> withParts(MemberId owner, Collection<UUID> ids) {
        var all = new LinkedHashSet<>(ids);
        all.addAll(items.idsOfParts(owner, ids));
        return all;
    }

    private void tell(MemberId owner, String state, List<Pictures.Moved> moved) {
        if (!moved.isEmpty()) {
            events.publishEvent(LibraryChanged.moved(owner, state, moved));
        }
    }

    /// Deletes items of the trash for good, and remembers their digests so that no phone brings them back.
    ///
    /// @param ids null for all of the trash
    /// @return how many went
    public int deleteForGood(MemberId owner, @Nullable Collection<UUID> ids) {
        return deleteInBatches(owner, () -> {
            spaces.requireOpen(owner);
            return pictures.inTrash(owner, ids, BATCH);
        });
    }

    /// The same for those whose time is over, which each is asked once more: one that was restored and thrown away again
    /// meanwhile has its whole time before it.
    int deleteExpired(MemberId owner, Collection<UUID> ids) {
        return deleteInBatches(owner, () -> pictures.expired(owner, ids, expiry(), BATCH));
    }

    private int deleteInBatches(MemberId owner, Supplier<List<UUID>> next) {
        int gone = 0;
        for (var batch = removeBatch(owner, next); !batch.isEmpty(); batch = removeBatch(owner, next)) {
            gone += (int) batch.stream().filter(each -> !each.part()).count();
        }
        return gone;
    }

    private List<Pictures.Removed> removeBatch(MemberId owner, Supplier<List<UUID>> next) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            items.lock(owner);
            var ids = next.get();
            items.detachFromOthers(owner, ids, true);
            var removed = pictures.remove(owner, withParts(owner, ids));
            if (!removed.isEmpty()) {
                var digests = removed.stream().map(Pictures.Removed::digest).toList();
                remember(owner, digests);
                ledger.release(owner, digests);
                events.publishEvent(new PicturesRemoved(owner, removed.stream().map(Pictures.Removed::id).toList()));
            }
            return removed;
        }));
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
