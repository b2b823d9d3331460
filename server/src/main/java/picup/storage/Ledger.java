package picup.storage;

import java.io.IOException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// Who holds which bytes, and what that costs. Always part of the transaction that adds or removes a picture.
///
/// **The race that matters:** one request takes in bytes that another has just released for removal. Both lock the
/// digest (an advisory lock of the transaction): holders share it, the removal excludes them. The removal announces itself in a transaction of its
/// own, which counts it, before another removes the bytes. Who is about to keep them calls off what is announced, and reads the count then and
/// again when holding them. If it is the same, nothing was removed in between, and the holder's row is there before the next removal looks for
/// rows; if not, the bytes are kept again. So no upload asks a store, which may be far away, inside a transaction, and a
/// process that dies right after a removal leaves the number that tells of it.
@Component
public class Ledger implements Belongings {
    public sealed interface Held {
        record Now() implements Held {}
        record Already() implements Held {}
        record OverQuota(long missingBytes) implements Held {}

        /// A removal was faster; keep the staged bytes again and repeat.
        record BytesGone() implements Held {}
    }

    private final JdbcClient sql;
    private final Spaces spaces;
    private final Originals originals;
    private final Jobs jobs;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    Ledger(JdbcClient sql, TransactionTemplate transaction, Spaces spaces, Originals originals, Jobs jobs, InstantSource clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.spaces = spaces;
        this.originals = originals;
        this.jobs = jobs;
        this.clock = clock;
    }

    /// Bytes that are durable now, and how often they had been removed before that.
    public record Kept(Digest digest, long sizeBytes, long removals) {}

    /// Makes bytes that have arrived durable, so that they can be held. Not for inside a transaction.
    public Kept keep(ArrivedOriginal arrived) throws IOException {
        var digest = arrived.digest();
        long removals = inTransaction(() -> {
            share(digest);
            callOffRemoval(digest);
            return removals(digest);
        });
        boolean damaged = damaged(digest);
        originals.keep(arrived, damaged);
        if (damaged) {
            replaced(digest);
        }
        return new Kept(digest, arrived.sizeBytes(), removals);
    }

    /// Records that `owner` holds the kept bytes, and charges the space.
    @Transactional(propagation = Propagation.MANDATORY)
    public Held hold(MemberId owner, Kept kept) {
        return hold(owner, kept, 0);
    }

    /// As [#hold(MemberId, Kept)], of bytes for which space was reserved. When they are held, the reservation is no more: turned into the
    /// charge, or given back as nothing had to be charged.
    @Transactional(propagation = Propagation.MANDATORY)
    public Held hold(MemberId owner, Kept kept, long reservedBytes) {
        var digest = kept.digest();
        long sizeBytes = kept.sizeBytes();
        share(digest);
        if (removals(digest) != kept.removals()) {
            return new Held.BytesGone();
        }
        int added = sql.sql("""
                INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at) VALUES (:owner, :digest, :size, :at)
                ON CONFLICT (owner_id, digest) DO NOTHING
                """)
                .param("owner", owner.value())
                .param("digest", digest.bytes())
                .param("size", sizeBytes)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        if (added == 0) {
            spaces.requireOpen(owner);
            if (reservedBytes > 0) {
                spaces.giveBack(owner, reservedBytes);
            }
            return new Held.Already();
        }
        return switch (spaces.charge(owner, sizeBytes, reservedBytes)) {
            case Spaces.Charge.Charged _ -> new Held.Now();
            case Spaces.Charge.OverQuota over -> new Held.OverQuota(over.missingBytes());
        };
    }

