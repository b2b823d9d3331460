package picup.library.upload;

import java.sql.Array;
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
import picup.library.upload.Upload.End;
import picup.library.upload.Upload.State;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Belongings;
import picup.storage.Reserving;
import picup.storage.UploadParts;

/// The rows of `storage.upload`. Every statement that a member asks for leads with the owner: what is not the caller's is not found.
///
/// Statements that change a row name the state they expect, and say whether it was so: whoever has lost a race changes nothing.
@Component
public class Uploads implements Belongings, Reserving {
    private final JdbcClient sql;
    private final UploadParts parts;

    Uploads(JdbcClient sql, UploadParts parts) {
        this.sql = sql;
        this.parts = parts;
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    public Upload require(MemberId owner, UUID id) {
        return find(owner, id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no upload " + id + " of yours."));
    }

    Optional<Upload> find(MemberId owner, UUID id) {
        return sql.sql("SELECT * FROM storage.upload WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(Uploads::row).optional();
    }

    /// Those that go on, pieces too, the newest first.
    public List<Upload> open(MemberId owner, int most) {
        return sql.sql("SELECT * FROM storage.upload WHERE owner_id = :owner AND state IN ('receiving', 'received') ORDER BY id DESC LIMIT :most")
                .param("owner", owner.value()).param("most", most).query(Uploads::row).list();
    }

    Optional<Upload> joinedFrom(MemberId owner, List<UUID> parts) {
        return sql.sql("SELECT * FROM storage.upload WHERE owner_id = :owner AND parts = :parts")
                .param("owner", owner.value()).param("parts", parts.toArray(UUID[]::new)).query(Uploads::row).optional();
    }

    int countOpen(MemberId owner) {
        return sql.sql("SELECT count(*) FROM storage.upload WHERE owner_id = :owner AND state IN ('receiving', 'received')")
                .param("owner", owner.value()).query(Integer.class).single();
    }

    /// @return false when another is joined from the same parts already
    boolean add(Upload upload) {
        return sql.sql("""
                INSERT INTO storage.upload (owner_id, id, state, size_bytes, reserved_bytes, metadata, partial, parts, expires_at)
                VALUES (:owner, :id, :state, :size, :reserved, :metadata, :partial, :parts, :expires)
                ON CONFLICT (owner_id, parts) WHERE parts IS NOT NULL DO NOTHING
                """)
                .param("owner", upload.owner().value())
                .param("id", upload.id())
                .param("state", upload.state().text())
                .param("size", upload.sizeBytes(), Types.BIGINT)
                .param("reserved", upload.reservedBytes())
                .param("metadata", upload.header())
                .param("partial", upload.partial())
                .param("parts", upload.parts().isEmpty() ? null : upload.parts().toArray(UUID[]::new))
                .param("expires", utc(upload.expiresAt()))
                .update() == 1;
    }

    boolean setSize(Upload upload, long sizeBytes, long reservedBytes) {
        return sql.sql("""
                UPDATE storage.upload SET size_bytes = :size, reserved_bytes = :reserved
                WHERE owner_id = :owner AND id = :id AND state = 'receiving' AND size_bytes IS NULL
                """)
                .param("size", sizeBytes).param("reserved", reservedBytes).param("owner", upload.owner().value()).param("id", upload.id()).update() == 1;
    }

    /// Moves the offset on, from that of `upload`.
    ///
    /// @param kind null while nobody can tell
    boolean commit(Upload upload, long offsetBytes, State state, @Nullable FileKind kind, long reservedBytes, Instant expiresAt) {
        return sql.sql("""
                UPDATE storage.upload SET offset_bytes = :to, state = :state, kind = :kind, reserved_bytes = :reserved, expires_at = :expires
                WHERE owner_id = :owner AND id = :id AND state = 'receiving' AND offset_bytes = :from
                """)
                .param("to", offsetBytes)
                .param("state", state.text())
                .param("kind", kind == null ? null : kind.name().toLowerCase(Locale.ROOT), Types.VARCHAR)
                .param("reserved", reservedBytes)
                .param("expires", utc(expiresAt))
                .param("owner", upload.owner().value())
                .param("id", upload.id())
                .param("from", upload.offsetBytes())
                .update() == 1;
    }

    /// Ends one that goes on. What was reserved for it is the caller's to give back or to turn into the charge, in the same transaction.
    boolean end(Upload upload, State state, @Nullable End end, Instant forgottenAt) {
        var done = end instanceof End.Done each ? each : null;
        var refused = end instanceof End.Refused each ? each : null;
        return sql.sql("""
                UPDATE storage.upload SET state = :state, reserved_bytes = 0, expires_at = :forgotten, outcome = :outcome, picture_id = :picture,
                    trashed = :trashed, problem = :problem, detail = :detail
                WHERE owner_id = :owner AND id = :id AND state IN ('receiving', 'received')
                """)
                .param("state", state.text())
                .param("forgotten", utc(forgottenAt))
                .param("outcome", done == null ? null : done.outcome(), Types.VARCHAR)
                .param("picture", done == null ? null : done.picture(), Types.OTHER)
                .param("trashed", done != null && done.trashed())
                .param("problem", refused == null ? null : refused.problem().code(), Types.VARCHAR)
                .param("detail", refused == null ? null : refused.detail(), Types.VARCHAR)
                .param("owner", upload.owner().value())
                .param("id", upload.id())
                .update() == 1;
    }

    boolean remove(Upload upload) {
        return sql.sql("DELETE FROM storage.upload WHERE owner_id = :owner AND id = :id AND state = :state")
                .param("owner", upload.owner().value()).param("id", upload.id()).param("state", upload.state().text()).update() == 1;
    }

    /// Of any owner, those that go on and whose time is over.
    List<Upload> expired(Instant now, int most) {
        return sql.sql("SELECT * FROM storage.upload WHERE expires_at <= :now AND state IN ('receiving', 'received') ORDER BY expires_at LIMIT :most")
                .param("now", utc(now)).param("most", most).query(Uploads::row).list();
    }

    /// Of any owner, those of which a picture is still to be made.
    List<Upload> unfinished(int most) {
        return sql.sql("SELECT * FROM storage.upload WHERE state = 'received' AND NOT partial ORDER BY id LIMIT :most")
                .param("most", most).query(Uploads::row).list();
    }

    /// Forgets those that have ended long enough ago.
    int forget(Instant now) {
        return sql.sql("DELETE FROM storage.upload WHERE expires_at <= :now AND state NOT IN ('receiving', 'received')").param("now", utc(now)).update();
    }

    /// Those of `ids` that go on, whoever's they are.
    List<UUID> openAmong(Collection<UUID> ids) {
        return sql.sql("SELECT id FROM storage.upload WHERE id = ANY (:ids) AND state IN ('receiving', 'received')")
                .param("ids", ids.toArray(UUID[]::new)).query(UUID.class).list();
    }

    @Override
    public long reservedBytes(MemberId owner) {
        return sql.sql("SELECT coalesce(sum(reserved_bytes), 0)::bigint FROM storage.upload WHERE owner_id = :owner AND state IN ('receiving', 'received')")
                .param("owner", owner.value()).query(Long.class).single();
    }

    /// With the bytes. Should the transaction fail, the rows are without them, and soon gone too.
    @Override
    public int removeSome(MemberId owner, int most) {
        var removed = sql.sql("""
                DELETE FROM storage.upload WHERE owner_id = :owner AND id IN (
                    SELECT id FROM storage.upload WHERE owner_id = :owner ORDER BY id LIMIT :most) RETURNING id
                """)
                .param("owner", owner.value()).param("most", most).query(UUID.class).list();
        removed.forEach(parts::remove);
        return removed.size();
    }

    @Override
    public List<MemberId> leftOf(Collection<MemberId> owners) {
        return sql.sql("SELECT owner FROM unnest(:owners) AS owner WHERE EXISTS (SELECT FROM storage.upload WHERE owner_id = owner)")
                .param("owners", owners.stream().map(MemberId::value).toArray(UUID[]::new))
                .query((row, _) -> new MemberId(row.getObject(1, UUID.class))).list();
    }

    private static Upload row(ResultSet row, int number) throws SQLException {
        var kind = row.getString("kind");
        return new Upload(new MemberId(row.getObject("owner_id", UUID.class)), row.getObject("id", UUID.class), State.of(row.getString("state")),
                row.getObject("size_bytes", Long.class), row.getLong("offset_bytes"), row.getLong("reserved_bytes"), row.getString("metadata"),
                row.getBoolean("partial"), ids(row.getArray("parts")), kind == null ? null : FileKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(), End.of(row));
    }

    private static List<UUID> ids(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((UUID[]) array.getArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
