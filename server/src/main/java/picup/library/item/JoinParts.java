package picup.library.item;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.PictureLookedInto;
import picup.library.Pictures;
import picup.library.PicturesRestored;
import picup.platform.MemberId;

/// Makes one item of the files that belong together, in whichever order they arrive: each that was looked into has the
/// whole group that it is of decided anew, from what the files say and never from what came first. Under [Items#lock].
///
/// What a person took out of an item stays out of it; what a person made the cover stays it. What lies in the trash or is
/// not looked into yet is left alone.
@Component
public class JoinParts {
    /// Files of one group; a burst of ten seconds at thirty frames has so many. More share an id by mistake or malice.
    private static final int MOST = 300;

    /// Restored at once and looked at one by one; of more than these, only those that say themselves that they are of a group.
    private static final int FEW = 200;

    private final JdbcClient sql;
    private final Items items;
    private final ApplicationEventPublisher events;

    JoinParts(JdbcClient sql, Items items, ApplicationEventPublisher events) {
        this.sql = sql;
        this.items = items;
        this.events = events;
    }

    /// After the sidecars, which may know better when it was taken.
    @EventListener
    @Order(2)
    void on(PictureLookedInto looked) {
        join(looked.owner(), looked.picture());
    }

    @EventListener
    void on(PicturesRestored restored) {
        var ids = restored.pictures();
        var worthwhile = ids.size() <= FEW ? ids : sql.sql("""
                SELECT id FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids) AND (live_id IS NOT NULL OR burst_id IS NOT NULL OR kind = 'raw')
                """)
                .param("owner", restored.owner().value()).param("ids", ids.toArray(UUID[]::new)).query(UUID.class).list();
        worthwhile.forEach(each -> join(restored.owner(), each));
    }

    /// Under the lock of the owner.
    public void join(MemberId owner, UUID id) {
        var mine = candidates(owner, "id = :key", id).stream().findFirst();
        if (mine.isEmpty()) {
            return;
        }
        var changed = new HashSet<UUID>();
        var me = mine.get();
        if (me.burstId() != null && me.still()) {
            burst(owner, me.burstId(), changed);
        }
        if (me.raw() || me.developed()) {
            raws(owner, me, changed);
        }
        if (me.liveId() != null) {
            live(owner, me.liveId(), changed);
        }
        tell(owner, changed);
    }

    private List<Candidate> candidates(MemberId owner, String condition, Object key) {
        return sql.sql("SELECT " + Candidate.COLUMNS + " FROM storage.picture WHERE owner_id = :owner AND trashed_at IS NULL AND state = 'ready' AND "
                        + condition + " ORDER BY id LIMIT :most")
                .param("owner", owner.value()).param("key", key).param("most", MOST).query(Candidate::of).list();
    }

    private void burst(MemberId owner, String burstId, Set<UUID> changed) {
        var stills = candidates(owner, "burst_id = :key", burstId).stream()
                .filter(each -> each.still() && !each.keptApart()).sorted(Candidate.BEST_OF_BURST).toList();
        if (stills.size() < 2) {
            return;
        }
        var cover = stills.getFirst();
        if (cover.partOf() != null) {
            changed.add(cover.id());
            lead(owner, cover, stills.stream().filter(each -> each.id().equals(cover.partOf())).findFirst());
        }
        attach(owner, stills.stream().filter(each -> each != cover && !each.isPart(cover.id(), Items.Role.BURST)).toList(), cover.id(), Items.Role.BURST, changed);
    }

    /// Gives the part the place of its cover, or lets it stand alone where that is not of its burst any more.
    private void lead(MemberId owner, Candidate part, Optional<Candidate> before) {
        if (before.isPresent()) {
            items.promote(owner, part.id(), before.get().id(), part.coverChosen());
        } else {
            items.detach(owner, List.of(part.id()), false);
        }
    }

