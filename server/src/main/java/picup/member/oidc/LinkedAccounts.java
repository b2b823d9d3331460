package picup.member.oidc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.Ids;
import picup.platform.MemberId;

/// The table `member.linked_account`.
@Component
class LinkedAccounts {
    private static final int MAX_NAME_CHARS = 200;

    private final JdbcClient database;

    LinkedAccounts(JdbcClient database) {
        this.database = database;
    }

    record Row(UUID id, String issuer, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}

    Optional<MemberId> owner(Identity identity) {
        return database.sql("select member_id from member.linked_account where issuer = :issuer and subject = :subject")
                .param("issuer", identity.issuer())
                .param("subject", identity.subject())
                .query(UUID.class).optional().map(MemberId::new);
    }

    /// Empty when nobody has linked it. What the account is called may have changed since the last time.
    Optional<MemberId> used(Identity identity, Instant now) {
        return database.sql("""
                        update member.linked_account set last_used_at = :now, name = :name
                        where issuer = :issuer and subject = :subject
                        returning member_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("name", capped(identity.shown()))
                .param("issuer", identity.issuer())
                .param("subject", identity.subject())
                .query(UUID.class).optional().map(MemberId::new);
    }

    /// False when somebody has linked it already. The unique index decides, and makes a second one wait for the first.
    boolean add(MemberId member, Identity identity, Instant now) {
        return database.sql("""
                        insert into member.linked_account (id, member_id, issuer, subject, name, created_at)
                        values (:id, :member, :issuer, :subject, :name, :now)
                        on conflict (issuer, subject) do nothing
                        """)
                .param("id", Ids.next())
                .param("member", member.value())
                .param("issuer", identity.issuer())
                .param("subject", identity.subject())
                .param("name", capped(identity.shown()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    List<Row> of(MemberId member) {
        return database.sql("""
                        select id, issuer, name, created_at, last_used_at from member.linked_account
                        where member_id = :member order by created_at, id
                        """)
                .param("member", member.value())
                .query((row, _) -> row(row)).list();
    }

    boolean remove(MemberId member, UUID id) {
        return database.sql("delete from member.linked_account where id = :id and member_id = :member")
                .param("id", id)
                .param("member", member.value())
                .update() == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        var used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Row(row.getObject("id", UUID.class), row.getString("issuer"), row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), used == null ? null : used.toInstant());
    }

    private static String capped(String name) {
        String clean = name.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MAX_NAME_CHARS));
    }
}
