package picup.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// The table `member.invitation`.
@Component
class Invitations {
    private final JdbcClient database;

    Invitations(JdbcClient database) {
        this.database = database;
    }

    void add(UUID id, RandomSecret secret, String note, MemberId administrator, Instant now, Instant expiresAt) {
        database.sql("""
                        insert into member.invitation (id, secret_hash, note, created_by, created_at, expires_at)
                        values (:id, :hash, :note, :administrator, :now, :expiresAt)
                        """)
                .param("id", id)
                .param("hash", secret.hash())
                .param("note", note)
                .param("administrator", administrator.value())
                .param("now", utc(now))
                .param("expiresAt", utc(expiresAt))
                .update();
    }

    int count() {
        return database.sql("select count(*) from member.invitation").query(Integer.class).single();
    }

    /// Those that were used or ran out before; the table needs no sweeper.
    void clearBefore(Instant instant) {
        database.sql("delete from member.invitation where least(expires_at, used_at) < :instant")
                .param("instant", utc(instant))
                .update();
    }

    boolean isGood(RandomSecret secret, Instant now) {
        return database.sql("""
                        select exists (select from member.invitation
                                       where secret_hash = :hash and used_at is null and expires_at > :now)
                        """)
                .param("hash", secret.hash())
                .param("now", utc(now))
                .query(Boolean.class).single();
    }

    /// False when it is not good, or not any more: of those who come with it at once the row's lock lets one through, and
    /// the others look again when that one has committed.
    boolean redeem(RandomSecret secret, MemberId newcomer, Instant now) {
        return database.sql("""
                        update member.invitation set used_at = :now, used_by = :newcomer
                        where secret_hash = :hash and used_at is null and expires_at > :now
                        """)
                .param("now", utc(now))
                .param("newcomer", newcomer.value())
                .param("hash", secret.hash())
                .update() == 1;
    }

    /// The newest first.
    List<Invitation> all() {
        return database.sql("""
                        select invitation.*, inviter.username as inviter, newcomer.username as newcomer
                        from member.invitation invitation
                        join member.account inviter on inviter.id = invitation.created_by
                        left join member.account newcomer on newcomer.id = invitation.used_by
                        order by invitation.id desc
                        """)
                .query((row, _) -> new Invitation(row.getObject("id", UUID.class), row.getString("note"), row.getString("inviter"),
                        time(row, "created_at"), time(row, "expires_at"), timeOrNull(row, "used_at"), row.getString("newcomer")))
                .list();
    }

    boolean remove(UUID id) {
        return database.sql("delete from member.invitation where id = :id").param("id", id).update() == 1;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
