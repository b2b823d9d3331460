package picup.library;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.media.Renditions;
import picup.platform.PicupSettings;

/// How much of the machine this Picup takes. Measured at most once a minute, and never by walking all folders.
@Component
public class MeasureStorage {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    /// From here on PostgreSQL's own estimate is near enough, and counting would take seconds.
    private static final long COUNTED_EXACTLY = 200_000;

    private final JdbcClient sql;
    private final Renditions renditions;
    private final PicupSettings picup;
    private final InstantSource clock;
    private final LoadingCache<String, Usage> latest = Caffeine.newBuilder().expireAfterWrite(GOOD_FOR).build(_ -> measured());

    MeasureStorage(JdbcClient sql, Renditions renditions, PicupSettings picup, InstantSource clock) {
        this.sql = sql;
        this.renditions = renditions;
        this.picup = picup;
        this.clock = clock;
    }

    /// @param originals      how many; an estimate from 200,000 on
    /// @param originalBytes  what members are charged for: who else has the same file is charged too
    /// @param renditionBytes an estimate, from a sample
    /// @param databaseBytes  of this side's database
    /// @param freeBytes      on the disk of the data folder
    /// @param diskBytes      size of that disk
    public record Usage(long originals, long originalBytes, long renditionBytes, long databaseBytes, long freeBytes, long diskBytes, Instant measuredAt) {}

    public Usage now() {
        return Objects.requireNonNull(latest.get(""));
    }

    private Usage measured() {
        long originals = originals();
        try {
            var disk = Files.getFileStore(picup.data());
            return new Usage(originals,
                    sql.sql("SELECT coalesce(sum(used_bytes), 0)::bigint FROM storage.space").query(Long.class).single(),
                    renditions.estimatedBytes(originals),
                    sql.sql("SELECT pg_database_size(current_database())").query(Long.class).single(),
                    disk.getUsableSpace(), disk.getTotalSpace(), clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long originals() {
        long estimate = sql.sql("SELECT reltuples::bigint FROM pg_class WHERE oid = 'storage.original'::regclass").query(Long.class).single();
        return estimate > COUNTED_EXACTLY ? estimate : sql.sql("SELECT count(*) FROM storage.original").query(Long.class).single();
    }
}
