package picup.library;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.media.UnfinishedWork;
import picup.platform.MemberId;

/// What is being done for a member right now, and what could not be done. Each number is counted in an index of what is unfinished, and no further than
/// [#MOST], so that an answer in the middle of an import costs milliseconds.
@Component
public class UnderWay {
    /// Beyond that a number says no more than "many".
    public static final int MOST = 10_000;

    /// More than anybody looks through at once.
    private static final int MOST_TROUBLES = 50;

    private final UnfinishedWork unfinished;
    private final JdbcClient sql;

    UnderWay(UnfinishedWork unfinished, JdbcClient sql) {
        this.unfinished = unfinished;
        this.sql = sql;
    }

    /// Each number counts no further than [#MOST].
    ///
    /// @param pictures that are not looked into yet
    /// @param videos   of which something playable is being made
    /// @param edits    that are being made
    /// @param facts    files that are read again, or will be
    public record Work(int pictures, int videos, int edits, int facts) {}

    /// What could not be done for a picture.
    ///
    /// @param what   `picture` when it cannot be shown, `edit` when an edit of it could not be made
    /// @param reason why, as in a picture
    public record Trouble(UUID id, String fileName, String what, @Nullable String reason, int version) {}

    public Work work(MemberId owner) {
        return new Work(
                count(owner, "state = 'processing'"),
                unfinished.videos(owner, MOST),
                count(owner, "edit_state = 'processing'"),
                Math.min(MOST, unfinished.facts(owner, MOST) + stillToBeRead(owner)));
    }

    private int count(MemberId owner, String condition) {
        return sql.sql("SELECT count(*) FROM (SELECT FROM storage.picture WHERE owner_id = :owner AND " + condition + " LIMIT :most) AS found")
                .param("owner", owner.value()).param("most", MOST).query(Integer.class).single();
    }

    /// Those that [ReadAllFacts] has not asked for yet.
    private int stillToBeRead(MemberId owner) {
        return sql.sql("""
                SELECT count(*) FROM (
                    SELECT FROM storage.facts_reading r JOIN storage.picture p ON p.owner_id = r.owner_id AND p.id > r.after
                    WHERE r.owner_id = :owner AND p.state = 'ready' LIMIT :most) AS found
                """)
                .param("owner", owner.value()).param("most", MOST).query(Integer.class).single();
    }

    /// The latest added first, outside of the trash and of the locked folder.
    public List<Trouble> troubles(MemberId owner) {
        return sql.sql("""
                SELECT id, file_name, CASE WHEN state = 'failed' THEN 'picture' ELSE 'edit' END, CASE WHEN state = 'failed' THEN reason ELSE edit_reason END, version
                FROM storage.picture
                WHERE owner_id = :owner AND (state = 'failed' OR edit_state = 'failed') AND trashed_at IS NULL AND NOT locked
                ORDER BY id DESC LIMIT :most
                """)
                .param("owner", owner.value()).param("most", MOST_TROUBLES)
                .query((row, _) -> new Trouble(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4), row.getInt(5))).list();
    }
}
