package picup.journey;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Compares what two databases say, row by row.
final class Rows {
    private Rows() {}

    /// @param query   of one column, text
    /// @return the rows that only one of them has
    static List<String> differences(JdbcClient one, JdbcClient other, String query) {
        var ones = new LinkedHashSet<>(one.sql(query).query(String.class).list());
        var others = new LinkedHashSet<>(other.sql(query).query(String.class).list());
        var differences = new ArrayList<String>();
        ones.stream().filter(row -> !others.contains(row)).map(row -> "- " + row).forEach(differences::add);
        others.stream().filter(row -> !ones.contains(row)).map(row -> "+ " + row).forEach(differences::add);
        return differences;
    }

    /// All columns of the table but those.
    static List<String> differencesOf(JdbcClient one, JdbcClient other, String table, String... without) {
        return differences(one, other, "SELECT (to_jsonb(t) - '{" + String.join(",", without) + "}'::text[])::text FROM " + table + " t");
    }
}
