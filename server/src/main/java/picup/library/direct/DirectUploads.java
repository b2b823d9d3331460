package picup.library.direct;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.library.direct.DirectUpload.Announced;
import picup.library.direct.DirectUpload.State;
import picup.library.upload.Upload.End;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Belongings;
import picup.storage.Digest;
import picup.storage.Reserving;

/// The rows of `storage.direct_upload`. Every statement that a member asks for leads with the owner: what is not the caller's is not found.
///
/// Whatever ends one says that it expects it to go on, and adds the job that clears the bucket to the same transaction.
@Component
public class DirectUploads implements Belongings, Reserving {
    private final JdbcClient sql;
    private final Jobs jobs;

    DirectUploads(JdbcClient sql, Jobs jobs) {
        this.sql = sql;
        this.jobs = jobs;
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    public DirectUpload require(MemberId owner, UUID id) {
        return find(owner, id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no upload " + id + " of yours."));
    }

    Optional<DirectUpload> find(MemberId owner, UUID id) {
        return sql.sql("SELECT * FROM storage.direct_upload WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(DirectUploads::row).optional();
    }

    int countOpen(MemberId owner) {
        return sql.sql("SELECT count(*) FROM storage.direct_upload WHERE owner_id = :owner AND state = 'receiving'")
                .param("owner", owner.value()).query(Integer.class).single();
    }

    void add(DirectUpload upload) {
        var file = upload.file();
        var done = upload.end() instanceof End.Done each ? each : null;
        sql.sql("""
                INSERT INTO storage.direct_upload (owner_id, id, state, digest, size_bytes, parts, part_bytes, reserved_bytes, file_name, folder, taken_at, source,
                    force, bulk, expires_at, outcome, picture_id, trashed)
                VALUES (:owner, :id, :state, :digest, :size, :parts, :partBytes, :reserved, :name, :folder, :takenAt, :source, :force, :bulk, :expires, :outcome, :picture, :trashed)
                """)
                .param("owner", upload.owner().value())
                .param("id", upload.id())
                .param("state", upload.state().text())
                .param("digest", file.sha256().bytes())
                .param("size", file.sizeBytes())
                .param("parts", file.partSha256().stream().map(Digest::bytes).toArray(byte[][]::new))
                .param("partBytes", file.partBytes())
                .param("reserved", upload.reservedBytes())
                .param("name", file.fileName())
                .param("folder", file.folder())
                .param("takenAt", file.takenAt())
                .param("source", file.source())
                .param("force", file.force())
                .param("bulk", file.bulk())
                .param("expires", utc(upload.expiresAt()))
                .param("outcome", done == null ? null : done.outcome(), Types.VARCHAR)
                .param("picture", done == null ? null : done.picture(), Types.OTHER)
                .param("trashed", done != null && done.trashed())
                .update();
    }

    /// @return false when it has ended meanwhile
    boolean note(DirectUpload upload, String bucketUpload) {
        return sql.sql("UPDATE storage.direct_upload SET bucket_upload = :upload WHERE owner_id = :owner AND id = :id AND state = 'receiving'")
                .param("upload", bucketUpload).param("owner", upload.owner().value()).param("id", upload.id()).update() == 1;
    }

    /// Its client has come back.
    void expireAt(DirectUpload upload, Instant expiresAt) {
        sql.sql("UPDATE storage.direct_upload SET expires_at = greatest(expires_at, :expires) WHERE owner_id = :owner AND id = :id AND state = 'receiving'")
                .param("expires", utc(expiresAt)).param("owner", upload.owner().value()).param("id", upload.id()).update();
    }

    /// What was reserved for it is the caller's to give back or to turn into the charge, in the same transaction.
    ///
    /// @return false when it has ended already
    boolean end(DirectUpload upload, State state, @Nullable End end, Instant forgottenAt) {
        var done = end instanceof End.Done each ? each : null;
        var refused = end instanceof End.Refused each ? each : null;
        boolean ended = sql.sql("""
                UPDATE storage.direct_upload SET state = :state, reserved_bytes = 0, expires_at = :forgotten, outcome = :outcome, picture_id = :picture,
                    trashed = :trashed, problem = :problem, detail = :detail
                WHERE owner_id = :owner AND id = :id AND state = 'receiving'
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
        if (ended) {
            clear(upload.id(), upload.bucketUpload());
        }
        return ended;
    }

    /// @return false when it is in another state now
    boolean remove(DirectUpload upload) {
        boolean removed = sql.sql("DELETE FROM storage.direct_upload WHERE owner_id = :owner AND id = :id AND state = :state")
                .param("owner", upload.owner().value()).param("id", upload.id()).param("state", upload.state().text()).update() == 1;
        if (removed && upload.open()) {
            clear(upload.id(), upload.bucketUpload());
        }
        return removed;
    }

    private void clear(UUID id, @Nullable String bucketUpload) {
        jobs.add(RemoveSentParts.KIND, new RemoveSentParts.Sent(id, bucketUpload), Priority.BULK);
    }

    /// Of any owner, those that go on and whose time is over.
    List<DirectUpload> expired(Instant now, int most) {
        return sql.sql("SELECT * FROM storage.direct_upload WHERE expires_at <= :now AND state = 'receiving' ORDER BY expires_at LIMIT :most")
                .param("now", utc(now)).param("most", most).query(DirectUploads::row).list();
    }

    /// Forgets those that have ended long enough ago.
    int forget(Instant now) {
        return sql.sql("DELETE FROM storage.direct_upload WHERE expires_at <= :now AND state <> 'receiving'").param("now", utc(now)).update();
    }

    @Override
    public long reservedBytes(MemberId owner) {
        return sql.sql("SELECT coalesce(sum(reserved_bytes), 0)::bigint FROM storage.direct_upload WHERE owner_id = :owner AND state = 'receiving'")
                .param("owner", owner.value()).query(Long.class).single();
    }

    /// With the jobs that clear the bucket, which may be away.
    @Override
    public int removeSome(MemberId owner, int most) {
        var some = sql.sql("SELECT * FROM storage.direct_upload WHERE owner_id = :owner ORDER BY id LIMIT :most FOR UPDATE")
                .param("owner", owner.value()).param("most", most).query(DirectUploads::row).list();
        some.forEach(this::remove);
        return some.size();
    }

    @Override
    public List<MemberId> leftOf(Collection<MemberId> owners) {
        return sql.sql("SELECT owner FROM unnest(:owners) AS owner WHERE EXISTS (SELECT FROM storage.direct_upload WHERE owner_id = owner)")
                .param("owners", owners.stream().map(MemberId::value).toArray(UUID[]::new))
                .query((row, _) -> new MemberId(row.getObject(1, UUID.class))).list();
    }

    private static DirectUpload row(ResultSet row, int number) throws SQLException {
        var parts = Arrays.stream((byte[][]) row.getArray("parts").getArray()).map(Digest::new).toList();
        var file = new Announced(new Digest(row.getBytes("digest")), row.getLong("size_bytes"), row.getLong("part_bytes"), parts, row.getString("file_name"),
                row.getString("folder"), row.getString("taken_at"), row.getString("source"), row.getBoolean("force"), row.getBoolean("bulk"));
        return new DirectUpload(new MemberId(row.getObject("owner_id", UUID.class)), row.getObject("id", UUID.class), State.of(row.getString("state")), file,
                row.getLong("reserved_bytes"), row.getString("bucket_upload"), row.getObject("expires_at", OffsetDateTime.class).toInstant(), End.of(row));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
