package picup.library;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;

/// When a picture was taken, as the interface writes it: `2008-10-22T16:28:39`, with `+02:00` where the offset is known.
public final class TakenAtText {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final int EARLIEST_YEAR = 1;
    private static final int LATEST_YEAR = 9998;

    private TakenAtText() {}

    public static String of(LocalDateTime at, @Nullable Integer offsetSeconds) {
        return at.format(SECONDS) + (offsetSeconds == null ? "" : ZoneOffset.ofTotalSeconds(offsetSeconds).getId());
    }

    /// @throws picup.platform.ProblemException `bad-value`
    public static ImportPicture.TakenAt parse(String text) {
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            var taken = parsed instanceof OffsetDateTime withOffset
                    ? new ImportPicture.TakenAt(withOffset.toLocalDateTime(), withOffset.getOffset().getTotalSeconds())
                    : new ImportPicture.TakenAt((LocalDateTime) parsed, null);
            if (taken.at().getYear() < EARLIEST_YEAR || taken.at().getYear() > LATEST_YEAR) {
                throw new DateTimeException("year");
            }
            return taken;
        } catch (DateTimeException e) {
            throw Problem.BAD_VALUE.because("takenAt must be a local time like 2008-10-22T16:28:39, with an offset like +02:00 where it is known.");
        }
    }
}
