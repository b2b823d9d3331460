package picup.storage.scrub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.RemoveUnheldBytes.BytesRemoved;
import picup.storage.StorageLanes;
import picup.storage.blob.SecondStore;

/// The copy goes after the original has gone: by a job, because the second store may be away for days.
///
/// **The race:** somebody sends the same bytes again meanwhile. They are held under the digest's lock, which this takes alone and then looks
/// whether anybody holds them, as [picup.storage.RemoveUnheldBytes] does. A copy is only made of what is held.
@Component
@InRole(Role.WORKER)
class RemoveCopy implements JobHandler<RemoveCopy.Gone> {
    record Gone(String digest) {}

    static final JobKind<Gone> KIND = new JobKind<>(StorageLanes.SHORT, "remove-copy", Gone.class, 50, Duration.ofSeconds(30));

    private final SecondStore copies;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Jobs jobs;

    RemoveCopy(SecondStore copies, JdbcClient sql, TransactionTemplate transaction, Jobs jobs) {
        this.copies = copies;
        this.sql = sql;
        this.transaction = transaction;
        this.jobs = jobs;
    }

    @EventListener
    void on(BytesRemoved removed) {
        later(removed.digest());
    }

    /// In the surrounding transaction, if there is one.
    void later(Digest digest) {
        if (copies.configured()) {
            jobs.add(KIND, new Gone(digest.hex()), Priority.BULK);
        }
    }

    @Override
    public JobKind<Gone> kind() {
        return KIND;
    }

    @Override
    public void run(Gone job) throws IOException {
        var store = copies.open();
        if (store == null) {
            return; // not configured any more
        }
        var digest = Digest.ofHex(job.digest());
        transaction.executeWithoutResult(_ -> {
            sql.sql("SELECT pg_advisory_xact_lock(:key)").param("key", ByteBuffer.wrap(digest.bytes()).getLong()).query((row, number) -> 0).single();
            boolean held = sql.sql("SELECT EXISTS (SELECT FROM storage.original WHERE digest = :digest)").param("digest", digest.bytes()).query(Boolean.class).single();
            if (!held) {
                try {
                    store.remove(digest);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
