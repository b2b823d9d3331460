package picup.storage;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where whoever makes backups says which was the last good one.
public interface LastBackup {
    /// @param at         when it was made
    /// @param verifiedAt when it was last restored for a trial; null when never
    /// @param verified   whether everything was there
    record GoodBackup(Instant at, @Nullable Instant verifiedAt, @Nullable Boolean verified) {}

    Optional<GoodBackup> last();
}
