package picup.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.NotNow;

/// The last step of a deletion: the bytes that nobody holds any more.
@Component
@InRole(Role.WORKER)
public class RemoveUnheldBytes implements JobHandler<RemoveUnheldBytes.Unheld> {
    public record Unheld(String digest) {}

    /// The bytes of `digest` are gone; whatever was made from them may go too. Published in the transaction that holds
    /// the digest's lock.
    public record BytesRemoved(Digest digest) {}

    static final JobKind<Unheld> KIND = new JobKind<>(StorageLanes.SHORT, "remove-unheld-bytes", Unheld.class, 50, Duration.ofSeconds(5));

    private static final Duration AFTER_BACKUP = Duration.ofMinutes(1);

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Originals originals;
    private final ApplicationEventPublisher events;

    RemoveUnheldBytes(JdbcClient sql, TransactionTemplate transaction, Originals originals, ApplicationEventPublisher events) {
        this.sql = sql;
        this.transaction = transaction;
        this.originals = originals;
        this.events = events;
    }

    @Override
    public JobKind<Unheld> kind() {
        return KIND;
    }

    @Override
    public void run(Unheld job) throws NotNow {
        try {
            removeIfUnheld(Digest.ofHex(job.digest()));
        } catch (WhileBackup e) {
            throw new NotNow("A backup is being taken", AFTER_BACKUP);
        }
    }

    /// @return whether the bytes were removed
    /// @throws WhileBackup nothing is removed while a backup is taken
    boolean removeIfUnheld(Digest digest) {
        if (!underLock(digest, () -> announce(digest))) {
            return false;
        }
        requireStore(digest);
        return underLock(digest, () -> beginRemoval(digest) && remove(digest));
    }

    /// The transaction that removes bytes goes on while the store does it; a store that is away gets none.
    private void requireStore(Digest digest) {
        try {
            originals.requireStore(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Excludes holders, and answers false while there are any.
    private boolean underLock(Digest digest, BooleanSupplier step) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            sql.sql("SELECT pg_advisory_xact_lock(:key)").param("key", Ledger.lockKey(digest)).query((row, number) -> 0).single();
            boolean held = sql.sql("SELECT EXISTS (SELECT FROM storage.original WHERE digest = :digest)")
                    .param("digest", digest.bytes()).query(Boolean.class).single();
            return !held && spared() && step.getAsBoolean();
        }));
    }

    /// A backup copies the originals that its rows refer to after it has read the rows, so whatever it may have seen stays until it is done.
    /// Asked after the look for holders: who gave the bytes up after the backup had read that they hold them, gave them up after
    /// the backup had begun, and then this sees it.
    private boolean spared() {
        if (sql.sql("SELECT EXISTS (SELECT FROM storage.backup WHERE ended_at IS NULL AND lease_until > now())").query(Boolean.class).single()) {
            throw new WhileBackup();
        }
        return true;
    }

    static final class WhileBackup extends RuntimeException {}

    private boolean announce(Digest digest) {
        return sql.sql("""
                INSERT INTO storage.removal AS removal (digest, times, pending, counted_at) VALUES (:digest, 1, true, now())
                ON CONFLICT (digest) DO UPDATE SET times = removal.times + 1, pending = true, counted_at = now()
                """)
                .param("digest", digest.bytes()).update() == 1;
    }

    /// @return false when it was called off
    private boolean beginRemoval(Digest digest) {
        return sql.sql("UPDATE storage.removal SET pending = false WHERE digest = :digest AND pending").param("digest", digest.bytes()).update() == 1;
    }

    private boolean remove(Digest digest) {
        sql.sql("DELETE FROM storage.blob WHERE digest = :digest").param("digest", digest.bytes()).update();
        try {
            originals.remove(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        events.publishEvent(new BytesRemoved(digest));
        return true;
    }

    /// Numbers of removals that no upload can have seen the beginning of. One that has, all the same, keeps its bytes once more.
    void forgetBefore(Instant before) {
        sql.sql("DELETE FROM storage.removal WHERE counted_at < :before").param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC)).update();
    }
}
