package picup.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.library.place.Places;
import picup.library.place.Town;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.Problem;

/// What a person pages through: months with their counts, and each month as columns, newest first.
///
/// Columns rather than objects, because a browser needs a dozen small values of every picture of a month before it can
/// lay out anything: names of fields repeated ten thousand times would be most of the answer.
@Component
public class Timeline {
    /// What of a month one may see here. Takes `:owner`, `:begin` and `:end`.
    private static final String IN_MONTH = "owner_id = :owner AND NOT archived AND " + Shown.CONDITION + " AND taken_at >= :begin AND taken_at < :end";

    /// @param month `2024-05`
    public record Month(String month, int count) {}

    /// The same index in each column is the same picture.
    ///
    /// @param count      of the whole month
    /// @param first      the number of the first picture of this page; the newest of the month is 0
    /// @param next       cursor of the following page; null when this is the last
    /// @param takenAt    local time of the place, to the second
    /// @param ratios     width by height, as shown; 1 until the file has been looked into
    /// @param thumbHashes Base64
    /// @param durations  milliseconds; null for photos
    /// @param versions   go into the addresses of renditions
    /// @param badges     `live`, `motion`, `raw`, `burst`, `panorama`, `animation`: what there is beyond a still or a video
    /// @param places     where in `towns` the town of a picture stands; null where none is known
    /// @param towns      those of this page, each once
    public record MonthPage(
            String month, int count, int first, @Nullable String next, List<UUID> ids, List<String> takenAt, List<Double> ratios,
            List<@Nullable String> thumbHashes, List<String> kinds, List<@Nullable Long> durations, List<String> states,
            List<Boolean> favourites, List<Integer> versions, List<@Nullable String> badges,
            List<@Nullable Integer> places, List<Town> towns) {}

    private final JdbcClient sql;
    private final Places places;
    private final InstantSource clock;

    Timeline(JdbcClient sql, Places places, InstantSource clock) {
        this.sql = sql;
        this.places = places;
        this.clock = clock;
    }

    public List<Month> months(MemberId owner) {
        return sql.sql("SELECT month, pictures FROM storage.month WHERE owner_id = :owner AND pictures > 0 ORDER BY month DESC")
                .param("owner", owner.value())
                .query((row, number) -> new Month(YearMonth.from(row.getObject(1, LocalDate.class)).toString(), row.getInt(2)))
                .list();
    }

