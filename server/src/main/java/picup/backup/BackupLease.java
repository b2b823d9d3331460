package picup.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.Ids;
import picup.platform.database.PostgresServer;

/// The row of a backup that is being taken. While its lease runs, no bytes are removed ([picup.storage.RemoveUnheldBytes]); it is renewed as long
/// as this process lives. By the database's clock, as several machines look at it.
///
/// Should the database be away for longer than the lease, bytes may go; then the copying of one of them says so, and the backup fails.
final class BackupLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupLease.class);
    private static final int RENEWED_EVERY_SECONDS = 20;
    private static final String LEASE = "now() + interval '3 minutes'"; // eight missed renewals

    /// As long as the audit log remembers.
    private static final String FORGOTTEN_AFTER = "interval '400 days'";

    private final JdbcClient sql;
    private final UUID id = Ids.next();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("backup-lease").daemon().factory());
    private boolean ended;

    /// @throws SQLException when the database does not answer
    BackupLease(PostgresServer database, BackupFolder folder, String name) throws SQLException {
        this.sql = JdbcClient.create(database.source());
        sql.sql("DELETE FROM storage.backup WHERE began_at < now() - " + FORGOTTEN_AFTER).update();
        sql.sql("INSERT INTO storage.backup (id, folder, name, began_at, lease_until) VALUES (:id, :folder, :name, now(), " + LEASE + ")")
                .param("id", id).param("folder", folder.path().toString()).param("name", name).update();
        renewal.scheduleAtFixedRate(this::renew, RENEWED_EVERY_SECONDS, RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /// Whether this side has originals at all, and so a lease.
    static boolean isNeeded(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT to_regclass('storage.original') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    UUID id() {
        return id;
    }

    private void renew() {
        try {
            sql.sql("UPDATE storage.backup SET lease_until = " + LEASE + " WHERE id = :id AND ended_at IS NULL").param("id", id).update();
        } catch (RuntimeException e) {
            LOG.warn("The lease of the backup could not be renewed: {}", e.toString());
        }
    }

    void done(TakeBackup.Taken taken) {
        end(taken, null);
    }

    void failed(String reason) {
        end(null, reason);
    }

    private void end(TakeBackup.@Nullable Taken taken, @Nullable String failure) {
        renewal.shutdownNow();
        ended = true;
        sql.sql("""
                UPDATE storage.backup SET ended_at = now(), originals = :originals, original_bytes = :bytes, copied_bytes = :copied, damaged = :damaged, failure = :failure
                WHERE id = :id
                """)
                .param("originals", taken == null ? null : taken.originals(), java.sql.Types.BIGINT)
                .param("bytes", taken == null ? null : taken.originalBytes(), java.sql.Types.BIGINT)
                .param("copied", taken == null ? null : taken.copiedBytes(), java.sql.Types.BIGINT)
                .param("damaged", taken == null ? null : taken.damaged().size(), java.sql.Types.BIGINT)
                .param("failure", failure, java.sql.Types.VARCHAR).param("id", id).update();
    }

    @Override
    public void close() {
        if (!ended) {
            failed("It was broken off.");
        }
    }
}
