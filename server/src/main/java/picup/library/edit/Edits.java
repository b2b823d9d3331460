package picup.library.edit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.Recipe;
import picup.library.FactColumns;
import picup.library.Picture;
import picup.platform.MemberId;

/// The columns of `storage.picture` that are about edits. Every change of what is wanted has the next number; whatever brings the result of
/// an earlier one finds no row.
@Component
class Edits {
    private final JdbcClient sql;

    Edits(JdbcClient sql) {
        this.sql = sql;
    }

    /// What is shown stays until [#show].
    ///
    /// @return the number of this edit
    int want(Picture picture, Recipe recipe) {
        return sql.sql("""
                UPDATE storage.picture SET edit = CAST(:edit AS jsonb), edit_number = edit_number + 1, edit_state = 'processing', edit_reason = NULL
                WHERE owner_id = :owner AND id = :id RETURNING edit_number
                """)
                .param("edit", FactColumns.json(recipe)).param("owner", picture.owner().value()).param("id", picture.id()).query(Integer.class).single();
    }

    /// @return the number up to which no edit is shown any more
    int revert(Picture picture) {
        return sql.sql("""
                UPDATE storage.picture SET edit = NULL, edit_number = edit_number + 1, edit_state = NULL, edit_reason = NULL,
                    shown_edit = NULL, shown_edit_number = NULL, edited_renditions = '{}',
                    width = CASE WHEN shown_edit IS NULL THEN width ELSE original_width END,
                    height = CASE WHEN shown_edit IS NULL THEN height ELSE original_height END,
                    thumb_hash = CASE WHEN shown_edit IS NULL THEN thumb_hash ELSE original_thumb_hash END,
                    original_width = NULL, original_height = NULL, original_thumb_hash = NULL, version = version + 1
                WHERE owner_id = :owner AND id = :id RETURNING edit_number
                """)
                .param("owner", picture.owner().value()).param("id", picture.id()).query(Integer.class).single();
    }

    /// @param number of the edit that is wanted
    void show(MemberId owner, UUID id, int number, int width, int height, String thumbHash, List<String> files) {
        sql.sql("""
                UPDATE storage.picture SET edit_state = 'ready', edit_reason = NULL, shown_edit = edit, shown_edit_number = edit_number, edited_renditions = :files,
                    original_width = CASE WHEN shown_edit IS NULL THEN width ELSE original_width END,
                    original_height = CASE WHEN shown_edit IS NULL THEN height ELSE original_height END,
                    original_thumb_hash = CASE WHEN shown_edit IS NULL THEN thumb_hash ELSE original_thumb_hash END,
                    width = :width, height = :height, thumb_hash = :hash, version = version + 1
                WHERE owner_id = :owner AND id = :id AND edit_number = :number
                """)
                .param("files", files.toArray(String[]::new)).param("width", width).param("height", height).param("hash", thumbHash)
                .param("owner", owner.value()).param("id", id).param("number", number).update();
    }

    /// As if it had never been wanted, but for the reason.
    void fail(MemberId owner, UUID id, int number, String reason) {
        sql.sql("""
                UPDATE storage.picture SET edit = shown_edit, edit_state = 'failed', edit_reason = :reason
                WHERE owner_id = :owner AND id = :id AND edit_number = :number
                """)
                .param("reason", reason).param("owner", owner.value()).param("id", id).param("number", number).update();
    }

    /// Of those that show an edit or wait for one: the number from which on its files are wanted.
    Map<UUID, Integer> wanted(MemberId owner, Collection<UUID> pictures) {
        var numbers = new HashMap<UUID, Integer>();
        sql.sql("""
                SELECT id, coalesce(shown_edit_number, edit_number) FROM storage.picture
                WHERE owner_id = :owner AND id = ANY (:ids) AND (shown_edit_number IS NOT NULL OR edit_state = 'processing')
                """)
                .param("owner", owner.value()).param("ids", pictures.toArray(UUID[]::new))
                .query(row -> {
                    numbers.put(row.getObject(1, UUID.class), row.getInt(2));
                });
        return numbers;
    }

    record Waiting(MemberId owner, UUID picture, int number) {}

    List<Waiting> processing(int most) {
        return sql.sql("SELECT owner_id, id, edit_number FROM storage.picture WHERE edit_state = 'processing' ORDER BY owner_id, id LIMIT :most")
                .param("most", most)
                .query((row, _) -> new Waiting(new MemberId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class), row.getInt(3))).list();
    }
}