    /// The newest month that has pictures; this one where there are none.
    public YearMonth latest(MemberId owner) {
        return sql.sql("SELECT month FROM storage.month WHERE owner_id = :owner AND pictures > 0 ORDER BY month DESC LIMIT 1")
                .param("owner", owner.value()).query(LocalDate.class).optional().map(YearMonth::from).orElseGet(() -> YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)));
    }

    /// @param most how many pictures at most
    /// @throws ProblemException `not-found` where the page shall stand around a picture that the month does not show
    public MonthPage page(MemberId owner, YearMonth month, MonthStart start, int most) {
        return switch (start) {
            case MonthStart.After(Cursor cursor) -> page(owner, month, countTo(owner, month, cursor), cursor, most);
            case MonthStart.Number(int number) -> pageFrom(owner, month, number, most);
            case MonthStart.Around(UUID picture) -> pageFrom(owner, month, Math.max(0, countTo(owner, month, keyOf(owner, month, picture)) - 1 - most / 2), most);
        };
    }

    private MonthPage pageFrom(MemberId owner, YearMonth month, int first, int most) {
        if (first == 0) {
            return page(owner, month, 0, endOf(month), most);
        }
        return keyAt(owner, month, first - 1).map(before -> page(owner, month, first, before, most))
                .orElseGet(() -> columns(month, count(owner, month), first, List.of(), most));
    }

    private static Cursor endOf(YearMonth month) {
        return new Cursor(month.plusMonths(1).atDay(1).atStartOfDay(), new UUID(0, 0));
    }

    private JdbcClient.StatementSpec inMonth(MemberId owner, YearMonth month, String statement) {
        return sql.sql(statement.formatted(IN_MONTH)).param("owner", owner.value())
                .param("begin", month.atDay(1).atStartOfDay()).param("end", endOf(month).at());
    }

    private Optional<Cursor> keyAt(MemberId owner, YearMonth month, int number) {
        return inMonth(owner, month, "SELECT taken_at, id FROM storage.picture WHERE %s ORDER BY taken_at DESC, id DESC OFFSET :number LIMIT 1")
                .param("number", number).query(Timeline::key).optional();
    }

    private Cursor keyOf(MemberId owner, YearMonth month, UUID picture) {
        return inMonth(owner, month, "SELECT taken_at, id FROM storage.picture WHERE %s AND id = :picture")
                .param("picture", picture).query(Timeline::key).optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This month of the timeline does not show that picture."));
    }

    private static Cursor key(ResultSet row, int number) throws SQLException {
        return new Cursor(row.getObject(1, LocalDateTime.class), row.getObject(2, UUID.class));
    }

    /// How many there are from the newest to this one.
    private int countTo(MemberId owner, YearMonth month, Cursor key) {
        return inMonth(owner, month, "SELECT count(*) FROM storage.picture WHERE %s AND (taken_at, id) >= (:at, :id)")
                .param("at", key.at()).param("id", key.id()).query(Integer.class).single();
    }

    private MonthPage page(MemberId owner, YearMonth month, int first, Cursor after, int most) {
        var rows = inMonth(owner, month, """
                SELECT id, taken_at, width, height, thumb_hash, kind, duration_ms, state, favourite, version, place_id,
                       CASE WHEN stack = 'live' THEN stack
                            WHEN 'motion.mp4' = ANY (renditions) THEN 'motion'
                            WHEN stack IS NOT NULL THEN stack
                            WHEN panorama IS NOT NULL AND shown_edit IS NULL THEN 'panorama'
                            WHEN frames > 1 AND codec IS NULL THEN 'animation' END
                FROM storage.picture
                WHERE %s AND (taken_at, id) < (:at, :id)
                ORDER BY taken_at DESC, id DESC LIMIT :limit
                """)
                .param("at", after.at()).param("id", after.id()).param("limit", most + 1)
                .query((row, number) -> new Row(
                        row.getObject(1, UUID.class), row.getObject(2, LocalDateTime.class), ratio(row.getInt(3), row.getInt(4)),
                        row.getString(5), FileKind.valueOf(row.getString(6).toUpperCase(Locale.ROOT)).video(),
                        row.getObject(7, Long.class), row.getString(8), row.getBoolean(9), row.getInt(10), row.getObject(11, Integer.class), row.getString(12)))
                .list();
        return columns(month, count(owner, month), first, rows, most);
    }

    private int count(MemberId owner, YearMonth month) {
        return sql.sql("SELECT pictures FROM storage.month WHERE owner_id = :owner AND month = :month")
                .param("owner", owner.value()).param("month", month.atDay(1)).query(Integer.class).optional().orElse(0);
    }

    private MonthPage columns(YearMonth month, int count, int first, List<Row> rows, int most) {
        boolean more = rows.size() > most;
        var shown = more ? rows.subList(0, most) : rows;
        var next = more ? new Cursor(shown.getLast().takenAt(), shown.getLast().id()).text() : null;
        var towns = places.named(shown.stream().map(Row::placeId));
        var numbers = numbered(towns.keySet());
        var page = new MonthPage(month.toString(), count, first, next, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                List.copyOf(towns.values()));
        for (var row : shown) {
            page.ids.add(row.id());
            page.takenAt.add(row.takenAt().truncatedTo(ChronoUnit.SECONDS).format(TakenAtText.SECONDS));
            page.ratios.add(row.ratio());
            page.thumbHashes.add(row.thumbHash());
            page.kinds.add(row.video() ? "video" : "photo");
            page.durations.add(row.durationMs());
            page.states.add(row.state());
            page.favourites.add(row.favourite());
            page.versions.add(row.version());
            page.badges.add(row.badge());
            page.places.add(row.placeId() == null ? null : numbers.get(row.placeId()));
        }
        return page;
    }

    private static Map<Integer, Integer> numbered(Collection<Integer> ids) {
        var numbers = new HashMap<Integer, Integer>();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        return numbers;
    }

    private record Row(
            UUID id, LocalDateTime takenAt, double ratio, @Nullable String thumbHash, boolean video,
            @Nullable Long durationMs, String state, boolean favourite, int version, @Nullable Integer placeId, @Nullable String badge) {}

    private static double ratio(int width, int height) {
        return width == 0 || height == 0 ? 1 : Math.round(1000.0 * width / height) / 1000.0;
    }
}
