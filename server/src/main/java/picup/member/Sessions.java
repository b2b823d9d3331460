package picup.member;

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
import picup.platform.Problem;
import picup.platform.audit.AuditAction;

/// The table `member.session`.
@Component
class Sessions {
    /// The longest of the usual browsers have about 150, with the name that counts at the end.
    private static final int MAX_USER_AGENT_CHARS = 200;

    private final JdbcClient database;
    private final MemberSettings settings;
    private final MemberAudit audit;

    Sessions(JdbcClient database, MemberSettings settings, MemberAudit audit) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
    }

    /// @param provedAt when the member signed in, or proved once more who they are
    record Session(UUID id, MemberId member, boolean administrator, Instant provedAt, byte[] tokenHash, byte @Nullable [] previousTokenHash,
            byte @Nullable [] successorNonce, @Nullable Instant rotatedAt, Instant expiresAt, @Nullable Instant endedAt) {
        boolean isOver(Instant now) {
            return endedAt != null || !now.isBefore(expiresAt);
        }
    }

    /// Also clears away what is long over, so that the table needs no sweeper, and keeps to the limit per member. Those that
    /// have ended go first, or a program that signs in and out a hundred times would sign out the phone.
    ///
    /// Every way in ends here, so here is where a suspended account is refused: to who has proved to be its member.
    ///
    /// @throws picup.platform.ProblemException `SUSPENDED`
    UUID start(MemberId member, RefreshToken token, String userAgent, Instant now) {
        requireOpen(member);
        clear(member, now);
        audit.record(AuditAction.SIGNED_IN, member);
        UUID id = Ids.next();
        database.sql("""
                        insert into member.session (id, member_id, family_hash, token_hash, created_at, last_seen_at, expires_at, user_agent)
                        values (:id, :member, :familyHash, :tokenHash, :now, :now, :expiresAt, :userAgent)
                        """)
                .param("id", id)
                .param("member", member.value())
                .param("familyHash", token.familyHash())
                .param("tokenHash", token.secretHash())
                .param("now", utc(now))
                .param("expiresAt", utc(now.plus(settings.sessionLifetime())))
                .param("userAgent", capped(userAgent))
                .update();
        return id;
    }

    /// Holds off a suspension until the session is there to be ended.
    private void requireOpen(MemberId member) {
        boolean suspended = database.sql("select suspended_at is not null from member.account where id = :member for share")
                .param("member", member.value())
                .query(Boolean.class).optional().orElse(false);
        if (suspended) {
            throw Problem.SUSPENDED.because("An administrator has suspended this account. Nothing in it is lost; ask them to open it again.");
        }
    }

    private void clear(MemberId member, Instant now) {
        database.sql("""
                        delete from member.session
                        where member_id = :member
                          and (expires_at <= :now
                               or ended_at < :longAgo
                               or id in (select id from member.session where member_id = :member
                                         order by (ended_at is null) desc, last_seen_at desc, id desc offset :others))
                        """)
                .param("member", member.value())
                .param("now", utc(now))
                .param("longAgo", utc(now.minus(settings.sessionLifetime())))
                .param("others", settings.sessionsPerMember() - 1)
                .update();
    }

    /// Waits for whoever refreshes the same session, so that each sees the other's rotation.
    Optional<Session> lock(RefreshToken token) {
        return database.sql("""
                        select session.*, account.administrator, coalesce(session.proved_at, session.created_at) as proof_at
                        from member.session session join member.account account on account.id = session.member_id
                        where session.family_hash = :familyHash
                        for update of session
                        """)
                .param("familyHash", token.familyHash())
                .query((row, _) -> session(row)).optional();
    }

    void rotate(Session session, RefreshToken successor, byte[] nonce, Instant now) {
        database.sql("""
                        update member.session
                        set previous_token_hash = token_hash, token_hash = :tokenHash, successor_nonce = :nonce,
                            rotated_at = :now, last_seen_at = :now, expires_at = :expiresAt
                        where id = :id
                        """)
                .param("tokenHash", successor.secretHash())
                .param("nonce", nonce)
                .param("now", utc(now))
                .param("expiresAt", utc(now.plus(settings.sessionLifetime())))
                .param("id", session.id())
                .update();
    }

    void end(UUID session, Instant now) {
        database.sql("update member.session set ended_at = :now where id = :id and ended_at is null")
                .param("now", utc(now))
                .param("id", session)
                .update();
    }

    boolean isOpen(UUID session, Instant now) {
        return database.sql("select exists (select from member.session where id = :id and ended_at is null and expires_at > :now)")
                .param("id", session)
                .param("now", utc(now))
                .query(Boolean.class).single();
    }

    /// Whether the member signed in, or proved once more who they are, after the instant.
    boolean wasProvedAfter(UUID session, Instant instant) {
        return database.sql("""
                        select exists (select from member.session
                                       where id = :id and ended_at is null and coalesce(proved_at, created_at) > :instant)
                        """)
                .param("id", session)
                .param("instant", utc(instant))
                .query(Boolean.class).single();
    }

    void prove(UUID session, Instant now) {
        database.sql("update member.session set proved_at = :now where id = :id")
                .param("now", utc(now))
                .param("id", session)
                .update();
    }

    /// False when it is another member's, or over.
    boolean endOf(MemberId member, UUID session, Instant now) {
        return database.sql("""
                        update member.session set ended_at = :now
                        where id = :id and member_id = :member and ended_at is null and expires_at > :now
                        """)
                .param("now", utc(now))
                .param("id", session)
                .param("member", member.value())
                .update() == 1;
    }

    List<UUID> endAllBut(UUID session, MemberId member, Instant now) {
        return database.sql("""
                        update member.session set ended_at = :now
                        where member_id = :member and id <> :session and ended_at is null
                        returning id
                        """)
                .param("now", utc(now))
                .param("member", member.value())
                .param("session", session)
                .query(UUID.class).list();
    }

    List<ListSessions.Session> openOf(MemberId member, Instant now) {
        return database.sql("""
                        select id, user_agent, created_at, last_seen_at, expires_at from member.session
                        where member_id = :member and ended_at is null and expires_at > :now
                        order by last_seen_at desc, id desc
                        """)
                .param("member", member.value())
                .param("now", utc(now))
                .query((row, _) -> new ListSessions.Session(row.getObject("id", UUID.class),
                        Device.named(row.getString("user_agent")).orElse(null), time(row, "created_at"),
                        time(row, "last_seen_at"), time(row, "expires_at"))).list();
    }

    List<UUID> endedAfter(Instant instant) {
        return database.sql("select id from member.session where ended_at > :instant")
                .param("instant", utc(instant))
                .query(UUID.class).list();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(row.getObject("id", UUID.class), new MemberId(row.getObject("member_id", UUID.class)),
                row.getBoolean("administrator"), time(row, "proof_at"), row.getBytes("token_hash"), row.getBytes("previous_token_hash"),
                row.getBytes("successor_nonce"), instant(row, "rotated_at"),
                time(row, "expires_at"), instant(row, "ended_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// PostgreSQL takes no NUL in text; a browser sends none.
    private static String capped(String userAgent) {
        String clean = userAgent.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MAX_USER_AGENT_CHARS));
    }
}
