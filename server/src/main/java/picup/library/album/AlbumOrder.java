package picup.library.album;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;

/// The order by hand, of pictures and texts together: by `rank`, then by id. Ranks have gaps, so that what is moved gets ranks between its new neighbours' and
/// nothing else is written. Where a gap is used up, the few that follow are pushed on, twice as many each time until there is
/// room: list labelling (Itai, Konheim, Rodeh 1981). Moves to anywhere write 1.5 rows in the mean, 400 to the same place 4.
///
/// All of it happens under [Albums#lock].
@Component
class AlbumOrder {
    /// Room between neighbours: 32 moves into the same gap, and two thousand million at an end.
    static final long GAP = 1L << 32;

    /// What is pushed on gets so much room for each that is, as a longer stretch must be looser afterwards for it not to be pushed on soon again.
    private static final long LEAST_STEP = 1L << 12;

    /// Before everything.
    private static final Entry START = new Entry(new UUID(0, 0), Long.MIN_VALUE, false);

    private final JdbcClient sql;

    AlbumOrder(JdbcClient sql) {
        this.sql = sql;
    }

    private record Entry(UUID id, long rank, boolean text) {}

    /// Between which neighbours something goes. One is enough; of two, the second is where the first has left the album meanwhile.
    record Place(@Nullable UUID after, @Nullable UUID before) {
        Place {
            if (after == null && before == null) {
                throw Problem.BAD_VALUE.because("Say after or before which picture of the album.");
            }
        }
    }

    /// @return the rank from which the end is free; what is added there follows in steps of [#GAP]
    long last(MemberId owner, UUID album) {
        return sql.sql("""
                SELECT greatest(
                    coalesce((SELECT max(rank) FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album), 0),
                    coalesce((SELECT max(rank) FROM storage.album_text WHERE owner_id = :owner AND album_id = :album), 0))
                """)
                .param("owner", owner.value()).param("album", album).query(Long.class).single();
    }

    /// @param moved in their new order; those that are not in the album are left out
    /// @return how many were moved
    /// @throws picup.platform.ProblemException `not-in-album` when both neighbours have left it
    int move(MemberId owner, UUID album, Collection<UUID> moved, Place place) {
        var entries = entries(owner, album, moved);
        if (!entries.isEmpty()) {
            var ids = entries.stream().map(Entry::id).toArray(UUID[]::new);
            write(owner, album, spread(owner, album, entries, ids, before(owner, album, place, ids)));
        }
        return entries.size();
    }

    /// Those of these that are in the album, in the order given.
    private List<Entry> entries(MemberId owner, UUID album, Collection<UUID> ids) {
        return sql.sql("""
                SELECT wanted.id, 0, t.id IS NOT NULL FROM (SELECT id, min(place) AS place FROM unnest(:ids) WITH ORDINALITY AS given (id, place) GROUP BY id) AS wanted
                LEFT JOIN storage.album_picture i ON i.owner_id = :owner AND i.album_id = :album AND i.picture_id = wanted.id
                LEFT JOIN storage.album_text t ON t.owner_id = :owner AND t.album_id = :album AND t.id = wanted.id
                WHERE i.picture_id IS NOT NULL OR t.id IS NOT NULL ORDER BY wanted.place
                """)
                .param("owner", owner.value()).param("album", album).param("ids", ids.toArray(UUID[]::new)).query(AlbumOrder::entry).list();
    }

    /// @return the last entry that stays before what is moved; [#START] when there is none
    private Entry before(MemberId owner, UUID album, Place place, UUID[] moved) {
        var after = find(owner, album, place.after(), moved);
        if (after.isPresent()) {
            return after.get();
        }
        var next = find(owner, album, place.before(), moved).orElseThrow(() -> Problem.NOT_IN_ALBUM.because(
                "Neither %s nor %s is in the album and stays where it is. Load the album again.".formatted(place.after(), place.before())));
        return some(owner, album, "<", "DESC", next, moved, 1).stream().findFirst().orElse(START);
    }

