package picup.library;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.storage.Spaces;

/// Makes pictures favourites or puts them into the archive, out of the timeline's sight; and back. Any number in one transaction.
@Component
public class MarkPictures {
    private final Spaces spaces;
    private final Items items;
    private final Pictures pictures;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    MarkPictures(Spaces spaces, Items items, Pictures pictures, JdbcClient sql, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.items = items;
        this.pictures = pictures;
        this.sql = sql;
        this.events = events;
    }

    /// What an item is, all of its files are: one that is taken out of it later is found where the item was.
    ///
    /// @param favourite null leaves it as it is, as with `archived`
    /// @return how many items changed; those that were so already, unknown or another's do not count
    @Transactional
    public int run(MemberId owner, Collection<UUID> ids, @Nullable Boolean favourite, @Nullable Boolean archived) {
        items.lock(owner);
        spaces.requireOpen(owner);
        var marked = sql.sql("""
                UPDATE storage.picture SET
                    favourite = coalesce(:favourite, favourite),
                    archived = coalesce(:archived, archived),
                    edited = CASE WHEN :favourite::boolean IS NULL OR 'favourite' = ANY (edited) THEN edited ELSE edited || 'favourite'::text END,
                    version = version + 1
                WHERE owner_id = :owner AND (id = ANY (:ids) OR part_of = ANY (:ids))
                  AND (favourite IS DISTINCT FROM coalesce(:favourite, favourite) OR archived IS DISTINCT FROM coalesce(:archived, archived))
                RETURNING id, taken_at, part_of
                """)
                .param("owner", owner.value())
                .param("ids", pictures.reachable(owner, ids).toArray(UUID[]::new))
                .param("favourite", favourite, java.sql.Types.BOOLEAN)
                .param("archived", archived, java.sql.Types.BOOLEAN)
                .query((row, _) -> new Pictures.Moved(row.getObject(1, UUID.class), row.getObject(2, LocalDateTime.class), row.getObject(3, UUID.class)))
                .list();
        List<Pictures.Moved> shown = marked.stream().filter(each -> each.partOf() == null).toList();
        if (!shown.isEmpty()) {
            events.publishEvent(LibraryChanged.moved(owner, "edited", shown));
        }
        return shown.size();
    }
}
