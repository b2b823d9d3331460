package picup.library;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Spaces;

/// Changes what a person may change of a picture. What is edited is marked, so that looking into the file again does
/// not undo it. The original stays as it is.
@Component
public class EditPicture {
    private static final int LONGEST_DESCRIPTION_CHARS = 16_384;

    /// Null leaves a value as it is; an empty description and a rating of 0 take it away.
    public record Edit(
            @Nullable String description, @Nullable Integer rating, @Nullable Boolean favourite, @Nullable Boolean archived,
            ImportPicture.@Nullable TakenAt takenAt) {
        public Edit {
            if (description != null && description.length() > LONGEST_DESCRIPTION_CHARS) {
                throw Problem.BAD_VALUE.because("A description has at most %,d characters, but this has %,d."
                        .formatted(LONGEST_DESCRIPTION_CHARS, description.length()));
            }
            if (rating != null && (rating < -1 || rating > 5)) {
                throw Problem.BAD_VALUE.because("A rating is -1 (rejected) to 5, or 0 for none, but this is " + rating + ".");
            }
        }
    }

    private final Spaces spaces;
    private final Pictures pictures;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    EditPicture(Spaces spaces, Pictures pictures, JdbcClient sql, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.pictures = pictures;
        this.sql = sql;
        this.events = events;
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    @Transactional
    public void run(MemberId owner, UUID id, Edit edit) {
        spaces.requireOpen(owner);
        var before = pictures.require(owner, id);
        var taken = edit.takenAt();
        sql.sql("""
                UPDATE storage.picture SET
                    description = CASE WHEN :describe THEN nullif(:description, '') ELSE description END,
                    rating = CASE WHEN :rate THEN nullif(:rating, 0) ELSE rating END,
                    favourite = coalesce(:favourite, favourite),
                    archived = coalesce(:archived, archived),
                    taken_at = coalesce(:taken, taken_at),
                    taken_offset_seconds = CASE WHEN :retime THEN :offset ELSE taken_offset_seconds END,
                    taken_at_source = CASE WHEN :retime THEN 'edit' ELSE taken_at_source END,
                    edited = ARRAY (SELECT DISTINCT unnest(edited || :edited)),
                    version = version + 1
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", owner.value())
                .param("id", id)
                .param("describe", edit.description() != null)
                .param("description", edit.description() == null ? null : edit.description().replace("\0", ""))
                .param("rate", edit.rating() != null)
                .param("rating", edit.rating(), java.sql.Types.SMALLINT)
                .param("favourite", edit.favourite(), java.sql.Types.BOOLEAN)
                .param("archived", edit.archived(), java.sql.Types.BOOLEAN)
                .param("retime", taken != null)
                .param("taken", taken == null ? null : taken.at(), java.sql.Types.TIMESTAMP)
                .param("offset", taken == null ? null : taken.offsetSeconds(), java.sql.Types.INTEGER)
                .param("edited", edited(edit).toArray(String[]::new))
                .update();
        events.publishEvent(LibraryChanged.one(owner, id, "edited", before.takenAt(), taken == null ? before.takenAt() : taken.at()));
    }

    private static List<String> edited(Edit edit) {
        var edited = new ArrayList<String>();
        if (edit.description() != null) {
            edited.add("description");
        }
        if (edit.rating() != null) {
            edited.add("rating");
        }
        if (edit.takenAt() != null) {
            edited.add("takenAt");
        }
        return edited;
    }
}
