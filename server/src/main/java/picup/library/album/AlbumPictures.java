package picup.library.album;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Picture;
import picup.library.Pictures;
import picup.library.Shown;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.RankCursor;

/// The pictures of albums: which, and in which order.
@Component
public class AlbumPictures {
    private static final Cursor OLDEST = new Cursor(LocalDateTime.of(1, 1, 1, 0, 0), new UUID(0, 0));
    private static final Cursor NEWEST = new Cursor(LocalDateTime.of(9999, 12, 31, 23, 59, 59), new UUID(-1, -1));

    private final Albums albums;
    private final AlbumOrder order;
    private final JdbcClient sql;

    AlbumPictures(Albums albums, AlbumOrder order, JdbcClient sql) {
        this.albums = albums;
        this.order = order;
        this.sql = sql;
    }

    /// @param next cursor of the following page
    public record Contents(List<Picture> pictures, @Nullable String next) {}

    /// In the album's order, without what is in the trash or locked. Each order has an index that begins with the album, so a page reads what it shows.
    ///
    /// @param cursor of the page before, in the same order
    /// @throws picup.platform.ProblemException `bad-cursor`, also when the album is in another order by now
    public Contents page(MemberId owner, UUID album, @Nullable String cursor, int limit) {
        return switch (albums.requireOne(owner, album)) {
            case HAND -> byHand(owner, album, cursor == null ? RankCursor.FIRST : RankCursor.of(cursor), limit);
            case OLDEST -> byDate(owner, album, ">", "ASC", cursor == null ? OLDEST : Cursor.of(cursor), limit);
            case NEWEST -> byDate(owner, album, "<", "DESC", cursor == null ? NEWEST : Cursor.of(cursor), limit);
        };
    }

    private static final String PAGE = """
            SELECT p.*, i.rank FROM storage.album_picture i
            JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
            WHERE i.owner_id = :owner AND i.album_id = :album AND %s
            """.formatted(Shown.of("p"));

    private Contents byHand(MemberId owner, UUID album, RankCursor after, int limit) {
        record Row(Picture picture, long rank) {}
        var rows = sql.sql(PAGE + "AND (i.rank, i.picture_id) > (:rank, :id) ORDER BY i.rank, i.picture_id LIMIT :limit")
                .param("owner", owner.value()).param("album", album).param("rank", after.rank()).param("id", after.id()).param("limit", limit + 1)
                .query((row, number) -> new Row(Pictures.row(row, number), row.getLong("rank"))).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new Contents(shown.stream().map(Row::picture).toList(), more ? new RankCursor(shown.getLast().rank(), shown.getLast().picture().id()).text() : null);
    }

    private Contents byDate(MemberId owner, UUID album, String than, String direction, Cursor after, int limit) {
        var rows = sql.sql(PAGE + ("AND (i.taken_at, i.picture_id) %1$s (:at, :id) ORDER BY i.taken_at %2$s, i.picture_id %2$s LIMIT :limit").formatted(than, direction))
                .param("owner", owner.value()).param("album", album).param("at", after.at()).param("id", after.id()).param("limit", limit + 1)
                .query(Pictures::row).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new Contents(shown, more ? new Cursor(shown.getLast().takenAt(), shown.getLast().id()).text() : null);
    }

    /// Where a picture stands.
    ///
    /// @param after the one before it in the album's order; null for the first
    public record Place(Picture picture, @Nullable UUID after) {}

    /// Of these, those that the album shows, in its order: what a browser that shows the rest must know of what has changed. One look at an index each.
    public List<Place> places(MemberId owner, UUID album, Collection<UUID> ids) {
        return switch (albums.requireOne(owner, album)) {
            case HAND -> places(owner, album, ids, "rank", "<", "ASC", "DESC");
            case OLDEST -> places(owner, album, ids, "taken_at", "<", "ASC", "DESC");
            case NEWEST -> places(owner, album, ids, "taken_at", ">", "DESC", "ASC");
        };
    }

    private List<Place> places(MemberId owner, UUID album, Collection<UUID> ids, String column, String before, String onward, String back) {
        return sql.sql("""
                SELECT p.*, (
                    SELECT b.picture_id FROM storage.album_picture b
                    WHERE b.owner_id = :owner AND b.album_id = :album AND b.shown AND (b.%1$s, b.picture_id) %2$s (i.%1$s, i.picture_id)
                    ORDER BY b.%1$s %4$s, b.picture_id %4$s LIMIT 1) AS stands_after
                FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                WHERE i.owner_id = :owner AND i.album_id = :album AND i.shown AND i.picture_id = ANY (:ids)
                ORDER BY i.%1$s %3$s, i.picture_id %3$s
                """.formatted(column, before, onward, back))
                .param("owner", owner.value()).param("album", album).param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Place(Pictures.row(row, number), row.getObject("stands_after", UUID.class))).list();
    }

    /// Adds pictures at the end, in the order given. Those already in it, unknown, locked or another's are left out.
    ///
    /// @return how many were added
    @Transactional
    public int add(MemberId owner, UUID album, Collection<UUID> ids) {
        albums.lock(owner, album);
        int added = sql.sql("""
                INSERT INTO storage.album_picture (owner_id, album_id, picture_id, rank)
                SELECT :owner, :album, p.id, :last + wanted.place * :gap
                FROM unnest(:ids) WITH ORDINALITY AS wanted (id, place)
                JOIN storage.picture p ON p.owner_id = :owner AND p.id = wanted.id AND NOT p.locked
                FOR KEY SHARE OF p -- one that is just being deleted for good is waited for, and left out
                ON CONFLICT DO NOTHING
                """)
                .param("owner", owner.value()).param("album", album).param("last", order.last(owner, album)).param("gap", AlbumOrder.GAP)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
        return told(owner, album, ids, added);
    }

    /// Takes pictures out; those that are not in it do not count, nor do locked ones, which are in it again when they come back.
    @Transactional
    public int take(MemberId owner, UUID album, Collection<UUID> ids) {
        albums.lock(owner, album);
        return told(owner, album, ids, sql.sql("""
                DELETE FROM storage.album_picture i USING storage.picture p
                WHERE i.owner_id = :owner AND i.album_id = :album AND i.picture_id = ANY (:ids) AND p.owner_id = i.owner_id AND p.id = i.picture_id AND NOT p.locked
                """)
                .param("owner", owner.value()).param("album", album).param("ids", ids.toArray(UUID[]::new))
                .update());
    }

    /// Puts pictures, and texts, next to another of the order by hand.
    ///
    /// @param after  the neighbour they follow; null, or no longer there, where `before` counts
    /// @param before the neighbour they precede
    /// @return how many were moved; those that are not in the album do not count
    /// @throws picup.platform.ProblemException `not-in-album` when neither neighbour is there
    @Transactional
    public int move(MemberId owner, UUID album, Collection<UUID> ids, @Nullable UUID after, @Nullable UUID before) {
        albums.lock(owner, album);
        return told(owner, album, ids, order.move(owner, album, ids, new AlbumOrder.Place(after, before)));
    }

    private int told(MemberId owner, UUID album, Collection<UUID> ids, int many) {
        if (many > 0) {
            albums.tellContents(owner, album, ids);
        }
        return many;
    }
}
