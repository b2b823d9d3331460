package picup.storage;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// The room each member has. What is used is charged and refunded in the transaction that adds or removes the original.
@Component
public class Spaces {
    /// @param usedBytes  sum of the originals, each counted once
    /// @param quotaBytes how much there may be
    public record Space(long usedBytes, long quotaBytes) {}

    public sealed interface Charge {
        record Charged() implements Charge {}
        record OverQuota(long missingBytes) implements Charge {}
    }

    private final JdbcClient sql;
    private final StorageSettings settings;

    Spaces(JdbcClient sql, StorageSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /// Makes the space of a member. Does nothing when there is one: the event of the sign-up and the first use both come
    /// here, in either order.
    public void open(MemberId owner) {
        sql.sql("""
                INSERT INTO storage.space (owner_id, used_bytes, quota_bytes) VALUES (:owner, 0, :quota)
                ON CONFLICT (owner_id) DO NOTHING
                """)
                .param("owner", owner.value())
                .param("quota", settings.quota().toBytes())
                .update();
    }

    /// One conditional update decides, so that any number of uploads at once stay within the quota. The row stays locked
    /// until the surrounding transaction ends.
    public Charge charge(MemberId owner, long sizeBytes) {
        if (charged(owner, sizeBytes)) {
            return new Charge.Charged();
        }
        open(owner);
        if (charged(owner, sizeBytes)) {
            return new Charge.Charged();
        }
        var space = of(owner);
        return new Charge.OverQuota(Math.max(1, space.usedBytes() + sizeBytes - space.quotaBytes()));
    }

    private boolean charged(MemberId owner, long sizeBytes) {
        return sql.sql("""
                UPDATE storage.space SET used_bytes = used_bytes + :size
                WHERE owner_id = :owner AND used_bytes + :size <= quota_bytes
                """)
                .param("owner", owner.value())
                .param("size", sizeBytes)
                .update() == 1;
    }

    public void refund(MemberId owner, long sizeBytes) {
        sql.sql("UPDATE storage.space SET used_bytes = used_bytes - :size WHERE owner_id = :owner")
                .param("owner", owner.value())
                .param("size", sizeBytes)
                .update();
    }

    /// The space, also of a member who has not used it yet. Reads only.
    public Space of(MemberId owner) {
        return sql.sql("SELECT used_bytes, quota_bytes FROM storage.space WHERE owner_id = :owner")
                .param("owner", owner.value())
                .query((row, number) -> new Space(row.getLong(1), row.getLong(2)))
                .optional()
                .orElseGet(() -> new Space(0, settings.quota().toBytes()));
    }
}
