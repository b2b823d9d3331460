package picup.library.album;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Shown;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;

/// What somebody wrote between the pictures of an album: plain text, whatever it looks like. A text has a place in the order by hand, and in the orders by date the moment
/// of the picture before which it was put.
@Component
public class AlbumTexts {
    private static final int LONGEST_BYTES = 64 * 1024;

    /// All texts of an album come in one answer, which stays below 1 MB.
    private static final int MOST_TEXTS = 200;
    private static final int MOST_BYTES = 1024 * 1024;

    /// @param before the picture above which it is shown; null at the end
    public record Text(UUID id, String text, @Nullable UUID before) {}

    private final Albums albums;
    private final AlbumOrder order;
    private final JdbcClient sql;

    AlbumTexts(Albums albums, AlbumOrder order, JdbcClient sql) {
        this.albums = albums;
        this.order = order;
        this.sql = sql;
    }

    /// In the album's order.
    public List<Text> list(MemberId owner, UUID album) {
        return switch (albums.requireOne(owner, album)) {
            case HAND -> list(owner, album, "(i.rank, i.picture_id) > (t.rank, t.id) ORDER BY i.rank, i.picture_id", "t.rank");
            case OLDEST -> list(owner, album, "i.taken_at >= t.taken_at ORDER BY i.taken_at, i.picture_id", "t.taken_at, t.rank");
            case NEWEST -> list(owner, album, "i.taken_at <= t.taken_at ORDER BY i.taken_at DESC, i.picture_id DESC", "t.taken_at DESC, t.rank");
        };
    }

    private List<Text> list(MemberId owner, UUID album, String following, String by) {
        return sql.sql("""
                SELECT t.id, t.text, (
                    SELECT i.picture_id FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                    WHERE i.owner_id = t.owner_id AND i.album_id = t.album_id AND %s AND %s LIMIT 1)
                FROM storage.album_text t WHERE t.owner_id = :owner AND t.album_id = :album ORDER BY %s, t.id
                """.formatted(Shown.of("p"), following, by))
                .param("owner", owner.value()).param("album", album)
                .query((row, _) -> new Text(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class))).list();
    }

    /// @param before the picture of the album above which it is shown; null for the end
    /// @throws picup.platform.ProblemException `not-in-album`, `album-full`
    @Transactional
    public UUID write(MemberId owner, UUID album, @Nullable String text, @Nullable UUID before) {
        var ordering = albums.lock(owner, album);
        var clean = checked(text);
        requireRoom(owner, album, clean, null);
        var id = Ids.next();
        sql.sql("INSERT INTO storage.album_text (owner_id, album_id, id, rank, taken_at, text) VALUES (:owner, :album, :id, 0, 'infinity', :text)")
                .param("owner", owner.value()).param("album", album).param("id", id).param("text", clean).update();
        place(owner, album, ordering, id, before);
        albums.tellContents(owner, album, List.of());
        return id;
    }

    /// Puts a text above another picture.
    ///
    /// @param before null for the end
    /// @throws picup.platform.ProblemException `not-found`, `not-in-album`
    @Transactional
    public void move(MemberId owner, UUID album, UUID id, @Nullable UUID before) {
        var ordering = albums.lock(owner, album);
        requireOne(id, place(owner, album, ordering, id, before));
        albums.tellContents(owner, album, List.of());
    }

    private int place(MemberId owner, UUID album, Album.Ordering ordering, UUID id, @Nullable UUID before) {
        int placed = sql.sql("""
                UPDATE storage.album_text SET rank = :rank, taken_at = coalesce(
                    (SELECT taken_at FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album AND picture_id = :before),
                    CASE WHEN :newest THEN '-infinity' ELSE 'infinity' END::timestamp)
                WHERE owner_id = :owner AND album_id = :album AND id = :id
                """)
                .param("owner", owner.value()).param("album", album).param("id", id).param("rank", order.last(owner, album) + AlbumOrder.GAP)
                .param("before", before, Types.OTHER).param("newest", ordering == Album.Ordering.NEWEST).update();
        if (before != null) {
            order.move(owner, album, List.of(id), new AlbumOrder.Place(null, before));
        }
        return placed;
    }

    /// @throws picup.platform.ProblemException `not-found`, `album-full`
    @Transactional
    public void change(MemberId owner, UUID album, UUID id, @Nullable String text) {
        albums.lock(owner, album);
        var clean = checked(text);
        requireRoom(owner, album, clean, id);
        requireOne(id, sql.sql("UPDATE storage.album_text SET text = :text WHERE owner_id = :owner AND album_id = :album AND id = :id")
                .param("owner", owner.value()).param("album", album).param("id", id).param("text", clean).update());
        albums.tellContents(owner, album, List.of());
    }

    /// @throws picup.platform.ProblemException `not-found`
    @Transactional
    public void remove(MemberId owner, UUID album, UUID id) {
        albums.lock(owner, album);
        requireOne(id, sql.sql("DELETE FROM storage.album_text WHERE owner_id = :owner AND album_id = :album AND id = :id")
                .param("owner", owner.value()).param("album", album).param("id", id).update());
        albums.tellContents(owner, album, List.of());
    }

    private static void requireOne(UUID id, int rows) {
        if (rows == 0) {
            throw Problem.NOT_FOUND.because("There is no text " + id + " in this album, or not any more.");
        }
    }

    private static String checked(@Nullable String text) {
        var clean = text == null ? "" : text.replace("\0", "").strip();
        int bytes = clean.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > LONGEST_BYTES) {
            throw Problem.BAD_VALUE.because("A text has 1 to %,d bytes in UTF-8, but this has %,d.".formatted(LONGEST_BYTES, bytes));
        }
        return clean;
    }

    /// @param instead of which text; null for a new one
    private void requireRoom(MemberId owner, UUID album, String text, @Nullable UUID instead) {
        record Used(int texts, long bytes) {}
        var used = sql.sql("""
                SELECT count(*), coalesce(sum(octet_length(text)), 0) FROM storage.album_text
                WHERE owner_id = :owner AND album_id = :album AND id IS DISTINCT FROM :instead
                """)
                .param("owner", owner.value()).param("album", album).param("instead", instead, Types.OTHER)
                .query((row, _) -> new Used(row.getInt(1), row.getLong(2))).single();
        if (used.texts() >= MOST_TEXTS || used.bytes() + text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw Problem.ALBUM_FULL.because("An album has at most %d texts of %,d bytes together.".formatted(MOST_TEXTS, MOST_BYTES));
        }
    }
}
