package picup.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.Cursor;
import picup.platform.Ids;
import picup.platform.MemberId;

/// Who did what to whom, in the table `audit` of one schema: lines are added, never changed, and forgotten after a while.
/// Each side of the product has its own subclass.
public abstract class AuditTrail {
    /// Each line that comes lets so many go that are too old, so that the table needs no sweeper and no line pays for a
    /// year of them. What another transaction is removing is left to it.
    private static final int FORGOTTEN_AT_ONCE = 20;

    private final String table;
    private final JdbcClient sql;
    private final AuditSettings settings;
    private final InstantSource clock;

    protected AuditTrail(String schema, JdbcClient sql, AuditSettings settings, InstantSource clock) {
        this.table = schema + ".audit";
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    public void record(AuditAction action, MemberId actor) {
        record(action, actor, actor, null);
    }

    public void record(AuditAction action, @Nullable MemberId actor, @Nullable MemberId subject) {
        record(action, actor, subject, null);
    }

    /// Joins the surrounding transaction, so that what was rolled back is not told. Adds from where the request of this
    /// thread came.
    public void record(AuditAction action, @Nullable MemberId actor, @Nullable MemberId subject, @Nullable String detail) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        forgetSome(now);
        var asker = Asker.ofThisThread();
        sql.sql("""
                INSERT INTO %s (id, at, action, actor_id, subject_id, detail, network, user_agent)
                VALUES (:id, :at, :action, :actor, :subject, :detail, :network, :userAgent)
                """.formatted(table))
                .param("id", Ids.next())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("action", action.text())
                .param("actor", actor == null ? null : actor.value())
                .param("subject", subject == null ? null : subject.value())
                .param("detail", detail)
                .param("network", asker.network())
                .param("userAgent", asker.userAgent())
                .update();
    }

    private void forgetSome(Instant now) {
        sql.sql("""
                DELETE FROM %1$s WHERE id IN (SELECT id FROM %1$s WHERE at < :before ORDER BY at LIMIT :some FOR UPDATE SKIP LOCKED)
                """.formatted(table))
                .param("before", now.minus(settings.retention()).atOffset(ZoneOffset.UTC))
                .param("some", FORGOTTEN_AT_ONCE)
                .update();
    }

    /// The latest first.
    ///
    /// @param subject whom it concerns; null for everybody
    public AuditPage page(@Nullable MemberId subject, @Nullable Cursor after, int limit) {
        var from = after == null ? new Cursor(LocalDateTime.of(9999, 12, 31, 0, 0), new UUID(0, 0)) : after;
        var query = sql.sql("""
                SELECT * FROM %s WHERE (at, id) < (:at, :id) AND at >= :oldest %s ORDER BY at DESC, id DESC LIMIT :limit
                """.formatted(table, subject == null ? "" : "AND subject_id = :subject"))
                .param("at", from.at().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .param("oldest", clock.instant().minus(settings.retention()).atOffset(ZoneOffset.UTC))
                .param("limit", limit + 1);
        var rows = (subject == null ? query : query.param("subject", subject.value())).query((row, _) -> entry(row)).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new AuditPage(shown, more ? place(shown.getLast()).text() : null);
    }

    private static Cursor place(AuditEntry entry) {
        return new Cursor(LocalDateTime.ofInstant(entry.at(), ZoneOffset.UTC), entry.id());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(row.getObject("id", UUID.class), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("action"),
                row.getObject("actor_id", UUID.class), row.getObject("subject_id", UUID.class), row.getString("detail"),
                row.getString("network"), row.getString("user_agent"));
    }
}
