package picup.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.storage.LastBackup;

/// The rows of `storage.backup`.
@Component
public class BackupHistory implements LastBackup {
    /// @param state         `running`, `done`, `failed`
    /// @param originals     null until it is done, as what follows
    /// @param copiedBytes   which were new in it
    /// @param damaged       originals that were not what their digest says
    /// @param failure       why it came to nothing
    /// @param verifiedAt    when it was last restored for a trial; null: never
    /// @param verified      whether everything was there then
    /// @param verification  in words
    public record Backup(UUID id, String folder, String name, String state, Instant beganAt, @Nullable Instant endedAt, @Nullable Long originals,
            @Nullable Long originalBytes, @Nullable Long copiedBytes, @Nullable Long damaged, @Nullable String failure, @Nullable Instant verifiedAt,
            @Nullable Boolean verified, @Nullable String verification) {}

    private final JdbcClient sql;

    BackupHistory(JdbcClient sql) {
        this.sql = sql;
    }

    /// The latest first.
    public List<Backup> latest(int limit) {
        return sql.sql("""
                SELECT *, CASE WHEN ended_at IS NULL THEN CASE WHEN lease_until > now() THEN 'running' ELSE 'failed' END
                          WHEN failure IS NULL THEN 'done' ELSE 'failed' END AS state
                FROM storage.backup ORDER BY began_at DESC, id DESC LIMIT :limit
                """).param("limit", limit).query((row, _) -> backup(row)).list();
    }

    @Override
    public Optional<LastBackup.Backup> last() {
        return sql.sql("SELECT ended_at, verified_at, verified FROM storage.backup WHERE ended_at IS NOT NULL AND failure IS NULL ORDER BY ended_at DESC LIMIT 1")
                .query((row, _) -> new LastBackup.Backup(java.util.Objects.requireNonNull(instant(row, "ended_at")), instant(row, "verified_at"),
                        row.getObject("verified", Boolean.class))).optional();
    }

    boolean verificationIsDue(Duration every) {
        return !every.isZero() && sql.sql("SELECT NOT EXISTS (SELECT FROM storage.backup WHERE verified_at > now() - make_interval(secs => :seconds))")
                .param("seconds", every.toSeconds() - Duration.ofHours(1).toSeconds()) // a night is not always 24 hours after the one before
                .query(Boolean.class).single();
    }

    private static Backup backup(ResultSet row) throws SQLException {
        return new Backup(row.getObject("id", UUID.class), row.getString("folder"), row.getString("name"), row.getString("state"),
                java.util.Objects.requireNonNull(instant(row, "began_at")), instant(row, "ended_at"), row.getObject("originals", Long.class),
                row.getObject("original_bytes", Long.class), row.getObject("copied_bytes", Long.class), row.getObject("damaged", Long.class),
                row.getString("failure"), instant(row, "verified_at"), row.getObject("verified", Boolean.class), row.getString("verification"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
