package picup.library.album;

import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.platform.Problem;

/// Which album lies in which. Two who move albums into each other at once take turns by [Albums#lock], so that the second sees the circle it would close.
@Component
public class AlbumNesting {
    /// Year, journey, place, day: deeper than this nobody finds anything, and a path is to fit on a phone.
    static final int MOST_LEVELS = 5;

    private final Albums albums;
    private final JdbcClient sql;

    AlbumNesting(Albums albums, JdbcClient sql) {
        this.albums = albums;
        this.sql = sql;
    }

    /// Puts an album, with all in it, into another.
    ///
    /// @param parent null for nowhere
    /// @throws picup.platform.ProblemException `album-nesting` when it would lie in itself, or too deep
    @Transactional
    public void put(MemberId owner, UUID id, @Nullable UUID parent) {
        albums.lock(owner, id);
        if (parent != null) {
            albums.requireOne(owner, parent);
            if (liesIn(owner, parent, id)) {
                throw Problem.ALBUM_NESTING.because("An album cannot lie in itself.");
            }
            requireShallow(levelOf(sql, owner, parent) + heightOf(sql, owner, id));
        }
        sql.sql("UPDATE storage.album SET parent_id = :parent, moved_up_from = '{}' WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).param("parent", parent, Types.OTHER).update();
        albums.tell(owner, id, "edited");
    }

    private boolean liesIn(MemberId owner, UUID inner, UUID outer) {
        return sql.sql(ABOVE + "SELECT EXISTS (SELECT FROM above WHERE id = :outer)")
                .param("owner", owner.value()).param("id", inner).param("outer", outer).query(Boolean.class).single();
    }

    /// The album and those that it lies in.
    private static final String ABOVE = """
            WITH RECURSIVE above AS (
                SELECT id, parent_id FROM storage.album WHERE owner_id = :owner AND id = :id
                UNION ALL
                SELECT a.id, a.parent_id FROM above JOIN storage.album a ON a.owner_id = :owner AND a.id = above.parent_id)
            """;

    /// @return 1 for one that lies in no other
    static int levelOf(JdbcClient sql, MemberId owner, UUID id) {
        return sql.sql(ABOVE + "SELECT count(*) FROM above").param("owner", owner.value()).param("id", id).query(Integer.class).single();
    }

    /// @return how many levels an album with all in it takes: 1 when there is none in it
    private static int heightOf(JdbcClient sql, MemberId owner, UUID id) {
        return sql.sql("""
                WITH RECURSIVE below AS (
                    SELECT id, 1 AS level FROM storage.album WHERE owner_id = :owner AND id = :id
                    UNION ALL
                    SELECT a.id, level + 1 FROM below JOIN storage.album a ON a.owner_id = :owner AND a.parent_id = below.id AND a.trashed_at IS NULL)
                SELECT coalesce(max(level), 0) FROM below
                """)
                .param("owner", owner.value()).param("id", id).query(Integer.class).single();
    }

    static void requireShallow(int levels) {
        if (levels > MOST_LEVELS) {
            throw Problem.ALBUM_NESTING.because("Albums lie in each other at most %d deep, but this would make %d.".formatted(MOST_LEVELS, levels));
        }
    }

    /// Puts back what moved up when the album was deleted and nobody has moved since, as far as that is not too deep meanwhile. It closes no circle: whatever the
    /// album lies in now, its children moved up into too.
    static void takeBack(JdbcClient sql, MemberId owner, UUID id) {
        int level = levelOf(sql, owner, id);
        var children = sql.sql("SELECT id FROM storage.album WHERE owner_id = :owner AND :id = ANY (moved_up_from)")
                .param("owner", owner.value()).param("id", id).query(UUID.class).list();
        for (var child : children) {
            if (level + heightOf(sql, owner, child) <= MOST_LEVELS) {
                sql.sql("""
                        UPDATE storage.album SET parent_id = :id, moved_up_from = moved_up_from[1 : array_position(moved_up_from, :id) - 1]
                        WHERE owner_id = :owner AND id = :child
                        """)
                        .param("owner", owner.value()).param("id", id).param("child", child).update();
            }
        }
    }
}
