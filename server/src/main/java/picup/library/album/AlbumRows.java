package picup.library.album;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.library.Shown;

/// How an album is read: one statement for any number of them.
final class AlbumRows {
    private static final String SHOWN = """
            FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
            WHERE i.owner_id = a.owner_id AND i.album_id = a.id AND %s
            """.formatted(Shown.of("p"));

    /// The first of any order comes from an index, and the count is kept by triggers.
    private static final String SELECT = """
            SELECT a.*, chosen.id AS chosen, up.ids, up.names,
                coalesce((SELECT n.pictures FROM storage.album_count n WHERE n.owner_id = a.owner_id AND n.album_id = a.id), 0) AS pictures,
                (SELECT count(*) FROM storage.album c WHERE c.owner_id = a.owner_id AND c.parent_id = a.id AND c.trashed_at IS NULL) AS albums,
                coalesce(chosen.id, CASE a.ordering
                    WHEN 'oldest' THEN (SELECT i.picture_id %1$s ORDER BY i.taken_at, i.picture_id LIMIT 1)
                    WHEN 'newest' THEN (SELECT i.picture_id %1$s ORDER BY i.taken_at DESC, i.picture_id DESC LIMIT 1)
                    ELSE (SELECT i.picture_id %1$s ORDER BY i.rank, i.picture_id LIMIT 1) END) AS cover,
                (SELECT i.taken_at %1$s ORDER BY i.taken_at, i.picture_id LIMIT 1) AS first_taken_at,
                (SELECT i.taken_at %1$s ORDER BY i.taken_at DESC, i.picture_id DESC LIMIT 1) AS last_taken_at
            FROM storage.album a
            LEFT JOIN LATERAL (SELECT i.picture_id AS id %1$s AND i.picture_id = a.cover_id) AS chosen ON true
            LEFT JOIN LATERAL (
                WITH RECURSIVE above AS (
                    SELECT p.id, p.name, p.parent_id, 1 AS step FROM storage.album p WHERE p.owner_id = a.owner_id AND p.id = a.parent_id
                    UNION ALL
                    SELECT p.id, p.name, p.parent_id, step + 1 FROM above JOIN storage.album p ON p.owner_id = a.owner_id AND p.id = above.parent_id)
                SELECT array_agg(id ORDER BY step DESC) AS ids, array_agg(name ORDER BY step DESC) AS names FROM above) AS up ON true
            WHERE a.owner_id = :owner AND a.trashed_at IS %2$s
            """;
    private static final String THERE = SELECT.formatted(SHOWN, "NULL");
    private static final String DELETED = SELECT.formatted(SHOWN, "NOT NULL");

    private AlbumRows() {}

    /// @param rest begins with `AND`; has the parameter `owner` already
    static JdbcClient.StatementSpec select(JdbcClient sql, String rest) {
        return sql.sql(THERE + rest);
    }

    /// As [#select], of those that were deleted and may still be brought back.
    static JdbcClient.StatementSpec selectDeleted(JdbcClient sql, String rest) {
        return sql.sql(DELETED + rest);
    }

    static Album album(ResultSet row, int number) throws SQLException {
        return new Album(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("description"), row.getString("kind"),
                row.getString("ordering"), row.getString("display"), row.getInt("pictures"), row.getInt("albums"),
                row.getObject("cover", UUID.class), row.getObject("chosen") != null,
                row.getObject("first_taken_at", LocalDateTime.class), row.getObject("last_taken_at", LocalDateTime.class),
                path(row.getArray("ids"), row.getArray("names")));
    }

    private static List<Album.Crumb> path(@Nullable Array ids, @Nullable Array names) throws SQLException {
        var path = new ArrayList<Album.Crumb>();
        if (ids != null && names != null) {
            var texts = (String[]) names.getArray();
            for (var id : (UUID[]) ids.getArray()) {
                path.add(new Album.Crumb(id, texts[path.size()]));
            }
        }
        return path;
    }
}
