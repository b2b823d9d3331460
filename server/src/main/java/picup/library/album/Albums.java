package picup.library.album;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Picture;
import picup.library.Pictures;
import picup.platform.Cursor;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Spaces;

/// Albums and what is in them. An album only refers to pictures: leaving one deletes nothing, and the trash hides.
@Component
public class Albums {
    private static final int LONGEST_NAME_CHARS = 200;
    private static final int LONGEST_DESCRIPTION_CHARS = 16_384;

    /// Room between neighbours, so that moving one picture rewrites one row.
    private static final long GAP = 1L << 20;

    /// @param count          pictures in it that are not in the trash, each item once
    /// @param coverPictureId the first of them
    public record Album(UUID id, String name, @Nullable String description, int count, @Nullable UUID coverPictureId) {}

    private static final String SELECT = """
            SELECT a.id, a.name, a.description, a.made_at, count(p.id) AS pictures, (array_agg(p.id ORDER BY i.rank, p.id))[1] AS cover
            FROM storage.album a
            LEFT JOIN storage.album_picture i ON i.owner_id = a.owner_id AND i.album_id = a.id
            LEFT JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id AND p.trashed_at IS NULL AND p.part_of IS NULL
            """;

    private final Spaces spaces;
    private final JdbcClient sql;
    private final InstantSource clock;

    Albums(Spaces spaces, JdbcClient sql, InstantSource clock) {
        this.spaces = spaces;
        this.sql = sql;
        this.clock = clock;
    }

    /// @param next cursor of the following page
    public record AlbumPage(List<Album> albums, @Nullable String next) {}