    /// Gives up what `owner` holds of these, refunds the space, and lets the bytes go where nobody else holds them.
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(MemberId owner, Collection<Digest> digests) {
        record Released(Digest digest, long sizeBytes) {}
        List<Released> released = sql.sql("""
                DELETE FROM storage.original WHERE owner_id = :owner AND digest = ANY (:digests) RETURNING digest, size_bytes
                """)
                .param("owner", owner.value())
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, number) -> new Released(new Digest(row.getBytes(1)), row.getLong(2)))
                .list();
        spaces.refund(owner, released.stream().mapToLong(Released::sizeBytes).sum());
        released.forEach(each -> jobs.add(RemoveUnheldBytes.KIND, new RemoveUnheldBytes.Unheld(each.digest().hex()), Priority.BULK));
    }

    /// What a closed space still holds; the pictures that showed it may have gone before.
    @Override
    public int removeSome(MemberId owner, int most) {
        var digests = sql.sql("SELECT digest FROM storage.original WHERE owner_id = :owner ORDER BY digest LIMIT :most")
                .param("owner", owner.value()).param("most", most).query((row, number) -> new Digest(row.getBytes(1))).list();
        if (!digests.isEmpty()) {
            release(owner, digests);
        }
        return digests.size();
    }

    @Override
    public List<MemberId> leftOf(Collection<MemberId> owners) {
        return sql.sql("SELECT owner FROM unnest(:owners) AS owner WHERE EXISTS (SELECT FROM storage.original WHERE owner_id = owner)")
                .param("owners", owners.stream().map(MemberId::value).toArray(UUID[]::new))
                .query((row, number) -> new MemberId(row.getObject(1, UUID.class))).list();
    }

    /// Gives up bytes that were kept and then held by nobody, because the space is full or the picture not wanted. Otherwise
    /// whoever has no room left could still fill the disk until the next sweep.
    public void abandon(Digest digest) {
        jobs.add(RemoveUnheldBytes.KIND, new RemoveUnheldBytes.Unheld(digest.hex()), Priority.BULK);
    }

    /// As [#holds], and keeps the bytes from being removed until the surrounding transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean stillHolds(MemberId owner, Digest digest) {
        share(digest);
        return holds(owner, digest);
    }

    /// Whether `owner` holds these bytes. Work on bytes that nobody holds any more is over.
    public boolean holds(MemberId owner, Digest digest) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.original WHERE owner_id = :owner AND digest = :digest)")
                .param("owner", owner.value()).param("digest", digest.bytes()).query(Boolean.class).single();
    }

    /// Those of `digests` that somebody holds.
    public Set<Digest> heldAmong(Set<Digest> digests) {
        return Set.copyOf(sql.sql("SELECT DISTINCT digest FROM storage.original WHERE digest = ANY (:digests)")
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, number) -> new Digest(row.getBytes(1))).list());
    }

    /// Those of `digests` of whose bytes nothing is known that a client should send them again for.
    public Set<Digest> soundAmong(Set<Digest> digests) {
        return Set.copyOf(sql.sql("SELECT digest FROM storage.blob WHERE digest = ANY (:digests) AND state = 'sound'")
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, number) -> new Digest(row.getBytes(1))).list());
    }

    /// Bytes that `owner` holds.
    public record Holding(MemberId owner, Digest digest) {}

    /// Remembers with which version of its settings the renditions of these bytes were last tried.
    public void rendered(MemberId owner, Digest digest, int version) {
        sql.sql("UPDATE storage.original SET rendered_version = :version WHERE owner_id = :owner AND digest = :digest")
                .param("version", version).param("owner", owner.value()).param("digest", digest.bytes()).update();
    }

    /// Those whose renditions were not tried with this version yet, a page of them in the order of owner and digest.
    ///
    /// @param after null for the first page
    public List<Holding> renderedBefore(int version, @Nullable Holding after, int most) {
        return sql.sql("""
                SELECT owner_id, digest FROM storage.original
                WHERE (owner_id, digest) > (:owner, :digest) AND rendered_version < :version ORDER BY owner_id, digest LIMIT :most
                """)
                .param("owner", after == null ? new UUID(0, 0) : after.owner().value())
                .param("digest", after == null ? new byte[0] : after.digest().bytes())
                .param("version", version)
                .param("most", most)
                .query((row, _) -> new Holding(new MemberId(row.getObject(1, UUID.class)), new Digest(row.getBytes(2)))).list();
    }

    /// Whether the bytes are there as far as anybody knows: complete by their size, and not found damaged when they were read back. What is not
    /// is put again when somebody sends it. Asks the store: not for inside a transaction.
    public boolean has(Digest digest, long sizeBytes) throws IOException {
        return !damaged(digest) && originals.has(digest, sizeBytes);
    }

    private boolean damaged(Digest digest) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.blob WHERE digest = :digest AND state <> 'sound')").param("digest", digest.bytes()).query(Boolean.class).single();
    }

    /// Good bytes lie where damaged ones did. They count as damaged until they have been read back, which is next; who reads the old ones at
    /// this moment may not report on them.
    private void replaced(Digest digest) {
        sql.sql("UPDATE storage.blob SET checked_at = NULL, claim = NULL, claimed_until = NULL WHERE digest = :digest AND state <> 'sound'")
                .param("digest", digest.bytes()).update();
    }

    private void callOffRemoval(Digest digest) {
        sql.sql("UPDATE storage.removal SET times = times + 1, pending = false WHERE digest = :digest AND pending").param("digest", digest.bytes()).update();
    }

    private long removals(Digest digest) {
        return sql.sql("SELECT times FROM storage.removal WHERE digest = :digest").param("digest", digest.bytes()).query(Long.class).optional().orElse(0L);
    }

    private long inTransaction(LongSupplier reading) {
        return Objects.requireNonNull(transaction.execute(_ -> reading.getAsLong()));
    }

    private void share(Digest digest) {
        sql.sql("SELECT pg_advisory_xact_lock_shared(:key)").param("key", lockKey(digest)).query((row, number) -> 0).single();
    }

    static long lockKey(Digest digest) {
        return java.nio.ByteBuffer.wrap(digest.bytes()).getLong();
    }
}
