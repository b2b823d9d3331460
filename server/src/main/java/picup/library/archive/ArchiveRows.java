package picup.library.archive;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.library.Picture;
import picup.library.Pictures;
import picup.platform.MemberId;
import picup.platform.RankCursor;

/// What goes into an archive, in pages: no connection is held while bytes are on their way to a slow reader.
///
/// Pictures come in the order of their ids, which never change. In the order of their times, one that is looked into or edited
/// meanwhile could move to where the archive has been already, and be missing from it.
@Component
class ArchiveRows {
    static final int PAGE = 200;
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(9999, 1, 1, 0, 0);

    /// @param description null for none
    /// @param parent      the album it lies in; null for none
    /// @param cover       the picture that was chosen; null for none
    record Album(UUID id, String name, @Nullable String description, Instant madeAt, @Nullable UUID parent, @Nullable UUID cover, String ordering, String display) {}

    /// @param after the picture it follows in the order by hand; null at the beginning
    record AlbumText(@Nullable UUID after, String text) {}

    private final JdbcClient sql;

    ArchiveRows(JdbcClient sql) {
        this.sql = sql;
    }

    /// By year, latest first, with the trash.
    ///
    /// @param open whether with the locked folder
    List<ArchiveContents.Year> years(MemberId owner, boolean open) {
        return sql.sql("""
                SELECT extract(year FROM taken_at)::int, count(*), sum(size_bytes) FROM storage.picture
                WHERE owner_id = :owner AND (:open OR NOT locked) GROUP BY 1 ORDER BY 1 DESC
                """)
                .param("owner", owner.value()).param("open", open)
                .query((row, number) -> new ArchiveContents.Year(row.getInt(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    long countLocked(MemberId owner, @Nullable Integer year) {
        return sql.sql("SELECT count(*) FROM storage.picture WHERE owner_id = :owner AND locked AND taken_at >= :from AND taken_at < :until")
                .param("owner", owner.value())
                .param("from", year == null ? EARLIEST : LocalDateTime.of(year, 1, 1, 0, 0))
                .param("until", year == null ? LATEST : LocalDateTime.of(year + 1, 1, 1, 0, 0))
                .query(Long.class).single();
    }

    /// @param year of the time they were taken; null for all
    List<Picture> pictures(MemberId owner, @Nullable Integer year, UUID after, boolean open) {
        return sql.sql("""
                SELECT * FROM storage.picture
                WHERE owner_id = :owner AND id > :after AND taken_at >= :from AND taken_at < :until AND (:open OR NOT locked)
                ORDER BY id LIMIT :limit
                """)
                .param("open", open)
                .param("owner", owner.value())
                .param("after", after)
                .param("from", year == null ? EARLIEST : LocalDateTime.of(year, 1, 1, 0, 0))
                .param("until", year == null ? LATEST : LocalDateTime.of(year + 1, 1, 1, 0, 0))
                .param("limit", PAGE)
                .query(Pictures::row).list();
    }

    boolean isThere(Picture picture) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.picture WHERE owner_id = :owner AND id = :id)")
                .param("owner", picture.owner().value()).param("id", picture.id()).query(Boolean.class).single();
    }

    /// The names of the albums that each of these pictures is in.
    Map<UUID, List<String>> albumsOf(MemberId owner, Collection<UUID> pictures) {
        var albums = new HashMap<UUID, List<String>>();
        sql.sql("""
                SELECT i.picture_id, a.name FROM storage.album_picture i
                JOIN storage.album a ON a.owner_id = i.owner_id AND a.id = i.album_id
                WHERE i.owner_id = :owner AND i.picture_id = ANY (:pictures) AND a.trashed_at IS NULL ORDER BY a.name, a.id
                """)
                .param("owner", owner.value()).param("pictures", pictures.toArray(UUID[]::new))
                .query(row -> {
                    albums.computeIfAbsent(row.getObject(1, UUID.class), each -> new ArrayList<>()).add(row.getString(2));
                });
        return albums;
    }

    List<Album> albums(MemberId owner, UUID after, boolean open) {
        return sql.sql("""
                SELECT id, name, description, made_at, parent_id,
                    CASE WHEN :open OR NOT EXISTS (SELECT FROM storage.picture p WHERE p.owner_id = :owner AND p.id = cover_id AND p.locked) THEN cover_id END,
                    ordering, display FROM storage.album
                WHERE owner_id = :owner AND id > :after AND trashed_at IS NULL ORDER BY id LIMIT :limit
                """)
                .param("owner", owner.value()).param("after", after).param("limit", PAGE).param("open", open)
                .query((row, number) -> new Album(row.getObject(1, UUID.class), row.getString(2), row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(), row.getObject(5, UUID.class), row.getObject(6, UUID.class),
                        row.getString(7), row.getString(8)))
                .list();
    }

    /// In the album's order, with what is in the trash.
    List<RankCursor> inAlbum(MemberId owner, UUID album, RankCursor after, boolean open) {
        return sql.sql("""
                SELECT i.rank, i.picture_id FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                WHERE i.owner_id = :owner AND i.album_id = :album AND (i.rank, i.picture_id) > (:rank, :id) AND (:open OR NOT p.locked)
                ORDER BY i.rank, i.picture_id LIMIT :limit
                """)
                .param("open", open)
                .param("owner", owner.value()).param("album", album).param("rank", after.rank()).param("id", after.id()).param("limit", PAGE)
                .query((row, number) -> new RankCursor(row.getLong(1), row.getObject(2, UUID.class)))
                .list();
    }

    /// In the order by hand. An album has at most 1 MB of them.
    List<AlbumText> textsOf(MemberId owner, UUID album, boolean open) {
        return sql.sql("""
                SELECT (SELECT i.picture_id FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                        WHERE i.owner_id = t.owner_id AND i.album_id = t.album_id AND (i.rank, i.picture_id) < (t.rank, t.id) AND (:open OR NOT p.locked)
                        ORDER BY i.rank DESC, i.picture_id DESC LIMIT 1), text
                FROM storage.album_text t WHERE owner_id = :owner AND album_id = :album ORDER BY rank, id
                """)
                .param("owner", owner.value()).param("album", album).param("open", open)
                .query((row, number) -> new AlbumText(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }
}