    /// Latest made first.
    public AlbumPage list(MemberId owner, @Nullable Cursor after, int limit) {
        record Row(Album album, OffsetDateTime madeAt) {}
        var rows = sql.sql(SELECT + """
                WHERE a.owner_id = :owner AND (:first OR (a.made_at, a.id) < (:at, :id))
                GROUP BY a.owner_id, a.id ORDER BY a.made_at DESC, a.id DESC LIMIT :limit
                """)
                .param("owner", owner.value())
                .param("first", after == null)
                .param("at", (after == null ? OffsetDateTime.now(ZoneOffset.UTC).toLocalDateTime() : after.at()).atOffset(ZoneOffset.UTC))
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> new Row(album(row), row.getObject("made_at", OffsetDateTime.class)))
                .list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new AlbumPage(shown.stream().map(Row::album).toList(),
                more ? new Cursor(shown.getLast().madeAt().withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), shown.getLast().album().id()).text() : null);
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    public Album require(MemberId owner, UUID id) {
        return sql.sql(SELECT + "WHERE a.owner_id = :owner AND a.id = :id GROUP BY a.owner_id, a.id")
                .param("owner", owner.value()).param("id", id)
                .query((row, number) -> album(row))
                .optional()
                .orElseThrow(() -> notYours(id));
    }

    /// As [#require], without counting what may be a hundred thousand pictures.
    private void requireOne(MemberId owner, UUID id) {
        if (!sql.sql("SELECT EXISTS (SELECT FROM storage.album WHERE owner_id = :owner AND id = :id)")
                .param("owner", owner.value()).param("id", id).query(Boolean.class).single()) {
            throw notYours(id);
        }
    }

    private static ProblemException notYours(UUID id) {
        return Problem.NOT_FOUND.because("There is no album " + id + " of yours.");
    }

    private static Album album(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Album(row.getObject("id", UUID.class), row.getString("name"), row.getString("description"), row.getInt("pictures"),
                row.getObject("cover", UUID.class));
    }

    @Transactional
    public UUID make(MemberId owner, String name) {
        spaces.requireOpen(owner);
        var id = Ids.next();
        sql.sql("INSERT INTO storage.album (owner_id, id, name, made_at) VALUES (:owner, :id, :name, :at)")
                .param("owner", owner.value()).param("id", id).param("name", checkedName(name))
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        return id;
    }

    /// Null leaves a value as it is; an empty description takes it away.
    @Transactional
    public void edit(MemberId owner, UUID id, @Nullable String name, @Nullable String description) {
        spaces.requireOpen(owner);
        requireOne(owner, id);
        if (description != null && description.length() > LONGEST_DESCRIPTION_CHARS) {
            throw Problem.BAD_VALUE.because("A description has at most %,d characters.".formatted(LONGEST_DESCRIPTION_CHARS));
        }
        sql.sql("""
                UPDATE storage.album SET name = coalesce(:name, name),
                    description = CASE WHEN :describe THEN nullif(:description, '') ELSE description END
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", owner.value()).param("id", id)
                .param("name", name == null ? null : checkedName(name), java.sql.Types.VARCHAR)
                .param("describe", description != null)
                .param("description", description == null ? null : description.replace("\0", ""), java.sql.Types.VARCHAR)
                .update();
    }

    /// Removes the album; its pictures stay in the library.
    @Transactional
    public void remove(MemberId owner, UUID id) {
        spaces.requireOpen(owner);
        int removed = sql.sql("DELETE FROM storage.album WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).update();
        if (removed == 0) {
            throw notYours(id);
        }
    }

    /// @param next cursor of the following page
    public record Contents(List<Picture> pictures, @Nullable String next) {}

    /// In the album's order, without what is in the trash.
    public Contents pictures(MemberId owner, UUID album, @Nullable RankCursor after, int limit) {
        requireOne(owner, album);
        record Row(Picture picture, long rank) {}
        var from = after == null ? RankCursor.FIRST : after;
        var rows = sql.sql("""
                SELECT p.*, i.rank FROM storage.album_picture i
                JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                WHERE i.owner_id = :owner AND i.album_id = :album AND (i.rank, i.picture_id) > (:rank, :id) AND p.trashed_at IS NULL AND p.part_of IS NULL
                ORDER BY i.rank, i.picture_id LIMIT :limit
                """)
                .param("owner", owner.value()).param("album", album).param("rank", from.rank()).param("id", from.id())
                .param("limit", limit + 1)
                .query((row, number) -> new Row(Pictures.row(row, number), row.getLong("rank")))
                .list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new Contents(shown.stream().map(Row::picture).toList(),
                more ? new RankCursor(shown.getLast().rank(), shown.getLast().picture().id()).text() : null);
    }

    /// Adds pictures at the end, in the order given. Those already in it, unknown or another's are left out.
    ///
    /// @return how many were added
    @Transactional
    public int add(MemberId owner, UUID album, Collection<UUID> ids) {
        lock(owner, album);
        return sql.sql("""
                INSERT INTO storage.album_picture (owner_id, album_id, picture_id, rank)
                SELECT :owner, :album, p.id, last.rank + wanted.place * :gap
                FROM unnest(:ids) WITH ORDINALITY AS wanted (id, place)
                JOIN storage.picture p ON p.owner_id = :owner AND p.id = wanted.id
                CROSS JOIN (SELECT coalesce(max(rank), 0) AS rank FROM storage.album_picture
                            WHERE owner_id = :owner AND album_id = :album) AS last
                FOR KEY SHARE OF p -- one that is just being deleted for good is waited for, and left out
                ON CONFLICT DO NOTHING
                """)
                .param("owner", owner.value()).param("album", album).param("gap", GAP).param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    @Transactional
    public int take(MemberId owner, UUID album, Collection<UUID> ids) {
        spaces.requireOpen(owner);
        requireOne(owner, album);
        return sql.sql("DELETE FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album AND picture_id = ANY (:ids)")
                .param("owner", owner.value()).param("album", album).param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /// Puts the given pictures in the given order, at the front; the others follow as they were.
    @Transactional
    public void order(MemberId owner, UUID album, Collection<UUID> ids) {
        lock(owner, album);
        sql.sql("""
                WITH ordered AS (
                    SELECT i.picture_id, row_number() OVER (ORDER BY wanted.place NULLS LAST, i.rank, i.picture_id) AS place
                    FROM storage.album_picture i
                    LEFT JOIN unnest(:ids) WITH ORDINALITY AS wanted (id, place) ON wanted.id = i.picture_id
                    WHERE i.owner_id = :owner AND i.album_id = :album)
                UPDATE storage.album_picture i SET rank = ordered.place * :gap FROM ordered
                WHERE i.owner_id = :owner AND i.album_id = :album AND i.picture_id = ordered.picture_id
                """)
                .param("owner", owner.value()).param("album", album).param("gap", GAP).param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /// Two who add or order at once take turns, so that ranks stay distinct.
    private void lock(MemberId owner, UUID album) {
        spaces.requireOpen(owner);
        sql.sql("SELECT id FROM storage.album WHERE owner_id = :owner AND id = :album FOR UPDATE")
                .param("owner", owner.value()).param("album", album).query(UUID.class).optional()
                .orElseThrow(() -> notYours(album));
    }

    private static String checkedName(String name) {
        var stripped = name.replace("\0", "").strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME_CHARS) {
            throw Problem.BAD_VALUE.because("An album's name has 1 to %d characters, but this has %d.".formatted(LONGEST_NAME_CHARS, stripped.length()));
        }
        return stripped;
    }
}
