package picup.library;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;

/// The rows of `storage.picture`. Every statement leads with the owner, which is how access is decided: what is not the
/// caller's is not found.
@Component
public class Pictures {
    private final JdbcClient sql;
    private final OpenFolders folders;

    Pictures(JdbcClient sql, OpenFolders folders) {
        this.sql = sql;
        this.folders = folders;
    }

    /// For whoever asks; for the server's own work there is [#find].
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's; `locked` while the locked folder is closed to who asks
    public Picture require(MemberId owner, UUID id) {
        var picture = find(owner, id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no picture " + id + " in your library."));
        if (picture.locked()) {
            folders.require(owner);
        }
        return picture;
    }

    /// For what hangs on a picture, which may be gone.
    ///
    /// @throws picup.platform.ProblemException `locked`
    public void requireUnlocked(MemberId owner, UUID id) {
        if (isLocked(owner, id)) {
            folders.require(owner);
        }
    }

    public boolean isLocked(MemberId owner, UUID id) {
        return sql.sql("SELECT locked FROM storage.picture WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(Boolean.class).optional().orElse(false);
    }

    /// The others do not exist for who asks.
    public Collection<UUID> reachable(MemberId owner, Collection<UUID> ids) {
        return folders.reachable(owner, ids);
    }

    public Optional<Picture> find(MemberId owner, UUID id) {
        return sql.sql("SELECT * FROM storage.picture WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(Pictures::row).optional();
    }

    public Optional<Picture> find(MemberId owner, Digest digest) {
        return sql.sql("SELECT * FROM storage.picture WHERE owner_id = :owner AND digest = :digest")
                .param("owner", owner.value()).param("digest", digest.bytes()).query(Pictures::row).optional();
    }

    /// One of the owner's pictures by its bytes.
    ///
    /// @param id null for one that is locked away: who asks learns that nothing need be sent, and no more
    public record Known(Digest digest, @Nullable UUID id, boolean trashed) {}

    List<Known> known(MemberId owner, Collection<Digest> digests) {
        return sql.sql("""
                SELECT digest, CASE WHEN :open OR NOT locked THEN id END, trashed_at IS NOT NULL AND (:open OR NOT locked) FROM storage.picture
                WHERE owner_id = :owner AND digest = ANY (:digests)
                """)
                .param("owner", owner.value())
                .param("open", folders.isOpen(owner))
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, _) -> new Known(new Digest(row.getBytes(1)), row.getObject(2, UUID.class), row.getBoolean(3))).list();
    }

    /// Whether the owner deleted these bytes for good, so that they do not come back unless they are meant to.
    public boolean deletedForGood(MemberId owner, Digest digest) {
        return !deletedForGood(owner, List.of(digest)).isEmpty();
    }

    List<Digest> deletedForGood(MemberId owner, Collection<Digest> digests) {
        return sql.sql("SELECT digest FROM storage.deleted_for_good WHERE owner_id = :owner AND digest = ANY (:digests)")
                .param("owner", owner.value())
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query((row, _) -> new Digest(row.getBytes(1))).list();
    }

    /// Which of a member's pictures a list has. Each has an index of its own, so that a page costs what it shows.
    public enum Shelf {
        ALL(Shown.CONDITION), FAVOURITES(Shown.CONDITION + " AND favourite"), ARCHIVED(Shown.CONDITION + " AND archived"),
        /// For whom the locked folder is open.
        LOCKED("trashed_at IS NULL AND part_of IS NULL AND locked");

        private final String condition;

        Shelf(String condition) {
            this.condition = condition;
        }
    }

    /// Newest taken first, without the trash and without parts of items.
    public List<Picture> page(MemberId owner, Shelf shelf, @Nullable Cursor after, int limit) {
        return sql.sql("""
                SELECT * FROM storage.picture
                WHERE owner_id = :owner AND (taken_at, id) < (:at, :id) AND\s""" + shelf.condition + """

                ORDER BY taken_at DESC, id DESC LIMIT :limit
                """)
                .param("owner", owner.value())
                .param("at", after == null ? LAST : after.at())
                .param("id", after == null ? LAST_ID : after.id())
                .param("limit", limit)
                .query(Pictures::row).list();
    }

    /// Latest trashed first. Parts lie there with their cover, what is locked for whom the folder is open.
    public List<Picture> trash(MemberId owner, @Nullable Cursor after, int limit) {
        return sql.sql("""
                SELECT * FROM storage.picture
                WHERE owner_id = :owner AND trashed_at IS NOT NULL AND part_of IS NULL AND (:open OR NOT locked) AND (trashed_at, id) < (:at, :id)
                ORDER BY trashed_at DESC, id DESC LIMIT :limit
                """)
                .param("open", folders.isOpen(owner))
                .param("owner", owner.value())
                .param("at", (after == null ? LAST : after.at()).atOffset(ZoneOffset.UTC))
                .param("id", after == null ? LAST_ID : after.id())
                .param("limit", limit)
                .query(Pictures::row).list();
    }

    /// @param source device or import that it comes from, where somebody said
    /// @return false when the owner has a picture of this digest already; then nothing was written
    boolean add(MemberId owner, UUID id, Digest digest, FileKind kind, String folder, String fileName, long sizeBytes,
            LocalDateTime takenAt, @Nullable Integer takenOffsetSeconds, String takenAtSource, @Nullable String source, Instant addedAt) {
        return sql.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, folder, file_name, size_bytes, state,
                                             taken_at, taken_offset_seconds, taken_at_source, source, added_at)
                VALUES (:owner, :id, :digest, :kind, :folder, :name, :size, 'processing', :taken, :offset, :takenSource, :source, :added)
                ON CONFLICT (owner_id, digest) DO NOTHING
                """)
                .param("owner", owner.value())
                .param("id", id)
                .param("digest", digest.bytes())
                .param("kind", kind.name().toLowerCase(Locale.ROOT))
                .param("folder", folder)
                .param("name", fileName)
                .param("size", sizeBytes)
                .param("taken", takenAt)
                .param("offset", takenOffsetSeconds)
                .param("takenSource", takenAtSource)
                .param("source", source, java.sql.Types.VARCHAR)
                .param("added", OffsetDateTime.ofInstant(addedAt, ZoneOffset.UTC))
                .update() == 1;
    }

    /// Moves those that are not there yet to the trash, or those that are there out of it.
    ///
    /// @return the ids that moved, with their months
    List<Moved> trash(MemberId owner, Collection<UUID> ids, @Nullable Instant at) {
        return sql.sql("""
                UPDATE storage.picture SET trashed_at = :at, version = version + 1
                WHERE owner_id = :owner AND id = ANY (:ids) AND (trashed_at IS NULL) = (:at::timestamptz IS NOT NULL)
                RETURNING id, taken_at, part_of
                """)
                .param("owner", owner.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("at", at == null ? null : OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .query((row, number) -> new Moved(row.getObject(1, UUID.class), row.getObject(2, LocalDateTime.class), row.getObject(3, UUID.class)))
                .list();
    }

    /// @param partOf the cover it moved along with
    public record Moved(UUID id, LocalDateTime takenAt, @Nullable UUID partOf) {
        public Moved(UUID id, LocalDateTime takenAt) {
            this(id, takenAt, null);
        }
    }

    /// A row that is gone.
    ///
    /// @param part of an item
    record Removed(UUID id, Digest digest, boolean part) {}

    /// What lies in the trash for whoever asks.
    ///
    /// @param ids   null for all of the trash
    /// @param limit how many at most, so that no transaction grows without bound
    List<UUID> inTrash(MemberId owner, @Nullable Collection<UUID> ids, int limit) {
        return sql.sql("""
                SELECT id FROM storage.picture
                WHERE owner_id = :owner AND trashed_at IS NOT NULL AND (:open OR NOT locked) AND (:all AND part_of IS NULL OR id = ANY (:ids))
                ORDER BY id LIMIT :limit FOR UPDATE
                """)
                .param("open", folders.isOpen(owner))
                .param("owner", owner.value())
                .param("all", ids == null)
                .param("ids", ids == null ? new UUID[0] : ids.toArray(UUID[]::new))
                .param("limit", limit)
                .query(UUID.class).list();
    }

    /// How many rows [#inTrash] and their parts are.
    long countInTrash(MemberId owner, @Nullable Collection<UUID> ids) {
        return sql.sql("""
                SELECT count(*) FROM storage.picture
                WHERE owner_id = :owner AND trashed_at IS NOT NULL AND (:open OR NOT locked) AND (:all OR id = ANY (:ids) OR part_of = ANY (:ids))
                """)
                .param("open", folders.isOpen(owner))
                .param("owner", owner.value())
                .param("all", ids == null)
                .param("ids", ids == null ? new UUID[0] : ids.toArray(UUID[]::new))
                .query(Long.class).single();
    }

    /// Those of these that lie in the trash since that moment.
    List<UUID> trashedAt(MemberId owner, Collection<UUID> ids, Instant at) {
        return sql.sql("SELECT id FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids) AND trashed_at = :at")
                .param("owner", owner.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .query(UUID.class).list();
    }

    /// Those of these digests that whoever asks may see, in the order of the digests.
    public List<Picture> of(MemberId owner, Collection<Digest> digests) {
        return sql.sql("SELECT * FROM storage.picture WHERE owner_id = :owner AND digest = ANY (:digests) AND (:open OR NOT locked) ORDER BY digest")
                .param("open", folders.isOpen(owner))
                .param("owner", owner.value())
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query(Pictures::row).list();
    }

    /// As [#inTrash], but only what was thrown away before `before`.
    List<UUID> expired(MemberId owner, Collection<UUID> ids, Instant before, int limit) {
        return sql.sql("""
                SELECT id FROM storage.picture
                WHERE owner_id = :owner AND trashed_at < :before AND id = ANY (:ids)
                ORDER BY id LIMIT :limit FOR UPDATE
                """)
                .param("owner", owner.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .param("limit", limit)
                .query(UUID.class).list();
    }

    /// Removes rows for good, of the trash only.
    List<Removed> remove(MemberId owner, Collection<UUID> ids) {
        return sql.sql("""
                DELETE FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids) AND trashed_at IS NOT NULL
                RETURNING id, digest, part_of IS NOT NULL
                """)
                .param("owner", owner.value())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Removed(row.getObject(1, UUID.class), new Digest(row.getBytes(2)), row.getBoolean(3)))
                .list();
    }

    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);
    private static final UUID LAST_ID = new UUID(-1L, -1L);

    public static Picture row(ResultSet row, int number) throws SQLException {
        return new Picture(
                new MemberId(row.getObject("owner_id", UUID.class)),
                row.getObject("id", UUID.class),
                new Digest(row.getBytes("digest")),
                FileKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("file_name"),
                row.getLong("size_bytes"),
                Picture.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getObject("width", Integer.class),
                row.getObject("height", Integer.class),
                row.getObject("taken_at", LocalDateTime.class),
                row.getObject("taken_offset_seconds", Integer.class),
                row.getString("taken_at_source"),
                row.getObject("latitude", Double.class),
                row.getObject("longitude", Double.class),
                row.getObject("altitude", Double.class),
                row.getObject("place_id", Integer.class),
                new Picture.Camera(
                        row.getString("make"), row.getString("model"), row.getString("lens"), row.getObject("iso", Integer.class),
                        row.getObject("exposure_seconds", Double.class), row.getObject("f_number", Double.class),
                        row.getObject("focal_length_mm", Double.class)),
                row.getObject("duration_ms", Long.class),
                row.getBoolean("original_playable"),
                detail(row),
                new Picture.InItem(row.getString("folder"), row.getObject("part_of", UUID.class),
                        row.getObject("part_of") == null ? null : Items.Role.of(row.getString("part_role")), strings(row.getArray("edited"))),
                row.getString("description"),
                row.getObject("rating", Integer.class),
                row.getBoolean("favourite"),
                row.getBoolean("archived"),
                row.getBoolean("locked"),
                row.getString("thumb_hash"),
                strings(row.getArray("renditions")),
                edit(row),
                row.getInt("version"),
                row.getObject("added_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("trashed_at", OffsetDateTime.class)));
    }

    private static Picture.Edit edit(ResultSet row) throws SQLException {
        var state = row.getString("edit_state");
        return new Picture.Edit(
                FactColumns.recipe(row.getString("edit")),
                state == null ? null : Picture.State.valueOf(state.toUpperCase(Locale.ROOT)),
                row.getString("edit_reason"),
                row.getInt("edit_number"),
                row.getObject("shown_edit_number", Integer.class),
                strings(row.getArray("edited_renditions")),
                row.getObject("original_width", Integer.class),
                row.getObject("original_height", Integer.class));
    }

    private static Picture.Detail detail(ResultSet row) throws SQLException {
        return new Picture.Detail(
                Math.max(1, row.getInt("frames")),
                row.getBoolean("hdr"),
                row.getString("colour_profile"),
                FactColumns.panorama(row.getString("panorama")),
                row.getObject("frames_per_second", Double.class),
                row.getString("codec"),
                row.getString("audio_codec"),
                strings(row.getArray("tags")),
                FactColumns.faces(row.getString("faces")),
                row.getString("live_id"),
                row.getString("burst_id"),
                row.getInt("facts_version"));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
