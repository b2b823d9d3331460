package picup.decoder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Tells times that a clock can't have shown when the picture was taken, so that the next source is asked.
///
/// - Before 1826: there was no photograph (Niépce's view from his window is the first that is left).
/// - More than a day ahead of now: places are up to 14 hours ahead of UTC, the rest is for clocks that are a little fast.
/// - On 1 January 1970, in whatever zone: the clock of a device that doesn't know the time starts there and goes on.
/// - At the very second at which a counter begins or overflows, in whatever zone: 1904 (QuickTime's zero), 2036 (NTP), 2038 (32 bits
///   of seconds since 1970), 2040 (QuickTime's 32 bits).
///
/// A camera's own zero, such as the first second of 1980 or 2000, is kept: people date their scans by the year alone, and a camera
/// without a battery counts on from there, so that hardly any of its pictures says midnight.
final class PlausibleTime {

    private static final int FIRST_PHOTOGRAPH = 1826;

    private static final LocalDateTime COMPUTERS_BEGIN = LocalDateTime.of(1970, 1, 1, 0, 0);

    private static final List<LocalDateTime> COUNTERS = List.of(
            LocalDateTime.of(1904, 1, 1, 0, 0),
            LocalDateTime.of(2036, 2, 7, 6, 28, 15), LocalDateTime.of(2036, 2, 7, 6, 28, 16),
            LocalDateTime.of(2038, 1, 19, 3, 14, 7), LocalDateTime.of(2038, 1, 19, 3, 14, 8),
            LocalDateTime.of(2040, 2, 6, 6, 28, 15), LocalDateTime.of(2040, 2, 6, 6, 28, 16));

    /// Of all zones that there have been.
    private static final Duration FARTHEST_ZONE = Duration.ofHours(14);

    private static final int ZONE_STEP_SECONDS = 15 * 60;

    private PlausibleTime() {}

    static boolean of(LocalDateTime at, Instant now) {
        boolean future = at.isAfter(LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusDays(1));
        boolean unset = !at.isBefore(COMPUTERS_BEGIN.minusHours(12)) && at.isBefore(COMPUTERS_BEGIN.plusDays(1));
        return at.getYear() >= FIRST_PHOTOGRAPH && !future && !unset && COUNTERS.stream().noneMatch(zero -> sameInSomeZone(at, zero));
    }

    private static boolean sameInSomeZone(LocalDateTime at, LocalDateTime zero) {
        Duration apart = Duration.between(zero, at.withNano(0)).abs();
        return apart.compareTo(FARTHEST_ZONE) <= 0 && apart.toSeconds() % ZONE_STEP_SECONDS == 0;
    }
}
