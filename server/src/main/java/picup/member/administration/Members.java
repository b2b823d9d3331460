package picup.member.administration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// The tables `member.account`, `member.session` and `member.second_factor`, as administrators use them.
@Component
class Members {
    private static final String SHOWN = """
            select account.*, (select max(last_seen_at) from member.session where member_id = account.id) as last_seen_at,
                   exists (select from member.second_factor where member_id = account.id and secret is not null) as second_factor
            from member.account account
            """;

    private final JdbcClient database;

    Members(JdbcClient database) {
        this.database = database;
    }

    record Row(ManagedMember member, String key) {}

    /// By name, in the order of code points, as the index has them whatever the collation of the database.
    List<Row> page(String beginning, String after, int limit) {
        return database.sql(SHOWN + """
                        where account.username_key collate "C" ^@ :beginning and account.username_key collate "C" > :after
                        order by account.username_key collate "C" limit :limit
                        """)
                .param("beginning", beginning)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new Row(member(row), row.getString("username_key"))).list();
    }

    List<ManagedMember> of(Collection<UUID> ids) {
        return database.sql(SHOWN + "where account.id = any (:ids) order by account.username_key collate \"C\"")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> member(row)).list();
    }

    Optional<ManagedMember> find(MemberId id) {
        return database.sql(SHOWN + "where account.id = :id").param("id", id.value()).query((row, _) -> member(row)).optional();
    }

    /// Those who look after this Picup. Until the transaction ends they stay who they are: two who want to be the
    /// second-last to go wait for each other here, in the order of their ids, and the later one counts again.
    List<UUID> lockedAdministrators() {
        return database.sql("select id from member.account where administrator and suspended_at is null order by id for update")
                .query(UUID.class).list();
    }

    boolean isAdministrator(MemberId id) {
        return database.sql("select exists (select from member.account where id = :id and administrator and suspended_at is null)")
                .param("id", id.value())
                .query(Boolean.class).single();
    }

    /// False when it was so already.
    boolean setAdministrator(MemberId id, boolean administrator) {
        return database.sql("update member.account set administrator = :administrator where id = :id and administrator <> :administrator")
                .param("administrator", administrator)
                .param("id", id.value())
                .update() == 1;
    }

    /// The number of the change; empty when it was so already.
    Optional<Long> suspend(MemberId id, Instant now) {
        return database.sql("""
                        update member.account set suspended_at = :now, changes = changes + 1
                        where id = :id and suspended_at is null returning changes
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id.value())
                .query(Long.class).optional();
    }

    Optional<Long> reinstate(MemberId id) {
        return database.sql("""
                        update member.account set suspended_at = null, changes = changes + 1
                        where id = :id and suspended_at is not null returning changes
                        """)
                .param("id", id.value())
                .query(Long.class).optional();
    }

    List<UUID> endSessions(MemberId id, Instant now) {
        return database.sql("update member.session set ended_at = :now where member_id = :id and ended_at is null returning id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id.value())
                .query(UUID.class).list();
    }

    /// With its recovery codes. False when there is none in force.
    boolean removeSecondFactor(MemberId id) {
        return database.sql("delete from member.second_factor where member_id = :id and secret is not null").param("id", id.value()).update() == 1;
    }

    private static ManagedMember member(ResultSet row) throws SQLException {
        return new ManagedMember(row.getObject("id", UUID.class), row.getString("username"), row.getString("display_name"),
                row.getBoolean("administrator"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_seen_at"), instant(row, "suspended_at"), row.getBoolean("second_factor"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
