package picup.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import picup.decoder.FileKind;
import picup.platform.MemberId;
import picup.storage.Digest;

/// What belongs together: a cover, which stands in the timeline, and its parts, which name it in `part_of`. A cover is never
/// a part, so every part is one step from what is shown.
///
/// **The race that matters:** two decoders are done with the still and the video of one Live Photo at the same time. Each
/// writes its own facts and looks for the other's, which it does not see before that commits: both would stay alone. So
/// whoever changes how pictures belong together, or several rows of one owner, first takes the owner's [#lock] and
/// holds it until the end of the transaction. Whoever comes second sees what the first has done. The lock comes before every row, of
/// the space too, so that nobody waits crosswise.
@Component
public class Items {
    public enum Role {
        LIVE, RAW, BURST;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Role of(@Nullable String text) {
            return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// A file of an item beside its cover.
    ///
    /// @param playable of a video: browsers play it as it is, or what was made of it for them
    public record Part(
            UUID id, UUID cover, Role role, FileKind kind, String fileName, long sizeBytes, Digest digest, Picture.State state, int version,
            @Nullable Long durationMs, boolean playable) {}

    private final JdbcClient sql;

    Items(JdbcClient sql) {
        this.sql = sql;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(MemberId owner) {
        sql.sql("SELECT pg_advisory_xact_lock(hashtextextended('items of ' || :owner, 0))")
                .param("owner", owner.toString()).query((row, number) -> 0).single();
    }

    /// In the order in which they were taken.
    public List<Part> partsOf(MemberId owner, Collection<UUID> covers) {
        return sql.sql("""
                SELECT id, part_of, part_role, kind, file_name, size_bytes, digest, state, version, duration_ms,
                    state = 'ready' AND (original_playable OR EXISTS (SELECT FROM unnest(renditions) AS file WHERE file LIKE 'video.%')) AS playable
                FROM storage.picture
                WHERE owner_id = :owner AND part_of = ANY (:covers) ORDER BY part_of, taken_at, file_name, id
                """)
                .param("owner", owner.value()).param("covers", covers.toArray(UUID[]::new))
                .query((row, number) -> part(row)).list();
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(row.getObject("id", UUID.class), row.getObject("part_of", UUID.class),
                Role.valueOf(row.getString("part_role").toUpperCase(Locale.ROOT)), FileKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("file_name"), row.getLong("size_bytes"), new Digest(row.getBytes("digest")),
                Picture.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getInt("version"), row.getObject("duration_ms", Long.class), row.getBoolean("playable"));
    }

    /// Makes these parts of the cover's item, with whatever parts they have themselves. The item is in all albums in which one
    /// of them was, a favourite when one of them was, and locked when one of them was.
    ///
    /// @param cover stands alone or is a cover
    public void attach(MemberId owner, Collection<UUID> parts, UUID cover, Role role) {
        var ids = parts.toArray(UUID[]::new);
        var before = coversOf(owner, parts);
        sql.sql("UPDATE storage.picture SET part_of = :cover WHERE owner_id = :owner AND part_of = ANY (:parts)")
                .param("owner", owner.value()).param("cover", cover).param("parts", ids).update();
        sql.sql("UPDATE storage.picture SET part_of = :cover, part_role = :role, version = version + 1 WHERE owner_id = :owner AND id = ANY (:parts)")
                .param("owner", owner.value()).param("cover", cover).param("parts", ids).param("role", role.text()).update();
        sql.sql("""
                UPDATE storage.picture SET favourite = true WHERE owner_id = :owner AND id = :cover AND NOT favourite
                  AND EXISTS (SELECT FROM storage.picture WHERE owner_id = :owner AND id = ANY (:parts) AND favourite)
                """)
                .param("owner", owner.value()).param("cover", cover).param("parts", ids).update();
        putIntoAlbums(owner, cover, ids);
        lockAllOrNone(owner, cover);
        mark(owner, parts);
        mark(owner, before);
        mark(owner, List.of(cover));
    }

    /// The film of a locked photo must not be found in the timeline because it came later.
    private void lockAllOrNone(MemberId owner, UUID cover) {
        sql.sql("""
                UPDATE storage.picture SET locked = true, version = version + 1 WHERE owner_id = :owner AND (id = :cover OR part_of = :cover) AND NOT locked
                  AND EXISTS (SELECT FROM storage.picture WHERE owner_id = :owner AND (id = :cover OR part_of = :cover) AND locked)
                """)
                .param("owner", owner.value()).param("cover", cover).update();
    }

    private List<UUID> coversOf(MemberId owner, Collection<UUID> parts) {
        return sql.sql("SELECT DISTINCT part_of FROM storage.picture WHERE owner_id = :owner AND id = ANY (:parts) AND part_of IS NOT NULL")
                .param("owner", owner.value()).param("parts", parts.toArray(UUID[]::new)).query(UUID.class).list();
    }

    private void putIntoAlbums(MemberId owner, UUID cover, UUID[] parts) {
        sql.sql("""
                INSERT INTO storage.album_picture (owner_id, album_id, picture_id, rank)
                SELECT owner_id, album_id, :cover, min(rank) FROM storage.album_picture
                WHERE owner_id = :owner AND picture_id = ANY (:parts) GROUP BY owner_id, album_id
                ON CONFLICT DO NOTHING
                """)
                .param("owner", owner.value()).param("cover", cover).param("parts", parts).update();
    }

    /// Puts a part in the place of its cover, which becomes a part.
    ///
    /// @param chosen by a person: then nothing else decides
    public void promote(MemberId owner, UUID part, UUID cover, boolean chosen) {
        sql.sql("""
                UPDATE storage.picture p SET part_of = NULL, part_role = NULL, cover_chosen = :chosen, favourite = c.favourite, archived = c.archived,
                    version = p.version + 1
                FROM storage.picture c WHERE p.owner_id = :owner AND p.id = :part AND c.owner_id = :owner AND c.id = :cover
                """)
                .param("owner", owner.value()).param("part", part).param("cover", cover).param("chosen", chosen).update();
        sql.sql("UPDATE storage.picture SET cover_chosen = false WHERE owner_id = :owner AND id = :cover AND cover_chosen")
                .param("owner", owner.value()).param("cover", cover).update();
        attach(owner, List.of(cover), part, Role.BURST);
    }

    /// Lets parts stand alone.
    ///
    /// @param forGood a person wants it so
    public void detach(MemberId owner, Collection<UUID> parts, boolean forGood) {
        var covers = coversOf(owner, parts);
        if (covers.isEmpty()) {
            return;
        }
        sql.sql("""
                UPDATE storage.picture SET part_of = NULL, part_role = NULL, kept_apart = kept_apart OR :forGood, version = version + 1
                WHERE owner_id = :owner AND id = ANY (:parts) AND part_of IS NOT NULL
                """)
                .param("owner", owner.value()).param("parts", parts.toArray(UUID[]::new)).param("forGood", forGood).update();
        mark(owner, covers);
    }

    /// Detaches those of `ids` that are parts of an item whose cover is not among them.
    ///
    /// @param trashed those in the trash, else those that are not
    void detachFromOthers(MemberId owner, Collection<UUID> ids, boolean trashed) {
        var parts = sql.sql("""
                SELECT id FROM storage.picture
                WHERE owner_id = :owner AND id = ANY (:ids) AND (trashed_at IS NOT NULL) = :trashed AND part_of IS NOT NULL AND NOT part_of = ANY (:ids)
                """)
                .param("owner", owner.value()).param("ids", ids.toArray(UUID[]::new)).param("trashed", trashed).query(UUID.class).list();
        detach(owner, parts, false);
    }

    List<UUID> idsOfParts(MemberId owner, Collection<UUID> covers) {
        return sql.sql("SELECT id FROM storage.picture WHERE owner_id = :owner AND part_of = ANY (:covers)")
                .param("owner", owner.value()).param("covers", covers.toArray(UUID[]::new)).query(UUID.class).list();
    }

    /// Keeps on each cover what kind of item it is, so that the timeline need not look at parts.
    private void mark(MemberId owner, Collection<UUID> covers) {
        sql.sql("""
                UPDATE storage.picture p SET stack = now.stack, version = version + 1
                FROM (SELECT wanted.id, (SELECT part_role FROM storage.picture c WHERE c.owner_id = :owner AND c.part_of = wanted.id
                                         ORDER BY array_position(ARRAY ['live', 'raw', 'burst'], part_role) LIMIT 1) AS stack
                      FROM unnest(:covers) AS wanted (id)) AS now
                WHERE p.owner_id = :owner AND p.id = now.id AND p.stack IS DISTINCT FROM now.stack
                """)
                .param("owner", owner.value()).param("covers", covers.toArray(UUID[]::new)).update();
    }
}
