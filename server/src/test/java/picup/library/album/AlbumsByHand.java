package picup.library.album;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.MemberId;

/// A member with as many pictures as a test needs, a day apart, as rows alone.
record AlbumsByHand(MemberId owner, JdbcClient database) {
    List<UUID> pictures(int many) {
        return database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT :owner, uuidv7(), sha256(gen_random_uuid()::text::bytea), 'jpeg', n || '.jpg', 1, 'ready', timestamp '2020-01-01' + n * interval '1 day', 'upload', now()
                FROM generate_series(1, :many) AS n RETURNING id
                """)
                .param("owner", owner.value()).param("many", many).query(UUID.class).list();
    }

    /// Everything in the order by hand, with what is hidden.
    List<UUID> order(UUID album) {
        return database.sql("""
                SELECT id FROM (SELECT picture_id AS id, rank FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album
                                UNION ALL SELECT id, rank FROM storage.album_text WHERE owner_id = :owner AND album_id = :album) AS entry ORDER BY rank, id
                """)
                .param("owner", owner.value()).param("album", album).query(UUID.class).list();
    }

    /// Each with its rank.
    List<String> ranks(UUID album) {
        return database.sql("""
                SELECT picture_id || ' ' || rank FROM storage.album_picture WHERE owner_id = :owner AND album_id = :album
                UNION ALL SELECT id || ' ' || rank FROM storage.album_text WHERE owner_id = :owner AND album_id = :album
                """)
                .param("owner", owner.value()).param("album", album).query(String.class).list();
    }

    int distinctRanks(UUID album) {
        return (int) ranks(album).stream().map(line -> line.split(" ")[1]).distinct().count();
    }
}
