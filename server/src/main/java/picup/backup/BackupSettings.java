package picup.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Backups that a worker takes by itself.
///
/// @param folder      where they go, best on another disk; none are taken unless set
/// @param at          time of day, by the clock of the server
/// @param keep        how many stay, 1 to 10000; the originals are there once for all of them
/// @param verifyEvery how often one is restored for a trial in a scratch instance, at least a day; 0 for never
@ConfigurationProperties(prefix = "picup.backup", ignoreUnknownFields = false)
public record BackupSettings(@Nullable Path folder, @DefaultValue("03:00") String at, @DefaultValue("7") int keep, @DefaultValue("7d") Duration verifyEvery) {
    static final int KEEP = 7;
    private static final int MOST = 10_000;

    public BackupSettings {
        if (folder != null && folder.toString().isBlank()) {
            folder = null;
        }
        if (keep < 1 || keep > MOST) {
            throw new IllegalArgumentException("picup.backup.keep must be from 1 to %d, but is %d".formatted(MOST, keep));
        }
        if (!verifyEvery.isZero() && verifyEvery.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("picup.backup.verify-every must be at least a day, or 0 for never, but is " + verifyEvery);
        }
        time(at);
    }

    LocalTime time() {
        return time(at);
    }

    private static LocalTime time(String at) {
        try {
            return LocalTime.parse(at);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("picup.backup.at must be a time like 03:00, but is " + at, e);
        }
    }
}
