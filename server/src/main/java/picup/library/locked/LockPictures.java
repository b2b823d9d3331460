package picup.library.locked;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.LockedFolderChanged;
import picup.library.OpenFolders;
import picup.library.Pictures;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.SignedIn;
import picup.storage.Spaces;

/// Puts pictures into the locked folder, which takes no code, so that it is quick; and takes them out, which takes an open folder. The places in albums stay,
/// unseen, and are taken again by what comes back.
@Component
public class LockPictures {
    /// The ten seconds for which the web app offers it, and time for a slow answer and a slow request.
    static final Duration UNDO_LASTS = Duration.ofSeconds(30);

    private final Spaces spaces;
    private final Items items;
    private final OpenFolders folders;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    LockPictures(Spaces spaces, Items items, OpenFolders folders, JdbcClient sql, ApplicationEventPublisher events, InstantSource clock) {
        this.spaces = spaces;
        this.items = items;
        this.folders = folders;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    /// @param count how many items went in; those that are there, unknown or another's do not count
    /// @param undo  takes just these back out for a moment; null where none went in
    public record Locked(int count, @Nullable UUID undo) {}

    /// Each goes with all files of its item.
    ///
    /// @throws picup.platform.ProblemException `no-locked-folder`
    @Transactional
    public Locked in(SignedIn who, Collection<UUID> ids) {
        var owner = who.member();
        items.lock(owner);
        spaces.requireOpen(owner);
        if (lockings(owner).isEmpty()) {
            throw Problem.NO_LOCKED_FOLDER.because("Choose a code for the locked folder first.");
        }
        var moved = set(owner, ids, true);
        if (moved.isEmpty()) {
            return new Locked(0, null);
        }
        sql.sql("UPDATE storage.locked_folder SET lockings = lockings + 1 WHERE owner_id = :owner").param("owner", owner.value()).update();
        tell(owner, moved);
        return new Locked(moved.size(), undoable(who, moved));
    }

    /// @throws picup.platform.ProblemException `locked` while the folder is closed to who asks
    @Transactional
    public int out(SignedIn who, Collection<UUID> ids) {
        var owner = who.member();
        items.lock(owner); // before the row of the open folder, as everywhere
        spaces.requireOpen(owner);
        folders.require(owner);
        var moved = set(owner, ids, false);
        tell(owner, moved);
        return moved.size();
    }

    /// Takes back what this session put in a moment ago, without the code: it has just had these before its eyes.
    ///
    /// @throws picup.platform.ProblemException `conflict` when there is nothing to take back, or not any more
    @Transactional
    public int undo(SignedIn who, UUID undo) {
        var owner = who.member();
        items.lock(owner);
        spaces.requireOpen(owner);
        var ids = sql.sql("DELETE FROM storage.lock_undo WHERE owner_id = :owner AND id = :id AND session_id = :session AND until > :now RETURNING pictures")
                .param("owner", owner.value()).param("id", undo).param("session", who.session()).param("now", utc(clock.instant()))
                .query((row, _) -> ids(row.getArray(1))).optional()
                .orElseThrow(() -> Problem.CONFLICT.because("This cannot be undone any more. Unlock the folder and take the pictures out."));
        var moved = set(owner, ids, false);
        tell(owner, moved);
        return moved.size();
    }

    /// @return the covers that moved
    private List<Pictures.Moved> set(MemberId owner, Collection<UUID> ids, boolean locked) {
        return sql.sql("""
                WITH item AS (SELECT DISTINCT coalesce(part_of, id) AS cover FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids))
                UPDATE storage.picture p SET locked = :locked, version = version + 1 FROM item
                WHERE p.owner_id = :owner AND (p.id = item.cover OR p.part_of = item.cover) AND p.locked <> :locked
                RETURNING p.id, p.taken_at, p.part_of
                """)
                .param("owner", owner.value()).param("ids", ids.toArray(UUID[]::new)).param("locked", locked)
                .query((row, _) -> new Pictures.Moved(row.getObject(1, UUID.class), row.getObject(2, LocalDateTime.class), row.getObject(3, UUID.class))).list()
                .stream().filter(each -> each.partOf() == null).toList();
    }

    private UUID undoable(SignedIn who, List<Pictures.Moved> moved) {
        var now = clock.instant();
        sql.sql("DELETE FROM storage.lock_undo WHERE owner_id = :owner AND until <= :now").param("owner", who.member().value()).param("now", utc(now)).update();
        var id = Ids.next();
        sql.sql("INSERT INTO storage.lock_undo (owner_id, id, session_id, until, pictures) VALUES (:owner, :id, :session, :until, :pictures)")
                .param("owner", who.member().value()).param("id", id).param("session", who.session()).param("until", utc(now.plus(UNDO_LASTS)))
                .param("pictures", moved.stream().map(Pictures.Moved::id).toArray(UUID[]::new)).update();
        return id;
    }

    /// Of months, never of pictures.
    private void tell(MemberId owner, List<Pictures.Moved> moved) {
        if (moved.isEmpty()) {
            return;
        }
        var months = new TreeSet<YearMonth>();
        moved.forEach(each -> months.add(YearMonth.from(each.takenAt())));
        events.publishEvent(new LibraryChanged(owner, null, "edited", months, null, null));
        lockings(owner).ifPresent(lockings -> events.publishEvent(new LockedFolderChanged(owner, lockings)));
    }

    private Optional<Long> lockings(MemberId owner) {
        return sql.sql("SELECT lockings FROM storage.locked_folder WHERE owner_id = :owner").param("owner", owner.value()).query(Long.class).optional();
    }

    private static List<UUID> ids(Array array) throws SQLException {
        return List.of((UUID[]) array.getArray());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
