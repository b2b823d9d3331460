package picup.platform.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.Cursor;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.audit.AuditTrail;
import tools.jackson.databind.json.JsonMapper;

/// The work of one schema as administrators look after it: what waits, what fails, and what gave up.
///
/// **Pressed twice.** A replay takes the letter away and adds the job in one transaction. Who comes second finds no
/// letter: the row's lock makes it wait until the first has committed.
public final class WorkDesk {
    private static final int NEXT_TRIES = 20;
    private static final int REPLAYED_AT_ONCE = 200;
    private static final int MOST_REPLAYED = 10_000;

    private final String schema;
    private final AuditTrail audit;
    private final JdbcClient sql;
    private final Jobs jobs;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Map<String, JobKind<?>> kinds = new HashMap<>();
    private final List<Lane> lanes;

    /// @param all the job kinds there are; those of other schemas are left to others
    public WorkDesk(String schema, AuditTrail audit, JdbcClient sql, Jobs jobs, JsonMapper json, TransactionTemplate transaction, List<JobKind<?>> all) {
        this.schema = schema;
        this.audit = audit;
        this.sql = sql;
        this.jobs = jobs;
        this.json = json;
        this.transaction = transaction;
        all.stream().filter(kind -> kind.lane().schema().equals(schema)).forEach(kind -> kinds.put(kind.name(), kind));
        lanes = kinds.values().stream().map(JobKind::lane).distinct().sorted(Comparator.comparing(Lane::name)).toList();
    }

    /// @param next cursor of the following page; null when this is the last
    public record DeadLetterPage(List<DeadLetter> deadLetters, long count, @Nullable String next) {}

    private record Revived(String kind, String payload) {}

    public List<LaneState> lanes() {
        return lanes.stream().map(this::state).toList();
    }

    /// In the database's time, as the schedulers of several machines may disagree and this asks about rows.
    private LaneState state(Lane lane) {
        var nextTries = sql.sql("""
                SELECT task_name, consecutive_failures, execution_time FROM %s
                WHERE consecutive_failures > 0 AND NOT picked ORDER BY execution_time LIMIT :most
                """.formatted(lane.table()))
                .param("most", NEXT_TRIES)
                .query((row, _) -> new LaneState.Failing(row.getString(1), row.getInt(2), row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
        return sql.sql("""
                SELECT count(*) FILTER (WHERE NOT picked AND execution_time <= now()) AS waiting,
                       count(*) FILTER (WHERE picked) AS running,
                       count(*) FILTER (WHERE NOT picked AND execution_time > now() AND coalesce(consecutive_failures, 0) = 0) AS scheduled,
                       count(*) FILTER (WHERE consecutive_failures > 0) AS failing,
                       extract(epoch FROM now() - min(execution_time) FILTER (WHERE NOT picked AND execution_time <= now()))::bigint AS oldest
                FROM %s
                """.formatted(lane.table()))
                .query((row, _) -> new LaneState(lane.name(), row.getLong("waiting"), row.getLong("running"), row.getLong("scheduled"),
                        row.getObject("oldest", Long.class), row.getLong("failing"), nextTries))
                .single();
    }

    /// The latest first.
    public DeadLetterPage deadLetters(@Nullable Cursor after, int limit) {
        var rows = sql.sql("""
                SELECT id, kind, attempts, reason, failed_at, coalesce(payload #>> '{member,value}', payload #>> '{owner,value}') AS member
                FROM %s.dead_letter WHERE id < :before ORDER BY id DESC LIMIT :limit
                """.formatted(schema))
                .param("before", after == null ? new UUID(-1, -1) : after.id())
                .param("limit", limit + 1)
                .query((row, _) -> deadLetter(row)).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new DeadLetterPage(shown, count(), more ? place(shown.getLast()).text() : null);
    }

    public long count() {
        return sql.sql("SELECT count(*) FROM " + schema + ".dead_letter").query(Long.class).single();
    }

    /// Lets it be tried again from the beginning, as work that somebody waits for.
    ///
    /// @throws picup.platform.ProblemException `NOT_FOUND`; `CONFLICT` when nobody does such work any more
    public void replay(MemberId actor, UUID id) {
        transaction.executeWithoutResult(_ -> {
            var revived = sql.sql("DELETE FROM %s.dead_letter WHERE id = :id RETURNING kind, payload".formatted(schema))
                    .param("id", id)
                    .query((row, _) -> new Revived(row.getString(1), row.getString(2))).optional().orElseThrow(WorkDesk::gone);
            if (!kinds.containsKey(revived.kind)) {
                throw Problem.CONFLICT.because("This Picup does no work of the kind " + revived.kind + " any more. Discard it.");
            }
            add(revived, Priority.INTERACTIVE);
            audit.record(AuditAction.DEAD_LETTER_REPLAYED, actor, null, revived.kind);
        });
    }

    /// Those that were there when this began, a portion at a time, as work that nobody waits for.
    ///
    /// @return how many, ten thousand at most
    public int replayAll(MemberId actor) {
        var newest = Ids.next();
        int replayed = 0;
        int portion;
        do {
            portion = transaction.execute(_ -> replaySome(actor, newest));
            replayed += portion;
        } while (portion > 0 && replayed < MOST_REPLAYED);
        return replayed;
    }

    private int replaySome(MemberId actor, UUID newest) {
        var revived = sql.sql("""
                DELETE FROM %1$s.dead_letter WHERE id IN (
                    SELECT id FROM %1$s.dead_letter WHERE id <= :newest AND kind = ANY (:kinds) ORDER BY id LIMIT :some FOR UPDATE SKIP LOCKED)
                RETURNING kind, payload
                """.formatted(schema))
                .param("newest", newest)
                .param("kinds", kinds.keySet().toArray(String[]::new))
                .param("some", REPLAYED_AT_ONCE)
                .query((row, _) -> new Revived(row.getString(1), row.getString(2))).list();
        if (!revived.isEmpty()) {
            revived.forEach(each -> add(each, Priority.BULK));
            audit.record(AuditAction.DEAD_LETTER_REPLAYED, actor, null, "" + revived.size());
        }
        return revived.size();
    }

    @SuppressWarnings("unchecked")
    private void add(Revived revived, Priority priority) {
        var kind = (JobKind<Object>) kinds.get(revived.kind);
        jobs.add(kind, json.readValue(revived.payload, kind.payload()), priority);
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`
    public void discard(MemberId actor, UUID id) {
        transaction.executeWithoutResult(_ -> {
            var kind = sql.sql("DELETE FROM %s.dead_letter WHERE id = :id RETURNING kind".formatted(schema))
                    .param("id", id)
                    .query(String.class).optional().orElseThrow(WorkDesk::gone);
            audit.record(AuditAction.DEAD_LETTER_DISCARDED, actor, null, kind);
        });
    }

    private static RuntimeException gone() {
        return Problem.NOT_FOUND.because("It has been replayed or discarded already.");
    }

    private static Cursor place(DeadLetter letter) {
        return new Cursor(LocalDateTime.ofInstant(letter.failedAt(), ZoneOffset.UTC), letter.id());
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        var member = row.getString("member");
        return new DeadLetter(row.getObject("id", UUID.class), row.getString("kind"), member == null ? null : UUID.fromString(member),
                row.getInt("attempts"), row.getString("reason"), row.getObject("failed_at", OffsetDateTime.class).toInstant());
    }
}
