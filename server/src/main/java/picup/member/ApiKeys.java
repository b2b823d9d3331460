package picup.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.security.Scope;

/// The table `member.api_key`.
@Component
class ApiKeys {
    private static final Duration LAST_USED_TO = Duration.ofHours(1);

    private final JdbcClient database;

    ApiKeys(JdbcClient database) {
        this.database = database;
    }

    record Verified(UUID id, MemberId member, Set<Scope> scopes, @Nullable Instant lastUsedAt) {}

    void add(ApiKey key, MemberId member, RandomSecret secret) {
        database.sql("""
                        insert into member.api_key (id, member_id, secret_hash, hint, name, scopes, created_at, expires_at)
                        values (:id, :member, :hash, :hint, :name, string_to_array(:scopes, ' '), :now, :expiresAt)
                        """)
                .param("id", key.id())
                .param("member", member.value())
                .param("hash", secret.hash())
                .param("hint", key.hint())
                .param("name", key.name())
                .param("scopes", Scope.claim(key.scopes()))
                .param("now", utc(key.createdAt()))
                .param("expiresAt", key.expiresAt() == null ? null : utc(key.expiresAt()))
                .update();
    }

    /// Those that were revoked so long ago that no access token of theirs is left.
    void clear(MemberId member, Instant revokedBefore) {
        database.sql("delete from member.api_key where member_id = :member and revoked_at < :instant")
                .param("member", member.value())
                .param("instant", utc(revokedBefore))
                .update();
    }

    /// The newest first.
    List<ApiKey> of(MemberId member) {
        return database.sql("select * from member.api_key where member_id = :member and revoked_at is null order by id desc")
                .param("member", member.value())
                .query((row, _) -> new ApiKey(row.getObject("id", UUID.class), row.getString("name"), row.getString("hint"), scopes(row),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), time(row, "expires_at"), time(row, "last_used_at")))
                .list();
    }

    /// Empty for a suspended member as well; the keys are good again when the account is.
    Optional<Verified> find(RandomSecret secret, Instant now) {
        return database.sql("""
                        select key.id, key.member_id, key.scopes, key.last_used_at
                        from member.api_key key join member.account account on account.id = key.member_id
                        where key.secret_hash = :hash and key.revoked_at is null and (key.expires_at is null or key.expires_at > :now)
                          and account.suspended_at is null
                        """)
                .param("hash", secret.hash())
                .param("now", utc(now))
                .query((row, _) -> new Verified(row.getObject("id", UUID.class), new MemberId(row.getObject("member_id", UUID.class)),
                        scopes(row), time(row, "last_used_at")))
                .optional();
    }

    /// At most once an hour, whoever asks how often.
    void used(Verified key, Instant now) {
        if (key.lastUsedAt() != null && now.isBefore(key.lastUsedAt().plus(LAST_USED_TO))) {
            return;
        }
        database.sql("update member.api_key set last_used_at = :now where id = :id and (last_used_at is null or last_used_at <= :before)")
                .param("now", utc(now))
                .param("id", key.id())
                .param("before", utc(now.minus(LAST_USED_TO)))
                .update();
    }

    /// False when it is another member's, or over.
    boolean revoke(MemberId member, UUID key, Instant now) {
        return database.sql("update member.api_key set revoked_at = :now where id = :id and member_id = :member and revoked_at is null")
                .param("now", utc(now))
                .param("id", key)
                .param("member", member.value())
                .update() == 1;
    }

    List<UUID> revokedAfter(Instant instant) {
        return database.sql("select id from member.api_key where revoked_at > :instant")
                .param("instant", utc(instant))
                .query(UUID.class).list();
    }

    /// One that this release does not know gives no right.
    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray()).flatMap(text -> Scope.of(text).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
