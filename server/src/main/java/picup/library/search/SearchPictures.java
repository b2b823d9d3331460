package picup.library.search;

import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Picture;
import picup.library.Pictures;
import picup.library.Shown;
import picup.platform.Cursor;
import picup.platform.MemberId;

/// Finds a member's pictures, newest first.
///
/// The index of words knows no order: of a word that half of a million pictures have, it would give all of them to be sorted for a page of a
/// hundred. The index of the timeline knows no words: for a word that ten have, it would walk the whole library. So a page is gathered
/// from stretches of time, the newest first, each larger than the one before, until it is full. A common word fills it from the first
/// stretch, which is short; a rare one is looked up in the index of words once for each of the few there are.
///
/// In the first stretch PostgreSQL may choose between the indexes. In those that follow the timeline is not walked any more: a word that many
/// pictures have, all of them old, is common by the statistics, and was looked for on a walk through all newer ones (decision 43).
@Component
public class SearchPictures {
    /// More are not counted.
    public static final int COUNTED = 1000;

    /// Pictures of the timeline in the first stretch, and how many times larger the next is, up to the last number or a sixteenth of the library.
    private static final int FIRST_STRETCH = 2000;
    private static final int GROWTH = 8;
    private static final int LARGEST_STRETCH = 65_536;
    private static final int MOST_STRETCHES = 16;

    private final JdbcClient sql;

    SearchPictures(JdbcClient sql) {
        this.sql = sql;
    }

    @Transactional(readOnly = true)
    public List<Picture> page(MemberId owner, SearchQuery query, @Nullable Cursor after, int limit) {
        if (query.isNothing()) {
            return List.of();
        }
        set("plan_cache_mode", "force_custom_plan");
        var found = new ArrayList<Picture>();
        var end = earlier(query.to(), after == null ? null : after.at().plusNanos(1000));
        boolean first = true;
        for (var begin : beginnings(owner, query.from(), end)) {
            found.addAll(stretch(owner, query, begin, end, after, limit - found.size()));
            if (found.size() == limit) {
                break;
            }
            if (first && !query.terms().isEmpty()) {
                set("enable_indexscan", "off");
            }
            first = false;
            end = begin;
        }
        return found;
    }

    /// How many there are, up to [#COUNTED] and one.
    @Transactional(readOnly = true)
    public int count(MemberId owner, SearchQuery query) {
        if (query.isNothing()) {
            return 0;
        }
        set("plan_cache_mode", "force_custom_plan");
        return bind(sql.sql("SELECT count(*) FROM (SELECT FROM storage.picture WHERE " + conditions(query) + " LIMIT :limit) AS counted"), owner, query, query.from(), query.to())
                .param("limit", COUNTED + 1).query(Integer.class).single();
    }

    /// Until the end of the transaction. How often a word is decides about the plan, so none is kept for the next word.
    private void set(String name, String value) {
        sql.sql("SELECT set_config(:name, :value, true)").param("name", name).param("value", value).query(String.class).single();
    }

    /// Where the stretches begin before `end`, the last of them open.
    private List<@Nullable LocalDateTime> beginnings(MemberId owner, @Nullable LocalDateTime from, @Nullable LocalDateTime end) {
        var beginnings = new ArrayList<@Nullable LocalDateTime>();
        long pictures = 0;
        long wanted = FIRST_STRETCH;
        var months = months(owner, from, end);
        long largest = Math.max(LARGEST_STRETCH, months.stream().mapToLong(MonthOf::pictures).sum() / MOST_STRETCHES);
        for (var month : months) {
            pictures += month.pictures();
            if (pictures >= wanted) {
                beginnings.add(month.begin());
                pictures = 0;
                wanted = Math.min(largest, wanted * GROWTH);
            }
        }
        beginnings.add(from);
        return beginnings;
    }

    private record MonthOf(LocalDateTime begin, int pictures) {}

    private List<MonthOf> months(MemberId owner, @Nullable LocalDateTime from, @Nullable LocalDateTime end) {
        return sql.sql("""
                SELECT month, pictures FROM storage.month
                WHERE owner_id = :owner AND pictures > 0 AND (:from::timestamp IS NULL OR month > :from) AND (:end::timestamp IS NULL OR month < :end) ORDER BY month DESC
                """)
                .param("owner", owner.value()).param("from", from, Types.TIMESTAMP).param("end", end, Types.TIMESTAMP)
                .query((row, _) -> new MonthOf(row.getObject(1, LocalDate.class).atStartOfDay(), row.getInt(2))).list();
    }

    private List<Picture> stretch(MemberId owner, SearchQuery query, @Nullable LocalDateTime begin, @Nullable LocalDateTime end, @Nullable Cursor after, int limit) {
        return bind(sql.sql("SELECT * FROM storage.picture WHERE " + conditions(query) + (after == null ? "" : " AND (taken_at, id) < (:at, :id)")
                        + " ORDER BY taken_at DESC, id DESC LIMIT :limit"), owner, query, begin, end)
                .param("at", after == null ? null : after.at(), Types.TIMESTAMP)
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit)
                .query(Pictures::row).list();
    }

    private static String conditions(SearchQuery query) {
        return "owner_id = :owner AND " + Shown.CONDITION + " AND taken_at >= coalesce(:begin, '-infinity'::timestamp) AND taken_at < coalesce(:end, 'infinity'::timestamp)"
                + (query.terms().isEmpty() ? "" : " AND words @@ :words::tsquery") + (query.favourites() ? " AND favourite" : "");
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, MemberId owner, SearchQuery query, @Nullable LocalDateTime begin, @Nullable LocalDateTime end) {
        return statement.param("owner", owner.value()).param("words", query.words(owner), Types.VARCHAR)
                .param("begin", begin, Types.TIMESTAMP).param("end", end, Types.TIMESTAMP);
    }

    private static @Nullable LocalDateTime earlier(@Nullable LocalDateTime one, @Nullable LocalDateTime other) {
        return one == null ? other : other == null || one.isBefore(other) ? one : other;
    }
}
