package picup.library.search;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Picture;
import picup.library.Shown;
import picup.library.place.Places;
import picup.library.place.Town;
import picup.platform.MemberId;

/// What there is to look for: the towns, cameras and years of most pictures, and the kinds that there are. Counted while pictures come and go
/// (`storage.facet`, `storage.month`), so that it costs the same with a million pictures.
@Component
public class ShowFacets {
    private static final int MOST_PLACES = 18;
    private static final int MOST_CAMERAS = 12;
    private static final int MOST_YEARS = 60;

    /// Words that are in [PictureWords] for them.
    private static final List<String> KINDS = List.of("videos", "panoramas", "live", "raw", "bursts", "animations");

    /// The newest picture, to be shown for all.
    public record Cover(UUID id, int version) {}

    public record PlaceFacet(Town town, int count, @Nullable Cover cover) {}

    public record CameraFacet(@Nullable String make, @Nullable String model, int count) {}

    public record YearFacet(int year, int count, @Nullable Cover cover) {}

    /// @param kind  `videos`, `panoramas`, `live`, `raw`, `bursts` or `animations`, by which a search finds them
    /// @param count up to 1,000
    /// @param more  than that
    public record KindFacet(String kind, int count, boolean more, @Nullable Cover cover) {}

    /// @param places  most pictures first
    /// @param cameras most pictures first
    /// @param years   newest first
    /// @param kinds   those that there are
    public record Facets(List<PlaceFacet> places, List<CameraFacet> cameras, List<YearFacet> years, List<KindFacet> kinds) {}

    private final JdbcClient sql;
    private final Places places;
    private final SearchPictures searching;

    ShowFacets(JdbcClient sql, Places places, SearchPictures searching) {
        this.sql = sql;
        this.places = places;
        this.searching = searching;
    }

    @Transactional(readOnly = true)
    public Facets of(MemberId owner) {
        return new Facets(places(owner), cameras(owner), years(owner), KINDS.stream().map(kind -> kind(owner, kind)).filter(each -> each.count() > 0).toList());
    }

    private record Counted(int value, int count, @Nullable Cover cover) {}

    private List<PlaceFacet> places(MemberId owner) {
        var counted = sql.sql("""
                SELECT f.value::integer, f.pictures, newest.id, newest.version
                FROM (SELECT value, pictures FROM storage.facet WHERE owner_id = :owner AND kind = 'place' AND pictures > 0 ORDER BY pictures DESC, value LIMIT :most) AS f
                LEFT JOIN LATERAL (SELECT id, version FROM storage.picture WHERE owner_id = :owner AND place_id = f.value::integer AND state = 'ready' AND %s
                                   ORDER BY taken_at DESC, id DESC LIMIT 1) AS newest ON true
                ORDER BY f.pictures DESC, f.value
                """.formatted(Shown.CONDITION))
                .param("owner", owner.value()).param("most", MOST_PLACES)
                .query((row, _) -> new Counted(row.getInt(1), row.getInt(2), cover(row.getObject(3, UUID.class), row.getInt(4)))).list();
        var towns = places.named(counted.stream().map(Counted::value));
        return counted.stream().filter(each -> towns.containsKey(each.value())).map(each -> new PlaceFacet(towns.get(each.value()), each.count(), each.cover())).toList();
    }

    private static @Nullable Cover cover(@Nullable UUID id, int version) {
        return id == null ? null : new Cover(id, version);
    }

    private List<CameraFacet> cameras(MemberId owner) {
        return sql.sql("""
                SELECT nullif(split_part(value, E'\\t', 1), ''), nullif(split_part(value, E'\\t', 2), ''), pictures
                FROM storage.facet WHERE owner_id = :owner AND kind = 'camera' AND pictures > 0 ORDER BY pictures DESC, value LIMIT :most
                """)
                .param("owner", owner.value()).param("most", MOST_CAMERAS)
                .query((row, _) -> new CameraFacet(row.getString(1), row.getString(2), row.getInt(3))).list();
    }

    private List<YearFacet> years(MemberId owner) {
        return sql.sql("""
                SELECT y.year, y.pictures, newest.id, newest.version
                FROM (SELECT extract(year FROM month)::integer AS year, sum(pictures)::integer AS pictures FROM storage.month
                      WHERE owner_id = :owner AND pictures > 0 GROUP BY 1 ORDER BY 1 DESC LIMIT :most) AS y
                LEFT JOIN LATERAL (SELECT id, version FROM storage.picture
                                   WHERE owner_id = :owner AND taken_at >= make_date(y.year, 1, 1) AND taken_at < make_date(y.year + 1, 1, 1) AND state = 'ready' AND NOT archived AND %s
                                   ORDER BY taken_at DESC, id DESC LIMIT 1) AS newest ON true
                ORDER BY y.year DESC
                """.formatted(Shown.CONDITION))
                .param("owner", owner.value()).param("most", MOST_YEARS)
                .query((row, _) -> new YearFacet(row.getInt(1), row.getInt(2), cover(row.getObject(3, UUID.class), row.getInt(4)))).list();
    }

    private KindFacet kind(MemberId owner, String kind) {
        var query = SearchQuery.of(kind);
        int count = searching.count(owner, query);
        var newest = count == 0 ? List.<Picture>of() : searching.page(owner, query, null, 1);
        return new KindFacet(kind, Math.min(count, SearchPictures.COUNTED), count > SearchPictures.COUNTED,
                newest.stream().findFirst().map(picture -> new Cover(picture.id(), picture.version())).orElse(null));
    }
}
