package picup.decoder;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// Joins a time with the place: what a file leaves out of the one, the other may tell.
final class PlaceTime {

    /// Zones before railways have offsets to the second, which nobody would recognise.
    private static final int ZONE_STEP_SECONDS = 15 * 60;

    private PlaceTime() {}

    /// @param inUtc the clock showed UTC, wherever it was
    static Facts.Taken of(Facts.Taken taken, boolean inUtc, Facts.Place place) {
        if (taken.offsetSeconds() != null && !inUtc) {
            return taken;
        }
        Optional<ZoneId> zone = TimeZones.load().at(place.latitude(), place.longitude());
        if (zone.isEmpty()) {
            return taken;
        }
        LocalDateTime at = taken.at();
        int offset = (inUtc ? zone.get().getRules().getOffset(at.toInstant(ZoneOffset.UTC)) : zone.get().getRules().getOffset(at)).getTotalSeconds();
        if (offset % ZONE_STEP_SECONDS != 0) {
            return taken;
        }
        return new Facts.Taken(inUtc ? at.plusSeconds(offset) : at, offset, taken.source());
    }
}
