package picup.library.album;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;

/// What somebody gathered, as it is shown. Counts and covers leave out what is in the trash and the parts of items.
///
/// @param kind           `gathered`: by hand, so far the only one
/// @param ordering       `hand`, `oldest` or `newest`
/// @param display        `grid` or `trip`
/// @param count          pictures in it
/// @param albums         albums directly in it
/// @param coverPictureId the one that was chosen while it is there, else the first; null when there is none
/// @param coverChosen    whether it was chosen
/// @param firstTakenAt   when the oldest picture was taken, in local time of its place; null when there is none
/// @param path           the albums it lies in, the outermost first
public record Album(
        UUID id, String name, @Nullable String description, String kind, String ordering, String display, int count, int albums,
        @Nullable UUID coverPictureId, boolean coverChosen, @Nullable LocalDateTime firstTakenAt, @Nullable LocalDateTime lastTakenAt,
        List<Crumb> path) {

    /// One step of the way to an album.
    public record Crumb(UUID id, String name) {}

    public enum Ordering {
        HAND, OLDEST, NEWEST
    }

    public enum Display {
        GRID, TRIP
    }

    /// @throws picup.platform.ProblemException `bad-value`
    static <T extends Enum<T>> T parsed(Class<T> type, String text) {
        for (var each : type.getEnumConstants()) {
            if (text(each).equals(text)) {
                return each;
            }
        }
        throw Problem.BAD_VALUE.because("The %s of an album is one of %s.".formatted(type.getSimpleName().toLowerCase(Locale.ROOT),
                Arrays.stream(type.getEnumConstants()).map(Album::text).toList()));
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
