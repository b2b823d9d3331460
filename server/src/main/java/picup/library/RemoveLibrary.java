package picup.library;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.storage.Belongings;

/// Takes the whole library of a member who is gone away: pictures, in the trash or not, sidecars, albums, what was remembered of
/// deletions, the locked folder, and what was counted of them. The bytes go with the ledger.
@Component
class RemoveLibrary implements Belongings {
    private final JdbcClient sql;

    RemoveLibrary(JdbcClient sql) {
        this.sql = sql;
    }

    /// Pictures before what is counted of them, because triggers count each that goes.
    @Override
    public int removeSome(MemberId owner, int most) {
        for (var statement : List.of(PICTURES, SIDECARS, ALBUMS, DELETIONS, READING, LAST_ACTION, GUARD, FOLDER, OPEN_FOLDERS, LOCK_UNDOS, MONTHS, FACETS, USAGE)) {
            int removed = sql.sql(statement).param("owner", owner.value()).param("most", most).update();
            if (removed > 0) {
                return removed;
            }
        }
        return 0;
    }

    private static final String PICTURES = """
            DELETE FROM storage.picture WHERE owner_id = :owner AND id IN (
                SELECT id FROM storage.picture WHERE owner_id = :owner ORDER BY id LIMIT :most)
            """;
    private static final String ALBUMS = """
            DELETE FROM storage.album WHERE owner_id = :owner AND id IN (
                SELECT id FROM storage.album WHERE owner_id = :owner ORDER BY id LIMIT :most)
            """;
    private static final String DELETIONS = """
            DELETE FROM storage.deleted_for_good WHERE owner_id = :owner AND digest IN (
                SELECT digest FROM storage.deleted_for_good WHERE owner_id = :owner ORDER BY digest LIMIT :most)
            """;
    private static final String SIDECARS = """
            DELETE FROM storage.sidecar WHERE owner_id = :owner AND id IN (
                SELECT id FROM storage.sidecar WHERE owner_id = :owner ORDER BY id LIMIT :most)
            """;
    private static final String READING = "DELETE FROM storage.facts_reading WHERE owner_id = :owner AND :most > 0";
    private static final String LAST_ACTION = "DELETE FROM storage.bulk_action WHERE owner_id = :owner AND :most > 0";
    private static final String GUARD = "DELETE FROM storage.purge_guard WHERE owner_id = :owner AND :most > 0";
    private static final String FOLDER = "DELETE FROM storage.locked_folder WHERE owner_id = :owner AND :most > 0";
    private static final String OPEN_FOLDERS = "DELETE FROM storage.open_folder WHERE owner_id = :owner AND :most > 0"; // one a session
    private static final String LOCK_UNDOS = """
            DELETE FROM storage.lock_undo WHERE owner_id = :owner AND id IN (
                SELECT id FROM storage.lock_undo WHERE owner_id = :owner ORDER BY id LIMIT :most)
            """;
    private static final String MONTHS = """
            DELETE FROM storage.month WHERE owner_id = :owner AND month IN (
                SELECT month FROM storage.month WHERE owner_id = :owner ORDER BY month LIMIT :most)
            """;
    private static final String FACETS = """
            DELETE FROM storage.facet WHERE owner_id = :owner AND (kind, value) IN (
                SELECT kind, value FROM storage.facet WHERE owner_id = :owner ORDER BY kind, value LIMIT :most)
            """;
    private static final String USAGE = """
            DELETE FROM storage.usage WHERE owner_id = :owner AND id IN (
                SELECT id FROM storage.usage WHERE owner_id = :owner ORDER BY id LIMIT :most)
            """;

    @Override
    public List<MemberId> leftOf(Collection<MemberId> owners) {
        return sql.sql("""
                SELECT owner FROM unnest(:owners) AS owner
                WHERE EXISTS (SELECT FROM storage.picture WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.sidecar WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.facts_reading WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.album WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.deleted_for_good WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.bulk_action WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.purge_guard WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.locked_folder WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.open_folder WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.lock_undo WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.month WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.facet WHERE owner_id = owner)
                   OR EXISTS (SELECT FROM storage.usage WHERE owner_id = owner)
                """)
                .param("owners", owners.stream().map(MemberId::value).toArray(UUID[]::new))
                .query((row, number) -> new MemberId(row.getObject(1, UUID.class))).list();
    }
}