    /// Each RAW goes to the first developed picture of its name that the same press of the shutter made. A JPEG comes before a
    /// HEIC, as the name of its kind does.
    private void raws(MemberId owner, Candidate me, Set<UUID> changed) {
        if (!me.raw() && !besideRaw(owner, me)) {
            return; // the usual case: one look into the index
        }
        var group = sql.sql("SELECT " + Candidate.COLUMNS + """
                 FROM storage.picture
                WHERE owner_id = :owner AND folder = :folder AND storage.stem(file_name) COLLATE "C" = storage.stem(:name)
                  AND kind IN ('raw', 'jpeg', 'heic') AND trashed_at IS NULL AND state = 'ready'
                ORDER BY abs(extract(epoch FROM taken_at - :taken)) LIMIT :most
                """)
                .param("owner", owner.value()).param("folder", me.folder()).param("name", me.fileName()).param("taken", me.takenAt()).param("most", MOST)
                .query(Candidate::of).list();
        var developed = group.stream().filter(Candidate::developed)
                .sorted(Comparator.comparing((Candidate each) -> each.kind().name().equals("HEIC")).thenComparing(Candidate.BY_NAME)).toList();
        for (var raw : group.stream().filter(each -> each.raw() && !each.keptApart()).toList()) {
            developed.stream().filter(raw::sameShot).findFirst().ifPresent(cover -> {
                if (!raw.isPart(cover.cover(), Items.Role.RAW)) {
                    attach(owner, List.of(raw), cover.cover(), Items.Role.RAW, changed);
                }
            });
        }
    }

    private boolean besideRaw(MemberId owner, Candidate me) {
        return sql.sql("""
                SELECT EXISTS (SELECT FROM storage.picture WHERE owner_id = :owner AND folder = :folder
                  AND storage.stem(file_name) COLLATE "C" = storage.stem(:name) AND kind = 'raw')
                """)
                .param("owner", owner.value()).param("folder", me.folder()).param("name", me.fileName()).query(Boolean.class).single();
    }

    /// A still that was edited has the id of the one it came from, so there may be several: each has one video at most, of its
    /// own name where there is one.
    private void live(MemberId owner, String liveId, Set<UUID> changed) {
        var group = candidates(owner, "live_id = :key", liveId);
        var stills = new ArrayList<>(group.stream().filter(each -> !each.video())
                .sorted(Comparator.comparing(Candidate::raw).thenComparing(Candidate.BY_NAME)).toList());
        var videos = group.stream().filter(each -> each.video() && !each.keptApart()).sorted(Candidate.BY_NAME).toList();
        var alone = new ArrayList<Candidate>();
        for (var video : videos) {
            stills.stream().filter(video::besides).findFirst().ifPresentOrElse(still -> pair(owner, video, still, stills, changed), () -> alone.add(video));
        }
        alone.forEach(video -> stills.stream().findFirst().ifPresent(still -> pair(owner, video, still, stills, changed)));
    }

    private void pair(MemberId owner, Candidate video, Candidate still, List<Candidate> stills, Set<UUID> changed) {
        // What a RAW has, its developed picture has too: the RAW may have been joined to it a moment ago.
        var cover = candidates(owner, "id = :key", still.id()).getFirst().cover();
        stills.removeIf(each -> each == still || each.raw() && each.besides(still));
        if (!video.isPart(cover, Items.Role.LIVE)) {
            attach(owner, List.of(video), cover, Items.Role.LIVE, changed);
        }
    }

    private void attach(MemberId owner, List<Candidate> parts, UUID cover, Items.Role role, Set<UUID> changed) {
        if (!parts.isEmpty()) {
            items.attach(owner, parts.stream().map(Candidate::id).toList(), cover, role);
            parts.forEach(each -> changed.add(each.id()));
            changed.add(cover);
        }
    }

    private void tell(MemberId owner, Set<UUID> changed) {
        if (!changed.isEmpty()) {
            events.publishEvent(LibraryChanged.moved(owner, "ready", moved(owner, changed)));
        }
    }

    List<Pictures.Moved> moved(MemberId owner, Set<UUID> ids) {
        return sql.sql("SELECT id, taken_at, part_of FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids)")
                .param("owner", owner.value()).param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Pictures.Moved(row.getObject(1, UUID.class), row.getObject(2, LocalDateTime.class), null))
                .list();
    }
}
