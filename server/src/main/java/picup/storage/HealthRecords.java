package picup.storage;

import static java.util.stream.Collectors.toMap;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.storage.blob.SecondStore;

/// What the scrub has found out of originals: the rows of `storage.blob`.
@Component
public class HealthRecords {
    private final JdbcClient sql;
    private final SecondStore copy;

    HealthRecords(JdbcClient sql, SecondStore copy) {
        this.sql = sql;
        this.copy = copy;
    }

    private record Known(Digest digest, Health health) {}

    /// @return without those of which there is no row
    public Map<Digest, Health> of(Collection<Digest> digests) {
        if (digests.isEmpty()) {
            return Map.of();
        }
        return sql.sql("SELECT digest, state, checked_at, copy_state FROM storage.blob WHERE digest = ANY (:digests)")
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, _) -> new Known(new Digest(row.getBytes(1)),
                        health(Health.State.of(row.getString(2)), row.getObject(3, OffsetDateTime.class), row.getString(4))))
                .list().stream().collect(toMap(Known::digest, Known::health));
    }

    /// A copy that belongs to a store which is not configured any more is none.
    private Health health(Health.State state, @Nullable OffsetDateTime checkedAt, @Nullable String copyState) {
        int here = state == Health.State.SOUND && checkedAt != null ? 1 : 0;
        int there = copy.configured() && Health.State.SOUND.text().equals(copyState) ? 1 : 0;
        return new Health(state, checkedAt == null ? null : checkedAt.toInstant(), here + there);
    }

    /// Originals of `owner` that are missing or altered, by digest.
    public List<Digest> damagedOf(MemberId owner, @Nullable Digest after, int limit) {
        return sql.sql("""
                SELECT digest FROM storage.blob b
                WHERE (state <> 'sound' OR copy_state <> 'sound') AND state <> 'sound' AND digest > :after
                  AND EXISTS (SELECT FROM storage.original o WHERE o.owner_id = :owner AND o.digest = b.digest)
                ORDER BY digest LIMIT :limit
                """) // the first condition is that of the index
                .param("owner", owner.value())
                .param("after", after == null ? new byte[0] : after.bytes())
                .param("limit", limit)
                .query((row, _) -> new Digest(row.getBytes(1))).list();
    }
}
