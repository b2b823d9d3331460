import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/// Libraries too large to be uploaded: rows without bytes.
final class SeededLibrary {
    private SeededLibrary() {}

    static Connection connect(Running running) throws Exception {
        var port = Files.readAllLines(running.data.resolve("postgres/data-18/postmaster.pid")).get(3).strip();
        var password = Files.readString(running.data.resolve("secrets/postgres-password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/picup", "picup", password);
    }

    /// Rows as uploads leave them, spread over 15 years with a busy summer; there are no bytes behind them.
    static void seed(Connection database, String owner, int from, int to) throws Exception {
        try (var insert = database.createStatement()) {
            insert.execute("""
                    INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, width, height, taken_at,
                                                 taken_offset_seconds, taken_at_source, latitude, longitude, make, model, thumb_hash, renditions, added_at)
                    SELECT '%1$s', uuidv7(), sha256(convert_to('%1$s' || n, 'UTF8')), 'JPEG', 'IMG_' || n || '.jpg', 3000000, 'ready', 4000, 3000,
                           timestamp '2010-01-01' + (n * 7919::bigint %% 5479) * interval '1 day' + (n * 104729::bigint %% 86400) * interval '1 second',
                           3600, 'EXIF DateTimeOriginal', 43.4, 11.8, 'Picup', 'Bench', '1QcSHQRnh493V4dIh4eXh1h4kJUI', '{thumb.jpg,preview.jpg}', now()
                    FROM generate_series(%2$d, %3$d) AS n
                    """.formatted(owner, from + 1, to));
            insert.execute("VACUUM ANALYZE storage.picture");
        }
    }

    /// As [#seed], all of them within one month: an import of files without a time of their own.
    static void seedMonth(Connection database, String owner, int pictures) throws Exception {
        try (var insert = database.createStatement()) {
            insert.execute("""
                    INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, width, height, taken_at,
                                                 taken_offset_seconds, taken_at_source, thumb_hash, renditions, added_at)
                    SELECT '%1$s', uuidv7(), sha256(convert_to('%1$s month ' || n, 'UTF8')), 'JPEG', 'SCAN_' || n || '.jpg', 3000000, 'ready', 3000, 2000 + n %% 2000,
                           timestamp '2019-07-01' + (n * 7919::bigint %% 2678400) * interval '1 second', 3600, 'upload', '1QcSHQRnh493V4dIh4eXh1h4kJUI', '{thumb.jpg}', now()
                    FROM generate_series(1, %2$d) AS n
                    """.formatted(owner, pictures));
            insert.execute("VACUUM ANALYZE storage.picture");
        }
    }

    /// Some twenty words for each picture, as a worker would make them: few have some of them, and nearly all have others.
    static void giveWords(Connection database, String owner) throws Exception {
        try (var update = database.createStatement()) {
            update.execute("SET picup.deriving = 'on'");
            update.execute("""
                    UPDATE storage.picture SET words_due = false, words = array_to_tsvector(array_remove(ARRAY[
                        '@' || substr(owner_id::text, 20), 'img', 'jpg', 'jpeg', 'photo', '사진', 'picup', 'bench', n::text, 'region' || n %% 20, '지역' || n %% 20, 'country' || n %% 5,
                        to_char(taken_at, 'FMmonth'), to_char(taken_at, 'FMMM') || '월', to_char(taken_at, 'FMDD') || '일', 'town' || n %% 4, '마을' || n %% 4,
                        CASE WHEN n %% 100 = 7 THEN 'harbour' END,
                        CASE WHEN n %% 83333 = 5 THEN 'needle' END,
                        CASE WHEN n %% 2 = 0 AND taken_at >= '2011-01-01' AND taken_at < '2012-01-01' THEN 'tuscany' END], NULL))
                    FROM (SELECT id AS numbered, substring(file_name FROM '[0-9]+')::int AS n FROM storage.picture WHERE owner_id = '%1$s') AS numbers
                    WHERE owner_id = '%1$s' AND id = numbered
                    """.formatted(owner));
            update.execute("RESET picup.deriving");
            update.execute("VACUUM ANALYZE storage.picture");
        }
    }

    /// Puts a thumbnail of some 15 KB behind each of the newest pictures, so that the server has something to send.
    static void drawNewest(Connection database, Path data, int pictures) throws Exception {
        var drawn = Files.createTempFile("thumb", ".jpg");
        var ffmpeg = new ProcessBuilder("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "mandelbrot=s=341x256", "-frames:v", "1", "-q:v", "4", drawn.toString()).inheritIO().start();
        if (ffmpeg.waitFor() != 0) {
            throw new IllegalStateException("ffmpeg drew no thumbnail");
        }
        try (var select = database.createStatement();
             var rows = select.executeQuery("SELECT encode(digest, 'hex') FROM storage.picture ORDER BY taken_at DESC, id DESC LIMIT " + pictures)) {
            while (rows.next()) {
                var digest = rows.getString(1);
                Files.copy(drawn, Files.createDirectories(data.resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest)).resolve("thumb.jpg"));
            }
        }
        Files.delete(drawn);
    }
}
