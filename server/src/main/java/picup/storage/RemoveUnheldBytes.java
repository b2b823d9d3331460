package picup.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;

/// The last step of a deletion: the bytes that nobody holds any more.
@Component
@InRole(Role.WORKER)
public class RemoveUnheldBytes implements JobHandler<RemoveUnheldBytes.Unheld> {
    public record Unheld(String digest) {}

    /// The bytes of `digest` are gone; whatever was made from them may go too. Published in the transaction that holds
    /// the digest's lock.
    public record BytesRemoved(Digest digest) {}

    static final JobKind<Unheld> KIND = new JobKind<>(StorageLanes.SHORT, "remove-unheld-bytes", Unheld.class, 50, Duration.ofSeconds(5));

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
    public void run(Unheld job) {
        removeIfUnheld(Digest.ofHex(job.digest()));
    }

    /// @return whether the bytes were removed
    boolean removeIfUnheld(Digest digest) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            sql.sql("SELECT pg_advisory_xact_lock(:key)").param("key", Ledger.lockKey(digest)).query((row, number) -> 0).single();
            boolean held = sql.sql("SELECT EXISTS (SELECT FROM storage.original WHERE digest = :digest)")
                    .param("digest", digest.bytes()).query(Boolean.class).single();
            if (!held) {
                remove(digest);
            }
            return !held;
        }));
    }

    private void remove(Digest digest) {
        try {
            originals.remove(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        events.publishEvent(new BytesRemoved(digest));
    }
}
