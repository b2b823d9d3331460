package picup.library;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.RankCursor;
import picup.storage.Spaces;

/// What takes a member's space: sorts of files from counts that triggers keep, and the files themselves from an index, the largest first. Neither reads
/// more of a library than it shows.
@Component
public class StorageUse {
    private static final UUID LAST_ID = new UUID(-1L, -1L);

    private final Spaces spaces;
    private final JdbcClient sql;

    StorageUse(Spaces spaces, JdbcClient sql) {
        this.spaces = spaces;
        this.sql = sql;
    }

    /// As `storage.sort_of` sorts them.
    private enum Sort {
        PHOTO, VIDEO, RAW, TRASH
    }

    /// @param files how many
    public record Share(long files, long bytes) {
        private static final Share NONE = new Share(0, 0);
    }

    /// The shares and the rest are what is used.
    ///
    /// @param reservedBytes of uploads that are under way, which the quota counts already
    /// @param photos        outside of the trash, as all but the last
    /// @param trash         whatever is in it
    /// @param otherBytes    files that say something about pictures
    public record Use(long usedBytes, long reservedBytes, long quotaBytes, Share photos, Share videos, Share raws, Share trash, long otherBytes) {}

    public Use of(MemberId owner) {
        var filling = spaces.filling(owner);
        var shares = shares(owner);
        long counted = shares.values().stream().mapToLong(Share::bytes).sum();
        // An upload that ends between the two readings makes no file of a negative size.
        long other = Math.max(0, filling.usedBytes() - counted);
        return new Use(filling.usedBytes(), filling.reservedBytes(), filling.quotaBytes(), share(shares, Sort.PHOTO), share(shares, Sort.VIDEO),
                share(shares, Sort.RAW), share(shares, Sort.TRASH), other);
    }

    private Map<Sort, Share> shares(MemberId owner) {
        var shares = new EnumMap<Sort, Share>(Sort.class);
        sql.sql("SELECT sort, sum(files)::bigint, sum(bytes)::bigint FROM storage.usage WHERE owner_id = :owner GROUP BY sort")
                .param("owner", owner.value())
                .query(row -> {
                    shares.put(Sort.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), new Share(row.getLong(2), row.getLong(3)));
                });
        return shares;
    }

    private static Share share(Map<Sort, Share> shares, Sort sort) {
        return shares.getOrDefault(sort, Share.NONE);
    }

    /// The largest files outside of the trash and of the locked folder. Parts of items count like others: the RAW beside a photo may be ten times as large.
    public List<Picture> largest(MemberId owner, @Nullable RankCursor after, int limit) {
        return sql.sql("""
                SELECT * FROM storage.picture
                WHERE owner_id = :owner AND trashed_at IS NULL AND NOT locked AND (size_bytes, id) < (:size, :id)
                ORDER BY size_bytes DESC, id DESC LIMIT :limit
                """)
                .param("owner", owner.value())
                .param("size", after == null ? Long.MAX_VALUE : after.rank())
                .param("id", after == null ? LAST_ID : after.id())
                .param("limit", limit)
                .query(Pictures::row).list();
    }
}
