package picup.library.album;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Items;
import picup.library.Trash;
import picup.platform.Cursor;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Spaces;

/// Albums and what is said of them; what is in them is [AlbumPictures], which lies in which [AlbumNesting], what is written between pictures [AlbumTexts].
/// An album only refers to pictures: leaving one deletes nothing, and the trash hides.
///
/// **Who may.** Reading begins with [#requireOne], writing with [#lock]; what is not the caller's, or deleted, is not found.
///
/// **Turns.** Whoever writes to an album takes the lock of the owner's items before any row: pictures that are thrown away, edited or joined take rows of albums
/// along, in an order of their own, and would else wait crosswise for somebody who reorders. So of two browsers one is first, and the
/// second sees what it did.
@Component
public class Albums {
    private static final int LONGEST_NAME_CHARS = 200;
    private static final int LONGEST_DESCRIPTION_CHARS = 16_384;

    /// More than anybody looks through; a program in a loop ends here.
    private static final int MOST_ALBUMS = 10_000;

    /// How long a deleted album can be brought back: as long as pictures.
    private static final Duration KEPT = Trash.KEPT;

    /// Of those whose time is over, so many go for good whenever another is deleted; that keeps up and delays nobody.
    private static final int PURGED_AT_ONCE = 5;

    private final Items items;
    private final Spaces spaces;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Albums(Items items, Spaces spaces, JdbcClient sql, ApplicationEventPublisher events, InstantSource clock) {
        this.items = items;
        this.spaces = spaces;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    /// @param next cursor of the following page
    public record AlbumPage(List<Album> albums, @Nullable String next) {}

    /// Latest made first, wherever they lie.
    public AlbumPage list(MemberId owner, @Nullable Cursor after, int limit) {
        return page(owner, "", null, after, limit);
    }

    /// Those that lie in no other.
    public AlbumPage outermost(MemberId owner, @Nullable Cursor after, int limit) {
        return page(owner, "AND a.parent_id IS NULL", null, after, limit);
    }

    /// Those directly in that one.
    public AlbumPage within(MemberId owner, UUID parent, @Nullable Cursor after, int limit) {
        requireOne(owner, parent);
        return page(owner, "AND a.parent_id = :parent", parent, after, limit);
    }

    /// An album that waits for its undo.
    ///
    /// @param goneAt when it can be brought back no more
    public record Deleted(Album album, Instant deletedAt, Instant goneAt) {}

    /// @param next cursor of the following page
    public record DeletedPage(List<Deleted> albums, @Nullable String next) {}

    /// Those that can still be brought back, the latest deleted first.
    public DeletedPage deleted(MemberId owner, @Nullable Cursor after, int limit) {
        var rows = AlbumRows.selectDeleted(sql, """
                 AND a.trashed_at >= :since AND (:first OR (a.trashed_at, a.id) < (:at, :id))
                ORDER BY a.trashed_at DESC, a.id DESC LIMIT :limit
                """)
                .param("owner", owner.value())
                .param("since", now().minus(KEPT))
                .param("first", after == null)
                .param("at", after == null ? now() : after.at().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> {
                    var at = row.getObject("trashed_at", OffsetDateTime.class).toInstant();
                    return new Deleted(AlbumRows.album(row, number), at, at.plus(KEPT));
                }).list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new DeletedPage(shown,
                more ? new Cursor(LocalDateTime.ofInstant(shown.getLast().deletedAt(), ZoneOffset.UTC), shown.getLast().album().id()).text() : null);
    }

    private AlbumPage page(MemberId owner, String where, @Nullable UUID parent, @Nullable Cursor after, int limit) {
        record Row(Album album, OffsetDateTime madeAt) {}
        var rows = AlbumRows.select(sql, where + """
                 AND (:first OR (a.made_at, a.id) < (:at, :id))
                ORDER BY a.made_at DESC, a.id DESC LIMIT :limit
                """)
                .param("owner", owner.value())
                .param("parent", parent, Types.OTHER)
                .param("first", after == null)
                .param("at", after == null ? now() : after.at().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> new Row(AlbumRows.album(row, number), row.getObject("made_at", OffsetDateTime.class)))
                .list();
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new AlbumPage(shown.stream().map(Row::album).toList(),
                more ? new Cursor(shown.getLast().madeAt().withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), shown.getLast().album().id()).text() : null);
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    public Album require(MemberId owner, UUID id) {
        return AlbumRows.select(sql, "AND a.id = :id").param("owner", owner.value()).param("id", id).query(AlbumRows::album).optional()
                .orElseThrow(() -> notYours(id));
    }

    /// As [#require], without what is in it.
    Album.Ordering requireOne(MemberId owner, UUID id) {
        return sql.sql("SELECT ordering FROM storage.album WHERE owner_id = :owner AND id = :id AND trashed_at IS NULL")
                .param("owner", owner.value()).param("id", id).query(String.class).optional()
                .map(text -> Album.parsed(Album.Ordering.class, text)).orElseThrow(() -> notYours(id));
    }

    /// The owner's turn, until the end of the transaction, at an album that is there.
    Album.Ordering lock(MemberId owner, UUID id) {
        lock(owner);
        return requireOne(owner, id);
    }

    private void lock(MemberId owner) {
        items.lock(owner);
        spaces.requireOpen(owner);
    }

    static ProblemException notYours(UUID id) {
        return Problem.NOT_FOUND.because("There is no album " + id + " of yours.");
    }

    /// @param parent where it lies; null for nowhere
    @Transactional
    public UUID make(MemberId owner, String name, @Nullable UUID parent) {
        lock(owner);
        var checked = checkedName(name);
        requireRoom(owner);
        if (parent != null) {
            requireOne(owner, parent);
            AlbumNesting.requireShallow(AlbumNesting.levelOf(sql, owner, parent) + 1);
        }
        var id = Ids.next();
        sql.sql("INSERT INTO storage.album (owner_id, id, name, parent_id, made_at) VALUES (:owner, :id, :name, :parent, :at)")
                .param("owner", owner.value()).param("id", id).param("name", checked).param("parent", parent, Types.OTHER).param("at", now())
                .update();
        tell(owner, id, "made");
        return id;
    }

    private void requireRoom(MemberId owner) {
        if (sql.sql("SELECT count(*) FROM storage.album WHERE owner_id = :owner").param("owner", owner.value()).query(Integer.class).single() >= MOST_ALBUMS) {
            throw Problem.ALBUMS_FULL.because("A member has at most %,d albums. Delete some.".formatted(MOST_ALBUMS));
        }
    }

    /// Null leaves a value as it is; an empty description takes it away.
    public record Changes(@Nullable String name, @Nullable String description, @Nullable String ordering, @Nullable String display) {
        public Changes {
            name = name == null ? null : checkedName(name);
            if (description != null && description.length() > LONGEST_DESCRIPTION_CHARS) {
                throw Problem.BAD_VALUE.because("A description has at most %,d characters, but this has %,d.".formatted(LONGEST_DESCRIPTION_CHARS, description.length()));
            }
            if (ordering != null) {
                Album.parsed(Album.Ordering.class, ordering);
            }
            if (display != null) {
                Album.parsed(Album.Display.class, display);
            }
        }
    }

    @Transactional
    public void edit(MemberId owner, UUID id, Changes changes) {
        lock(owner, id);
        sql.sql("""
                UPDATE storage.album SET name = coalesce(:name, name), ordering = coalesce(:ordering, ordering), display = coalesce(:display, display),
                    description = CASE WHEN :describe THEN nullif(:description, '') ELSE description END
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", owner.value()).param("id", id)
                .param("name", changes.name(), Types.VARCHAR)
                .param("ordering", changes.ordering(), Types.VARCHAR)
                .param("display", changes.display(), Types.VARCHAR)
                .param("describe", changes.description() != null)
                .param("description", changes.description() == null ? null : changes.description().replace("\0", ""), Types.VARCHAR)
                .update();
        tell(owner, id, "edited");
    }

    /// @param picture null lets the first of the album be its cover again
    /// @throws picup.platform.ProblemException `not-in-album`
    @Transactional
    public void cover(MemberId owner, UUID id, @Nullable UUID picture) {
        lock(owner, id);
        int covered = sql.sql("""
                UPDATE storage.album a SET cover_id = :picture WHERE a.owner_id = :owner AND a.id = :id AND (:none OR EXISTS (
                    SELECT FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                    WHERE i.owner_id = :owner AND i.album_id = :id AND i.picture_id = :picture AND NOT p.locked))
                """)
                .param("owner", owner.value()).param("id", id).param("picture", picture, Types.OTHER).param("none", picture == null).update();
        if (covered == 0) {
            throw Problem.NOT_IN_ALBUM.because("Only a picture of the album can be its cover, and " + picture + " is none, or not any more.");
        }
        tell(owner, id, "edited");
    }

    /// Hides the album; its pictures stay in the library, and the albums in it move to where it lay. [#restore] brings all back for thirty days, whatever
    /// becomes of the browser that deleted it.
    @Transactional
    public void delete(MemberId owner, UUID id) {
        lock(owner, id);
        purge(owner);
        sql.sql("""
                UPDATE storage.album c SET parent_id = gone.parent_id, moved_up_from = c.moved_up_from || gone.id
                FROM storage.album gone WHERE gone.owner_id = :owner AND gone.id = :id AND c.owner_id = :owner AND c.parent_id = gone.id
                """)
                .param("owner", owner.value()).param("id", id).update();
        sql.sql("UPDATE storage.album SET trashed_at = :at WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).param("at", now()).update();
        tell(owner, id, "deleted");
    }

    private void purge(MemberId owner) {
        sql.sql("""
                DELETE FROM storage.album WHERE owner_id = :owner AND id IN (
                    SELECT id FROM storage.album WHERE owner_id = :owner AND trashed_at < :before ORDER BY trashed_at LIMIT :most)
                """)
                .param("owner", owner.value()).param("before", now().minus(KEPT)).param("most", PURGED_AT_ONCE).update();
    }

    /// Brings a deleted album back, with the albums that moved up when it was deleted and that nobody has moved since. One that is there stays as it is.
    @Transactional
    public void restore(MemberId owner, UUID id) {
        lock(owner);
        boolean deleted = sql.sql("SELECT trashed_at IS NOT NULL FROM storage.album WHERE owner_id = :owner AND id = :id")
                .param("owner", owner.value()).param("id", id).query(Boolean.class).optional().orElseThrow(() -> notYours(id));
        if (!deleted) {
            return;
        }
        sql.sql("UPDATE storage.album SET trashed_at = NULL WHERE owner_id = :owner AND id = :id").param("owner", owner.value()).param("id", id).update();
        AlbumNesting.takeBack(sql, owner, id);
        tell(owner, id, "restored");
    }

    void tell(MemberId owner, UUID album, String change) {
        events.publishEvent(new AlbumChanged(owner, album, change, null));
    }

    /// @param pictures that came, went or moved
    void tellContents(MemberId owner, UUID album, Collection<UUID> pictures) {
        events.publishEvent(AlbumChanged.contents(owner, album, pictures));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String checkedName(String name) {
        var stripped = name.replace("\0", "").strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME_CHARS) {
            throw Problem.BAD_VALUE.because("An album's name has 1 to %d characters, but this has %d.".formatted(LONGEST_NAME_CHARS, stripped.length()));
        }
        return stripped;
    }
}
