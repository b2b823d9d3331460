package picup.library;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.decoder.Facts;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Spaces;

/// Changes what a person may change of a picture. What is edited is marked, so that looking into the file again does
/// not undo it. The original stays as it is.
@Component
public class EditPicture {
    private static final int LONGEST_DESCRIPTION_CHARS = 16_384;

    /// Null leaves a value as it is; an empty description, a rating of 0 and an empty list take it away.
    ///
    /// @param tags a hierarchy has `|` between its levels
    public record Edit(
            @Nullable String description, @Nullable Integer rating, @Nullable Boolean favourite, @Nullable Boolean archived,
            ImportPicture.@Nullable TakenAt takenAt, @Nullable List<String> tags, @Nullable Where where) {
        public Edit {
            tags = tags == null ? null : checked(tags);
            if (description != null && description.length() > LONGEST_DESCRIPTION_CHARS) {
                throw Problem.BAD_VALUE.because("A description has at most %,d characters, but this has %,d."
                        .formatted(LONGEST_DESCRIPTION_CHARS, description.length()));
            }
            if (rating != null && (rating < -1 || rating > 5)) {
                throw Problem.BAD_VALUE.because("A rating is -1 (rejected) to 5, or 0 for none, but this is " + rating + ".");
            }
        }
    }

    /// Where it was taken: both, or neither to take the place away.
    public record Where(@Nullable Double latitude, @Nullable Double longitude) {
        public static final Where NOWHERE = new Where(null, null);

        public Where {
            if ((latitude == null) != (longitude == null)
                    || latitude != null && longitude != null && !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
                throw Problem.BAD_VALUE.because("A place has a latitude of -90 to 90 and a longitude of -180 to 180, but this is " + latitude + ", " + longitude + ".");
            }
        }
    }

    private static List<String> checked(List<String> tags) {
        var clean = new LinkedHashSet<String>();
        for (var tag : tags) {
            var text = tag == null ? "" : tag.replace("\0", "").strip();
            if (text.isEmpty() || text.length() > Facts.MAX_NAME_CHARS) {
                throw Problem.BAD_VALUE.because("A tag has 1 to %d characters, but this has %,d.".formatted(Facts.MAX_NAME_CHARS, text.length()));
            }
            clean.add(text);
        }
        if (clean.size() > Facts.MAX_TAGS) {
            throw Problem.BAD_VALUE.because("A picture has at most %d tags, but these are %,d.".formatted(Facts.MAX_TAGS, clean.size()));
        }
        return List.copyOf(clean);
    }

    private final Spaces spaces;
    private final Items items;
    private final Pictures pictures;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    EditPicture(Spaces spaces, Items items, Pictures pictures, JdbcClient sql, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.items = items;
        this.pictures = pictures;
        this.sql = sql;
        this.events = events;
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    @Transactional
    public void run(MemberId owner, UUID id, Edit edit) {
        items.lock(owner);
        spaces.requireOpen(owner);
        var before = pictures.require(owner, id);
        var taken = edit.takenAt();
        var where = edit.where();
        sql.sql("""
                UPDATE storage.picture SET
                    description = CASE WHEN :describe THEN nullif(:description, '') ELSE description END,
                    rating = CASE WHEN :rate THEN nullif(:rating, 0) ELSE rating END,
                    favourite = coalesce(:favourite, favourite),
                    archived = coalesce(:archived, archived),
                    taken_at = coalesce(:taken, taken_at),
                    taken_offset_seconds = CASE WHEN :retime THEN :offset ELSE taken_offset_seconds END,
                    taken_at_source = CASE WHEN :retime THEN 'edit' ELSE taken_at_source END,
                    tags = CASE WHEN :tag THEN :tags ELSE tags END,
                    latitude = CASE WHEN :place THEN :latitude ELSE latitude END,
                    longitude = CASE WHEN :place THEN :longitude ELSE longitude END,
                    altitude = CASE WHEN :place THEN NULL ELSE altitude END,
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
                .param("tag", edit.tags() != null)
                .param("tags", edit.tags() == null ? new String[0] : edit.tags().toArray(String[]::new))
                .param("place", where != null)
                .param("latitude", where == null ? null : where.latitude(), java.sql.Types.DOUBLE)
                .param("longitude", where == null ? null : where.longitude(), java.sql.Types.DOUBLE)
                .param("edited", edited(edit).toArray(String[]::new))
                .update();
        if (edit.favourite() != null || edit.archived() != null) {
            takeAlong(owner, id, edit);
        }
        events.publishEvent(LibraryChanged.one(owner, id, "edited", before.takenAt(), taken == null ? before.takenAt() : taken.at()));
    }

    /// What an item is, all of its files are: one that is taken out of it later is found where the item was.
    private void takeAlong(MemberId owner, UUID cover, Edit edit) {
        sql.sql("""
                UPDATE storage.picture SET favourite = coalesce(:favourite, favourite), archived = coalesce(:archived, archived), version = version + 1
                WHERE owner_id = :owner AND part_of = :cover
                """)
                .param("owner", owner.value())
                .param("cover", cover)
                .param("favourite", edit.favourite(), java.sql.Types.BOOLEAN)
                .param("archived", edit.archived(), java.sql.Types.BOOLEAN)
                .update();
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
        if (edit.favourite() != null) {
            edited.add("favourite");
        }
        if (edit.tags() != null) {
            edited.add("tags");
        }
        if (edit.where() != null) {
            edited.add("place");
        }
        return edited;
    }
}
