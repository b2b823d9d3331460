package picup.storage.scrub;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.storage.Digest;
import picup.storage.LastBackup;
import picup.storage.blob.SecondStore;

/// How the originals of everybody are, as administrators see it. They see no picture and no name of a file.
@Component
public class ShowStorageHealth {
    /// All rows are counted: a second for ten million.
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int DIGEST_DIGITS = 64;

    private final JdbcClient sql;
    private final SecondStore copy;
    private final ObjectProvider<LastBackup> backups;
    private final LoadingCache<String, StorageHealth> latest = Caffeine.newBuilder().expireAfterWrite(GOOD_FOR).build(_ -> counted());

    ShowStorageHealth(JdbcClient sql, SecondStore copy, ObjectProvider<LastBackup> backups) {
        this.sql = sql;
        this.copy = copy;
        this.backups = backups;
    }

    /// @param originals     different ones, each counted once however many hold it
    /// @param sound         read back and found good
    /// @param neverChecked  not read back yet
    /// @param lastCheckedAt when one was last read back
    /// @param copy          null when no second store is configured
    /// @param drift         bytes by which what spaces are charged differs from the originals they hold, summed over all; 0 is right
    public record StorageHealth(
            long originals, long bytes, long sound, long missing, long altered, long neverChecked, @Nullable Instant lastCheckedAt, @Nullable Copies copy,
            LastBackup.@Nullable GoodBackup lastBackup, long drift) {}

    /// The same of the second store.
    ///
    /// @param neverChecked not copied yet
    public record Copies(long sound, long missing, long altered, long neverChecked, @Nullable Instant lastCheckedAt) {}

    /// @param state     of the original: `sound` when only its copy is damaged
    /// @param copyState null when it was never copied
    public record Damaged(UUID member, @Nullable String username, String sha256, long sizeBytes, String state, @Nullable String copyState, @Nullable Instant checkedAt) {}

    /// @param next cursor of the following page; null when this is the last
    public record DamagedPage(List<Damaged> damaged, @Nullable String next) {}

    /// Counted once a minute at most.
    public StorageHealth now() {
        return Objects.requireNonNull(latest.get(""));
    }

    StorageHealth counted() {
        long drift = sql.sql("""
                SELECT coalesce(sum(abs(s.used_bytes - coalesce(o.bytes, 0))), 0)::bigint FROM storage.space s
                LEFT JOIN (SELECT owner_id, sum(size_bytes) AS bytes FROM storage.original GROUP BY owner_id) o USING (owner_id)
                """).query(Long.class).single();
        return sql.sql("""
                SELECT count(*) AS originals, coalesce(sum(size_bytes), 0)::bigint AS bytes,
                       count(*) FILTER (WHERE state = 'sound' AND checked_at IS NOT NULL) AS sound,
                       count(*) FILTER (WHERE state = 'missing') AS missing,
                       count(*) FILTER (WHERE state = 'altered') AS altered,
                       count(*) FILTER (WHERE state = 'sound' AND checked_at IS NULL) AS unchecked,
                       max(checked_at) AS checked_at,
                       count(*) FILTER (WHERE copy_state = 'sound') AS copies_sound,
                       count(*) FILTER (WHERE copy_state = 'missing') AS copies_missing,
                       count(*) FILTER (WHERE copy_state = 'altered') AS copies_altered,
                       count(*) FILTER (WHERE copy_state IS NULL) AS uncopied,
                       max(copy_checked_at) AS copy_checked_at
                FROM storage.blob
                """).query((row, _) -> health(row, drift)).single();
    }

    private StorageHealth health(ResultSet row, long drift) throws SQLException {
        var copies = copy.configured() ? new Copies(row.getLong("copies_sound"), row.getLong("copies_missing"), row.getLong("copies_altered"),
                row.getLong("uncopied"), instant(row, "copy_checked_at")) : null;
        var backup = backups.orderedStream().flatMap(each -> each.last().stream()).findFirst().orElse(null);
        return new StorageHealth(row.getLong("originals"), row.getLong("bytes"), row.getLong("sound"), row.getLong("missing"), row.getLong("altered"),
                row.getLong("unchecked"), instant(row, "checked_at"), copies, backup, drift);
    }

    /// What is damaged, once for each who holds it, by digest.
    public DamagedPage damaged(@Nullable String cursor, int limit) {
        var after = cursor == null ? new Place(new byte[0], new UUID(0, 0)) : Place.of(cursor);
        var rows = sql.sql("""
                SELECT o.owner_id, s.username, b.* FROM storage.blob b
                JOIN storage.original o USING (digest) LEFT JOIN storage.space s USING (owner_id)
                WHERE (b.state <> 'sound' OR b.copy_state <> 'sound') AND (b.state <> 'sound' OR :copies) AND (b.digest, o.owner_id) > (:digest, :owner)
                ORDER BY b.digest, o.owner_id LIMIT :limit
                """)
                .param("copies", copy.configured())
                .param("digest", after.digest)
                .param("owner", after.owner)
                .param("limit", limit + 1)
                .query((row, _) -> new Damaged(row.getObject("owner_id", UUID.class), row.getString("username"), HexFormat.of().formatHex(row.getBytes("digest")),
                        row.getLong("size_bytes"), row.getString("state"), row.getString("copy_state"), instant(row, "checked_at"))).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new DamagedPage(shown, more ? shown.getLast().sha256() + shown.getLast().member() : null);
    }

    private record Place(byte[] digest, UUID owner) {
        static Place of(String text) {
            try {
                if (text.length() == DIGEST_DIGITS + 36) { // a UUID has 36 characters
                    return new Place(Digest.ofHex(text.substring(0, DIGEST_DIGITS)).bytes(), UUID.fromString(text.substring(DIGEST_DIGITS)));
                }
            } catch (IllegalArgumentException e) {
                // refused below
            }
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
