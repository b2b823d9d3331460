package picup.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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
import picup.platform.Problem;
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
    private final Safeguards safeguards;

    /// Against mistakes with many pictures at once.
    @Component
    record Safeguards(LastBulkAction last, PurgeGuard guard) {}

    Trash(Spaces spaces, Items items, Pictures pictures, Ledger ledger, JdbcClient sql, TransactionTemplate transaction,
            ApplicationEventPublisher events, InstantSource clock, Safeguards safeguards) {
        this.safeguards = safeguards;
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
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var moved = move(owner, ids, now);
        safeguards.last.record(owner, "trashed", now, moved);
        return moved.size();
    }

    /// What left its item on the way to the trash finds it again.
    @Transactional
    public int restore(MemberId owner, Collection<UUID> ids) {
        var restored = restored(owner, ids);
        safeguards.last.record(owner, "restored", clock.instant().truncatedTo(ChronoUnit.MICROS), restored);
        return restored.size();
    }

    private List<UUID> restored(MemberId owner, Collection<UUID> ids) {
        var restored = move(owner, ids, null);
        if (!restored.isEmpty()) {
            events.publishEvent(new PicturesRestored(owner, restored));
            safeguards.guard.reconsider(owner);
        }
        return restored;
    }

    /// Takes back what was last done to many at once, as far as it still stands: what was moved again or deleted since stays so.
    ///
    /// @return how many items moved
    /// @throws picup.platform.ProblemException `conflict` when there is nothing to undo
    @Transactional
    public int undo(MemberId owner) {
        items.lock(owner);
        var done = safeguards.last.take(owner).orElseThrow(() -> Problem.CONFLICT.because("There is nothing to undo, or not any more."));
        return switch (done.action()) {
            case "trashed" -> restored(owner, pictures.trashedAt(owner, done.pictures(), done.at())).size();
            default -> move(owner, done.pictures(), clock.instant()).size();
        };
    }

    /// @return what moved, without the parts that went along
    private List<UUID> move(MemberId owner, Collection<UUID> wanted, @Nullable Instant at) {
        items.lock(owner);
        spaces.requireOpen(owner);
        var ids = pictures.reachable(owner, wanted);
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
    /// @throws picup.platform.ProblemException `purge-paused` when that is too much to go without another question
    public int deleteForGood(MemberId owner, @Nullable Collection<UUID> ids) {
        long many = pictures.countInTrash(owner, ids);
        if (many > 0) {
            safeguards.guard.require(owner, many);
        }
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

    /// Whether all of `owner`'s whose time is over may go, or wait for a word.
    boolean mayPurge(MemberId owner) {
        long many = sql.sql("SELECT count(*) FROM storage.picture WHERE owner_id = :owner AND trashed_at < :before")
                .param("owner", owner.value()).param("before", OffsetDateTime.ofInstant(expiry(), ZoneOffset.UTC)).query(Long.class).single();
        return safeguards.guard.letsThrough(owner, many);
    }

    /// The ids of pictures whose time in the trash is over, of any owner but these.
    List<Expired> expired(int limit, Collection<MemberId> waiting) {
        return sql.sql("""
                SELECT owner_id, id FROM storage.picture WHERE trashed_at < :before AND owner_id <> ALL (:waiting) ORDER BY trashed_at LIMIT :limit
                """)
                .param("before", OffsetDateTime.ofInstant(expiry(), ZoneOffset.UTC))
                .param("waiting", waiting.stream().map(MemberId::value).toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, number) -> new Expired(new MemberId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class)))
                .list();
    }

    private Instant expiry() {
        return clock.instant().minus(KEPT);
    }

    record Expired(MemberId owner, UUID picture) {}
}
