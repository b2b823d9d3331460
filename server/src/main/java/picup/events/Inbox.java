package picup.events;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;

/// What each listener has heard of each member: the table `inbox` in the schema of the listeners.
///
/// The news of a member is numbered without gaps ([MemberEvent#sequence]), so the number of the last event that was
/// heard says everything: what is not above it was heard, the next one is due, and anything later has come early.
///
/// A deletion is noted for everybody by the first listener that hears it. Otherwise one listener could open a space
/// by a late sign-up when another has already removed what there was. For the same reason the news of a member is taken in one
/// event at a time, whoever listens: the lock is that of the member, and lasts as long as the effect's transaction.
@Component
@InRole({Role.STORAGE, Role.WORKER})
class Inbox {
    enum Turn { DUE, HEARD, EARLY }

    /// Above every number, as nothing follows a deletion.
    private static final long NOTHING_FOLLOWS = Long.MAX_VALUE;
    private static final String EVERYBODY = "*";

    private final JdbcClient sql;

    Inbox(JdbcClient sql) {
        this.sql = sql;
    }

    private record Heard(long byListener, long byEverybody) {}

    /// Notes the event as heard when it is due. Part of the surrounding transaction, which is that of the effect.
    Turn take(String schema, String listener, MemberEvent event) {
        lock(event.member());
        var heard = heard(schema, listener, event.member());
        if (event instanceof MemberDeleted) {
            if (heard.byListener() == NOTHING_FOLLOWS) {
                return Turn.HEARD;
            }
            note(schema, EVERYBODY, event.member(), NOTHING_FOLLOWS);
            note(schema, listener, event.member(), NOTHING_FOLLOWS);
            return Turn.DUE;
        }
        if (event.sequence() <= heard.byListener() || heard.byEverybody() == NOTHING_FOLLOWS) {
            return Turn.HEARD;
        }
        if (event.sequence() > heard.byListener() + 1) {
            return Turn.EARLY;
        }
        note(schema, listener, event.member(), event.sequence());
        return Turn.DUE;
    }

    private void lock(MemberId member) {
        sql.sql("SELECT pg_advisory_xact_lock(hashtextextended('news of ' || :member, 0))")
                .param("member", member.toString())
                .query((row, _) -> true).single();
    }

    private Heard heard(String schema, String listener, MemberId member) {
        return sql.sql("""
                SELECT coalesce(max(sequence) FILTER (WHERE listener = :listener), max(sequence) FILTER (WHERE listener = '*' AND sequence < :nothingFollows), 0),
                       coalesce(max(sequence) FILTER (WHERE listener = '*'), 0)
                FROM %s.inbox WHERE member_id = :member AND listener IN (:listener, '*')
                """.formatted(schema))
                .param("listener", listener)
                .param("member", member.value())
                .param("nothingFollows", NOTHING_FOLLOWS)
                .query((row, _) -> new Heard(row.getLong(1), row.getLong(2))).single();
    }

    private void note(String schema, String listener, MemberId member, long sequence) {
        sql.sql("""
                INSERT INTO %s.inbox (member_id, listener, sequence) VALUES (:member, :listener, :sequence)
                ON CONFLICT (member_id, listener) DO UPDATE SET sequence = excluded.sequence
                """.formatted(schema))
                .param("member", member.value())
                .param("listener", listener)
                .param("sequence", sequence)
                .update();
    }
}
