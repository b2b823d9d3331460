package picup.library.album;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.library.Shown;
import picup.platform.MemberId;

/// Where the pictures of an album were taken, for the map of a trip.
@Component
public class AlbumRoute {
    /// More than a map of a page's width can show.
    private static final int MOST_STOPS = 500;

    /// Pictures of one day and of one place, which is about a kilometre wide.
    ///
    /// @param takenAt when the first of them was taken, in local time of the place
    public record Stop(LocalDateTime takenAt, double latitude, double longitude, int count) {}

    private final Albums albums;
    private final JdbcClient sql;

    AlbumRoute(Albums albums, JdbcClient sql) {
        this.albums = albums;
        this.sql = sql;
    }

    /// In the order of time; of more than [#MOST_STOPS], those with the most pictures.
    public List<Stop> stops(MemberId owner, UUID album) {
        albums.requireOne(owner, album);
        return sql.sql("""
                SELECT taken_at, latitude, longitude, pictures FROM (
                    SELECT min(i.taken_at) AS taken_at, avg(p.latitude) AS latitude, avg(p.longitude) AS longitude, count(*) AS pictures
                    FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                    WHERE i.owner_id = :owner AND i.album_id = :album AND %s
                      AND p.latitude IS NOT NULL AND p.longitude IS NOT NULL
                    GROUP BY i.taken_at::date, round(p.latitude::numeric, 2), round(p.longitude::numeric, 2)
                    ORDER BY pictures DESC, taken_at LIMIT :most) AS stop
                ORDER BY taken_at, latitude, longitude
                """.formatted(Shown.of("p")))
                .param("owner", owner.value()).param("album", album).param("most", MOST_STOPS)
                .query((row, _) -> new Stop(row.getObject(1, LocalDateTime.class), row.getDouble(2), row.getDouble(3), row.getInt(4))).list();
    }
}
