package picup.library;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// What a member did last to many pictures at once: one row a member, because only the last can be undone without a question.
@Component
public class LastBulkAction {
    private final JdbcClient sql;
    private final OpenFolders folders;

    LastBulkAction(JdbcClient sql, OpenFolders folders) {
        this.sql = sql;
        this.folders = folders;
    }

    /// @param action   `trashed` or `restored`
    /// @param pictures items that moved, without the parts that went along
    record Done(String action, Instant at, List<UUID> pictures) {}

    /// @param action   `trashed` or `restored`
    /// @param pictures how many that whoever asks may see
    public record Undoable(String action, Instant at, int pictures) {}

    /// In the transaction that does it. A single picture is no bulk, and its own undo is at hand.
    void record(MemberId owner, String action, Instant at, List<UUID> pictures) {
        if (pictures.size() < 2) {
            return;
        }
        sql.sql("""
                INSERT INTO storage.bulk_action (owner_id, action, at, pictures) VALUES (:owner, :action, :at, :pictures)
                ON CONFLICT (owner_id) DO UPDATE SET action = excluded.action, at = excluded.at, pictures = excluded.pictures
                """)
                .param("owner", owner.value()).param("action", action).param("at", at.atOffset(ZoneOffset.UTC))
                .param("pictures", pictures.toArray(UUID[]::new)).update();
    }

    /// Takes it, so that it is undone once.
    Optional<Done> take(MemberId owner) {
        return sql.sql("DELETE FROM storage.bulk_action WHERE owner_id = :owner RETURNING action, at, pictures")
                .param("owner", owner.value())
                .query((row, _) -> new Done(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), ids(row.getArray(3)))).optional();
    }

    private static List<UUID> ids(Array array) throws SQLException {
        return List.of((UUID[]) array.getArray());
    }

    public Optional<Undoable> undoable(MemberId owner) {
        return sql.sql("""
                SELECT action, at, cardinality(pictures) - hidden FROM storage.bulk_action b, LATERAL (
                    SELECT count(*) AS hidden FROM storage.picture p WHERE p.owner_id = :owner AND p.id = ANY (b.pictures) AND p.locked AND NOT :open) AS away
                WHERE owner_id = :owner AND cardinality(pictures) > hidden
                """)
                .param("owner", owner.value()).param("open", folders.isOpen(owner))
                .query((row, _) -> new Undoable(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getInt(3))).optional();
    }
}
