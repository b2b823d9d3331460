package picup.library.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.decoder.FileKind;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.place.Places;
import picup.platform.MemberId;

/// Names the towns of pictures and writes the words that they are found by, of all whose words are due. A trigger says which those are, so
/// nothing that changes a picture has to know of this.
///
/// What is due at once is done in the transaction of the change, as the member may look for it the next moment. Whatever is missed
/// there, and what an upgrade finds, [KeepFindable] comes by for.
@Component
class MakePicturesFindable {
    private static final String DUE = """
            SELECT id, kind, file_name, taken_at, concat_ws(' ', make, model, lens), description, tags, stack, panorama IS NOT NULL, frames > 1 AND codec IS NULL,
                   'motion.mp4' = ANY (renditions), latitude, longitude
            FROM storage.picture WHERE owner_id = :owner AND words_due AND state <> 'processing'
            """;

    private final JdbcClient sql;
    private final Items items;
    private final Places places;

    MakePicturesFindable(JdbcClient sql, Items items, Places places) {
        this.sql = sql;
        this.items = items;
        this.places = places;
    }

    private record Due(UUID id, @Nullable Double latitude, @Nullable Double longitude, PictureWords.Source source) {}

    @EventListener
    void on(LibraryChanged change) {
        var picture = change.picture();
        if (picture != null) {
            write(change.owner(), sql.sql(DUE + " AND id = :id FOR UPDATE").param("owner", change.owner().value()).param("id", picture)
                    .query((row, _) -> due(change.owner(), row)).list());
        }
    }

    /// Some of one member's.
    ///
    /// @return how many there were; 0 when none is due, or another process is at it
    @Transactional
    int some(int most) {
        boolean alone = sql.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('words of pictures', 0))").query(Boolean.class).single();
        var owner = alone ? anyOwner() : Optional.<MemberId>empty();
        if (owner.isEmpty()) {
            return 0;
        }
        items.lock(owner.get()); // first, as whoever changes several rows of an owner does
        var due = sql.sql(DUE + " ORDER BY id LIMIT :most FOR UPDATE").param("owner", owner.get().value()).param("most", most)
                .query((row, _) -> due(owner.get(), row)).list();
        write(owner.get(), due);
        return due.size();
    }

    private Optional<MemberId> anyOwner() {
        return sql.sql("SELECT owner_id FROM storage.picture WHERE words_due AND state <> 'processing' LIMIT 1")
                .query((row, _) -> new MemberId(row.getObject(1, UUID.class))).optional();
    }

    private static Due due(MemberId owner, ResultSet row) throws SQLException {
        return new Due(row.getObject(1, UUID.class), row.getObject(12, Double.class), row.getObject(13, Double.class), new PictureWords.Source(
                owner, FileKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getString(3), row.getObject(4, LocalDateTime.class), row.getString(5),
                row.getString(6), List.of((String[]) row.getArray(7).getArray()), row.getString(8), row.getBoolean(9), row.getBoolean(10), row.getBoolean(11)));
    }

    private void write(MemberId owner, List<Due> due) {
        if (due.isEmpty()) {
            return;
        }
        var towns = due.stream().map(each -> places.of(each.latitude(), each.longitude()).orElse(null)).toList();
        sql.sql("SELECT storage.make_findable(:owner, :ids, :places, :words)")
                .param("owner", owner.value())
                .param("ids", due.stream().map(Due::id).toArray(UUID[]::new))
                .param("places", towns.stream().map(town -> town == null ? null : town.id()).toArray(Integer[]::new))
                .param("words", IntStream.range(0, due.size()).mapToObj(at -> PictureWords.of(due.get(at).source(), towns.get(at))).toArray(String[]::new))
                .query((_, _) -> 0).list();
    }
}
