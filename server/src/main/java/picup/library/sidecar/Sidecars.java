package picup.library.sidecar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
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
import picup.decoder.SidecarFacts;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `storage.sidecar`. Every statement leads with the owner.
@Component
public class Sidecars {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient sql;

    Sidecars(JdbcClient sql) {
        this.sql = sql;
    }

    /// @param added false when the same file is there under the same name already; then it counts as the newest again
    record Kept(UUID id, boolean added) {}

    Kept add(MemberId owner, UUID id, Digest digest, FileKind kind, String folder, String fileName, long sizeBytes, Instant addedAt) {
        return sql.sql("""
                INSERT INTO storage.sidecar (owner_id, id, digest, kind, folder, file_name, size_bytes, target, state, added_at)
                VALUES (:owner, :id, :digest, :kind, :folder, :name, :size, :target, 'processing', :added)
                ON CONFLICT (owner_id, folder, file_name, digest) DO UPDATE SET added_at = excluded.added_at
                RETURNING id
                """)
                .param("owner", owner.value()).param("id", id).param("digest", digest.bytes()).param("kind", kind.name().toLowerCase(Locale.ROOT))
                .param("folder", folder).param("name", fileName).param("size", sizeBytes).param("target", SidecarTarget.of(kind, fileName).key())
                .param("added", OffsetDateTime.ofInstant(addedAt, ZoneOffset.UTC))
                .query((row, number) -> new Kept(row.getObject(1, UUID.class), id.equals(row.getObject(1, UUID.class)))).single();
    }

    Optional<Sidecar> find(MemberId owner, UUID id) {
        return sql.sql("SELECT * FROM storage.sidecar WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(Sidecars::row).optional();
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    public Sidecar require(MemberId owner, UUID id) {
        return find(owner, id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no sidecar " + id + " of yours."));
    }

    List<Sidecar> of(MemberId owner, Digest digest) {
        return sql.sql("SELECT * FROM storage.sidecar WHERE owner_id = :owner AND digest = :digest ORDER BY id")
                .param("owner", owner.value()).param("digest", digest.bytes()).query(Sidecars::row).list();
    }

    /// Those that were matched with one of these pictures, oldest first.
    public List<Sidecar> ofPictures(MemberId owner, Collection<UUID> pictures) {
        return sql.sql("SELECT * FROM storage.sidecar WHERE owner_id = :owner AND picture_id = ANY (:pictures) ORDER BY picture_id, id")
                .param("owner", owner.value()).param("pictures", pictures.toArray(UUID[]::new)).query(Sidecars::row).list();
    }

    /// Those whose picture has not come, oldest first.
    public List<Sidecar> waiting(MemberId owner, UUID after, int limit) {
        return sql.sql("SELECT * FROM storage.sidecar WHERE owner_id = :owner AND picture_id IS NULL AND id > :after ORDER BY id LIMIT :limit")
                .param("owner", owner.value()).param("after", after).param("limit", limit).query(Sidecars::row).list();
    }

    public long countWaiting(MemberId owner) {
        return sql.sql("SELECT count(*) FROM storage.sidecar WHERE owner_id = :owner AND picture_id IS NULL")
                .param("owner", owner.value()).query(Long.class).single();
    }

    /// Everything of the owner, in the order of the ids.
    public List<Sidecar> page(MemberId owner, UUID after, int limit) {
        return sql.sql("SELECT * FROM storage.sidecar WHERE owner_id = :owner AND id > :after ORDER BY id LIMIT :limit")
                .param("owner", owner.value()).param("after", after).param("limit", limit).query(Sidecars::row).list();
    }

    /// Those of a folder that may speak of a picture of this name.
    List<Sidecar> about(MemberId owner, String folder, String pictureName) {
        return sql.sql("""
                SELECT * FROM storage.sidecar
                WHERE owner_id = :owner AND folder = :folder AND (target = ANY (:keys) OR title_target = ANY (:keys)) ORDER BY added_at DESC, id DESC
                """)
                .param("owner", owner.value()).param("folder", folder).param("keys", SidecarTarget.keysOf(pictureName).toArray(String[]::new))
                .query(Sidecars::row).list();
    }

    void match(MemberId owner, UUID id, UUID picture) {
        sql.sql("UPDATE storage.sidecar SET picture_id = :picture WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).param("picture", picture).update();
    }

    /// @param facts null for what cannot be read; what was read before stays
    void describe(MemberId owner, UUID id, @Nullable SidecarFacts facts, @Nullable String titleTarget) {
        sql.sql("""
                UPDATE storage.sidecar SET facts = coalesce(:facts::jsonb, facts), title_target = coalesce(:title, title_target),
                    state = CASE WHEN coalesce(:facts::jsonb, facts) IS NULL THEN 'failed' ELSE 'ready' END
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", owner.value()).param("id", id)
                .param("facts", facts == null ? null : JSON.writeValueAsString(facts), Types.VARCHAR).param("title", titleTarget, Types.VARCHAR)
                .update();
    }

    /// @return the digests that no sidecar of the owner has any more
    List<Digest> remove(MemberId owner, Collection<UUID> ids) {
        var gone = sql.sql("DELETE FROM storage.sidecar WHERE owner_id = :owner AND id = ANY (:ids) RETURNING digest")
                .param("owner", owner.value()).param("ids", ids.toArray(UUID[]::new)).query((row, number) -> new Digest(row.getBytes(1))).list();
        return gone.stream().distinct().filter(digest -> of(owner, digest).isEmpty()).toList();
    }

    private static Sidecar row(ResultSet row, int number) throws SQLException {
        var facts = row.getString("facts");
        return new Sidecar(new MemberId(row.getObject("owner_id", UUID.class)), row.getObject("id", UUID.class), new Digest(row.getBytes("digest")),
                FileKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("file_name"), row.getString("folder"),
                row.getLong("size_bytes"), row.getString("title_target"), row.getObject("picture_id", UUID.class),
                facts == null ? null : JSON.readValue(facts, SidecarFacts.class), row.getObject("added_at", OffsetDateTime.class).toInstant());
    }
}
