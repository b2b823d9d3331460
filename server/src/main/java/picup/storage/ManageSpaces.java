package picup.storage;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;

/// The spaces of all members, as administrators see them, by the members' ids.
@Component
public class ManageSpaces {
    /// An exabyte: more than anybody has, and far from what a bigint cannot add up.
    private static final long MOST_BYTES = 1_000_000_000_000_000_000L;
    private static final int LONGEST_CURSOR = 200;

    private final JdbcClient sql;
    private final StorageAudit audit;

    ManageSpaces(JdbcClient sql, StorageAudit audit) {
        this.sql = sql;
        this.audit = audit;
    }

    public record MemberSpace(UUID member, long usedBytes, long quotaBytes) {}

    /// @param next cursor of the following page; null when this is the last
    public record SpacePage(List<MemberSpace> spaces, @Nullable String next) {}

    private record Place(long usedBytes, UUID member) {
        static Place of(String text) {
            try {
                if (text.length() <= LONGEST_CURSOR) {
                    var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
                    return new Place(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                // refused below
            }
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString((usedBytes + " " + member).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// The fullest first.
    public SpacePage page(@Nullable String cursor, int limit) {
        var after = cursor == null ? new Place(Long.MAX_VALUE, new UUID(0, 0)) : Place.of(cursor);
        var rows = sql.sql("""
                SELECT owner_id, used_bytes, quota_bytes FROM storage.space
                WHERE (used_bytes, owner_id) < (:used, :owner) AND emptied_at IS NULL -- of who left, only the tombstone is there
                ORDER BY used_bytes DESC, owner_id DESC LIMIT :limit
                """)
                .param("used", after.usedBytes)
                .param("owner", after.member)
                .param("limit", limit + 1)
                .query((row, _) -> space(row)).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new SpacePage(shown, more ? new Place(shown.getLast().usedBytes(), shown.getLast().member()).text() : null);
    }

    /// Those of these that have one.
    public SpacePage of(Collection<UUID> members) {
        return new SpacePage(sql.sql("SELECT owner_id, used_bytes, quota_bytes FROM storage.space WHERE owner_id = ANY (:owners)")
                .param("owners", members.toArray(UUID[]::new))
                .query((row, _) -> space(row)).list(), null);
    }

    /// Below what is used it may be set too: nothing goes, and nothing more comes in.
    ///
    /// @throws picup.platform.ProblemException `BAD_VALUE`; `NOT_FOUND` when there is no such space, or not yet
    @Transactional
    public MemberSpace setQuota(MemberId actor, MemberId member, long quotaBytes) {
        if (quotaBytes < 0 || quotaBytes > MOST_BYTES) {
            throw Problem.BAD_VALUE.because("quotaBytes must be 0 to %,d, but is %,d.".formatted(MOST_BYTES, quotaBytes));
        }
        var space = sql.sql("UPDATE storage.space SET quota_bytes = :quota WHERE owner_id = :owner AND standing <> 'closed' RETURNING owner_id, used_bytes, quota_bytes")
                .param("quota", quotaBytes)
                .param("owner", member.value())
                .query((row, _) -> space(row)).optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This member has no space, or not yet. Try again in a moment."));
        audit.record(AuditAction.QUOTA_SET, actor, member, "" + quotaBytes);
        return space;
    }

    private static MemberSpace space(ResultSet row) throws SQLException {
        return new MemberSpace(row.getObject("owner_id", UUID.class), row.getLong("used_bytes"), row.getLong("quota_bytes"));
    }
}