    private Optional<Entry> find(MemberId owner, UUID album, @Nullable UUID id, UUID[] moved) {
        if (id == null || List.of(moved).contains(id)) {
            return Optional.empty();
        }
        return sql.sql("""
                SELECT picture_id, rank, false FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album AND picture_id = :id
                UNION ALL SELECT id, rank, true FROM storage.album_text WHERE owner_id = :owner AND album_id = :album AND id = :id
                """)
                .param("owner", owner.value()).param("album", album).param("id", id).query(AlbumOrder::entry).optional();
    }

    /// What stays, on one side of an entry, the nearest first.
    private List<Entry> some(MemberId owner, UUID album, String than, String direction, Entry from, UUID[] moved, int limit) {
        return sql.sql("""
                SELECT id, rank, text FROM (
                    (SELECT picture_id AS id, rank, false AS text FROM storage.album_picture
                     WHERE owner_id = :owner AND album_id = :album AND (rank, picture_id) %1$s (:rank, :id) AND picture_id <> ALL (:moved)
                     ORDER BY rank %2$s, picture_id %2$s LIMIT :limit)
                    UNION ALL
                    (SELECT id, rank, true FROM storage.album_text
                     WHERE owner_id = :owner AND album_id = :album AND (rank, id) %1$s (:rank, :id) AND id <> ALL (:moved)
                     ORDER BY rank %2$s, id %2$s LIMIT :limit)) AS entry
                ORDER BY rank %2$s, id %2$s LIMIT :limit
                """.formatted(than, direction))
                .param("owner", owner.value()).param("album", album).param("rank", from.rank()).param("id", from.id())
                .param("moved", moved).param("limit", limit).query(AlbumOrder::entry).list();
    }

    /// @return what is moved, and what must be pushed on for it, with their new ranks
    private List<Entry> spread(MemberId owner, UUID album, List<Entry> moved, UUID[] ids, Entry low) {
        for (int pushed = 0; ; pushed = Math.max(1, 2 * pushed)) {
            var following = some(owner, album, ">", "ASC", low, ids, pushed + 1);
            boolean open = following.size() <= pushed;
            var placed = new ArrayList<>(moved);
            placed.addAll(open ? following : following.subList(0, pushed));
            if (low == START) {
                return ranked(placed, open ? 0 : following.getFirst().rank() - GAP * (placed.size() + 1), GAP);
            }
            long step = open ? GAP : (following.getLast().rank() - low.rank()) / (placed.size() + 1);
            if (step >= Math.max(1, pushed * LEAST_STEP)) {
                return ranked(placed, low.rank(), step);
            }
        }
    }

    private static List<Entry> ranked(List<Entry> entries, long below, long step) {
        var ranked = new ArrayList<Entry>(entries.size());
        for (var entry : entries) {
            ranked.add(new Entry(entry.id(), below + step * (ranked.size() + 1), entry.text()));
        }
        return ranked;
    }

    private void write(MemberId owner, UUID album, List<Entry> entries) {
        write(owner, album, "album_picture", "picture_id", entries.stream().filter(entry -> !entry.text()).toList());
        write(owner, album, "album_text", "id", entries.stream().filter(Entry::text).toList());
    }

    private void write(MemberId owner, UUID album, String table, String key, List<Entry> entries) {
        if (!entries.isEmpty()) {
            sql.sql("""
                    UPDATE storage.%s i SET rank = placed.rank FROM unnest(:ids, :ranks) AS placed (id, rank)
                    WHERE i.owner_id = :owner AND i.album_id = :album AND i.%s = placed.id
                    """.formatted(table, key))
                    .param("owner", owner.value()).param("album", album).param("ids", entries.stream().map(Entry::id).toArray(UUID[]::new))
                    .param("ranks", entries.stream().map(Entry::rank).toArray(Long[]::new)).update();
        }
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(row.getObject(1, UUID.class), row.getLong(2), row.getBoolean(3));
    }
}
