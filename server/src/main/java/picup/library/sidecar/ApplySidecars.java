package picup.library.sidecar;

import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;
import picup.library.FactColumns;
import picup.library.Items;
import picup.library.Picture;
import picup.library.PictureLookedInto;
import picup.library.Pictures;
import picup.library.PicturesRemoved;
import picup.media.RequestFacts;
import picup.media.SidecarDescribed;
import picup.media.SidecarUnreadable;
import picup.platform.MemberId;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;

/// Lets sidecars have their say in what is shown of a picture, in an order that does not depend on which came first:
///
/// | | first | then | then |
/// |---|---|---|---|
/// | time, place | the file | XMP | Takeout |
/// | rating, tags, description, faces | XMP | Takeout | the file |
/// | favourite | the person | Takeout | |
///
/// What a person edited here comes before everything. The clock and the satellites are the camera's, so the file knows them
/// best; words are written later, beside the file because the writer would not change it. Of several XMP the one that
/// arrived last counts.
///
/// A sidecar that comes after its picture has the file read again, which takes milliseconds, rather than a copy of what each file
/// says kept for that one day.
@Component
class ApplySidecars {
    private final JdbcClient sql;
    private final Items items;
    private final Pictures pictures;
    private final Sidecars sidecars;
    private final MatchSidecars matching;
    private final RequestFacts facts;
    private final Ledger ledger;

    ApplySidecars(JdbcClient sql, Items items, Pictures pictures, Sidecars sidecars, MatchSidecars matching, RequestFacts facts, Ledger ledger) {
        this.sql = sql;
        this.items = items;
        this.pictures = pictures;
        this.sidecars = sidecars;
        this.matching = matching;
        this.facts = facts;
        this.ledger = ledger;
    }

    @EventListener
    @Order(1)
    void on(PictureLookedInto looked) {
        pictures.find(looked.owner(), looked.picture()).ifPresent(picture -> {
            var said = matching.of(picture);
            if (said.stream().anyMatch(each -> each.facts() != null)) {
                apply(picture, looked.facts(), said);
            }
        });
    }

    private void apply(Picture picture, Facts own, List<Sidecar> said) {
        var xmp = facts(said, FileKind.XMP);
        var takeout = facts(said, FileKind.TAKEOUT);
        var both = Stream.concat(xmp.stream(), takeout.stream()).toList();
        var taken = own.taken() != null ? null : first(both, SidecarFacts::taken);
        var place = own.place() != null ? null : first(both, SidecarFacts::place);
        var description = first(both, each -> each.words().description());
        var rating = first(both, each -> each.words().rating());
        var tags = first(both, each -> each.words().tags().isEmpty() ? null : each.words().tags());
        var faces = first(both, each -> each.words().faces().isEmpty() ? null : each.words().faces());
        sql.sql("""
                UPDATE storage.picture SET
                    taken_at = CASE WHEN retime THEN :taken ELSE taken_at END,
                    taken_offset_seconds = CASE WHEN retime THEN :offset ELSE taken_offset_seconds END,
                    taken_at_source = CASE WHEN retime THEN :source ELSE taken_at_source END,
                    latitude = CASE WHEN place THEN :latitude ELSE latitude END,
                    longitude = CASE WHEN place THEN :longitude ELSE longitude END,
                    altitude = CASE WHEN place THEN :altitude ELSE altitude END,
                    description = CASE WHEN 'description' = ANY (edited) THEN description ELSE coalesce(:description, description) END,
                    rating = CASE WHEN 'rating' = ANY (edited) THEN rating ELSE coalesce(:rating, rating) END,
                    tags = CASE WHEN 'tags' = ANY (edited) THEN tags ELSE coalesce(:tags, tags) END,
                    faces = coalesce(:faces::jsonb, faces),
                    favourite = favourite OR :favourite AND NOT 'favourite' = ANY (edited)
                FROM (SELECT :taken::timestamp IS NOT NULL AND NOT 'takenAt' = ANY (edited) AS retime,
                             :latitude::double precision IS NOT NULL AND NOT 'place' = ANY (edited) AS place
                      FROM storage.picture WHERE owner_id = :owner AND id = :id) AS decision
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", picture.owner().value()).param("id", picture.id())
                .param("taken", taken == null ? null : taken.at(), Types.TIMESTAMP)
                .param("offset", taken == null ? null : taken.offsetSeconds(), Types.INTEGER)
                .param("source", taken == null ? null : taken.source(), Types.VARCHAR)
                .param("latitude", place == null ? null : place.latitude(), Types.DOUBLE)
                .param("longitude", place == null ? null : place.longitude(), Types.DOUBLE)
                .param("altitude", place == null ? null : place.altitudeMetres(), Types.DOUBLE)
                .param("description", description, Types.VARCHAR)
                .param("rating", rating, Types.SMALLINT)
                .param("tags", tags == null ? null : tags.toArray(String[]::new))
                .param("faces", FactColumns.json(faces), Types.VARCHAR)
                .param("favourite", takeout.stream().anyMatch(SidecarFacts::favourite))
                .update();
    }

    private static List<SidecarFacts> facts(List<Sidecar> said, FileKind kind) {
        return said.stream().filter(each -> each.kind() == kind).map(Sidecar::facts).filter(Objects::nonNull).map(each -> (SidecarFacts) each).toList();
    }

    private static <T> @Nullable T first(List<SidecarFacts> said, Function<SidecarFacts, @Nullable T> fact) {
        for (var each : said) {
            var value = fact.apply(each);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @EventListener
    void on(SidecarDescribed described) {
        read(described.owner(), described.digest(), described.facts());
    }

    @EventListener
    void on(SidecarUnreadable unreadable) {
        read(unreadable.owner(), unreadable.digest(), null);
    }

    /// Now that its content is known, a sidecar may know its picture by the title, and the pictures it speaks of are looked at
    /// once more.
    private void read(MemberId owner, Digest digest, @Nullable SidecarFacts said) {
        items.lock(owner);
        for (var before : sidecars.of(owner, digest)) {
            sidecars.describe(owner, before.id(), said, before.target().titleKey(said == null ? null : said.title()));
            var sidecar = sidecars.require(owner, before.id());
            matching.match(sidecar);
            if (said != null) {
                readAgain(sidecars.require(owner, before.id()));
            }
        }
    }

    private void readAgain(Sidecar sidecar) {
        matching.about(sidecar).stream().filter(picture -> picture.state() == Picture.State.READY).forEach(picture ->
                facts.again(picture.owner(), picture.digest(), picture.kind(), "sidecar-" + sidecar.id(), Priority.BULK));
    }

    /// A sidecar goes with its picture, unless it speaks of another as well.
    @EventListener
    void on(PicturesRemoved removed) {
        var orphans = sidecars.ofPictures(removed.owner(), removed.pictures()).stream().filter(each -> !matching.matchAnew(each)).map(Sidecar::id).toList();
        if (!orphans.isEmpty()) {
            ledger.release(removed.owner(), sidecars.remove(removed.owner(), orphans));
        }
    }
}
