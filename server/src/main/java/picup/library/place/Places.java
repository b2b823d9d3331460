package picup.library.place;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The towns that pictures name by their id. A picture has the number alone, so that a million of them cost four bytes each.
@Component
public class Places {
    private final JdbcClient sql;

    Places(JdbcClient sql) {
        this.sql = sql;
    }

    /// The town of a point, which is a row from then on. None for a point that is nowhere near one.
    public Optional<Town> of(@Nullable Double latitude, @Nullable Double longitude) {
        if (latitude == null || longitude == null) {
            return Optional.empty();
        }
        var town = Gazetteer.load().at(latitude, longitude);
        town.ifPresent(this::keep);
        return town;
    }

    /// A name that GeoNames changed is changed here by the next picture of that town.
    private void keep(Town town) {
        sql.sql("""
                INSERT INTO storage.place AS known (id, name, name_ko, region, region_ko, country) VALUES (:id, :name, :nameKo, :region, :regionKo, :country)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_ko = excluded.name_ko, region = excluded.region, region_ko = excluded.region_ko,
                    country = excluded.country
                WHERE (known.name, known.name_ko, known.region, known.region_ko, known.country)
                    IS DISTINCT FROM (excluded.name, excluded.name_ko, excluded.region, excluded.region_ko, excluded.country)
                """)
                .param("id", town.id()).param("name", town.name()).param("nameKo", town.nameKo(), java.sql.Types.VARCHAR)
                .param("region", town.region(), java.sql.Types.VARCHAR).param("regionKo", town.regionKo(), java.sql.Types.VARCHAR)
                .param("country", town.country()).update();
    }

    /// @param ids nulls count for nothing
    public Map<Integer, Town> named(Stream<@Nullable Integer> ids) {
        Collection<Integer> asked = ids.filter(Objects::nonNull).map(id -> (Integer) id).collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return new HashMap<>(); // of which one may ask for null
        }
        return sql.sql("SELECT id, name, name_ko, region, region_ko, country FROM storage.place WHERE id = ANY (:ids)")
                .param("ids", asked.toArray(Integer[]::new))
                .query((row, _) -> new Town(row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)))
                .list().stream().collect(Collectors.toMap(Town::id, town -> town));
    }
}
