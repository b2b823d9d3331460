package picup.decoder;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads times as files write them: EXIF's `2020:05:04 18:39:11`, XMP's `2020-05-04T18:39:11.644-04:00`, IPTC's `20200504`,
/// AVCHD's `2019:04:24 22:24:00+02:00 DST`.
/// Zeroes, blanks and impossible days are no time at all.
final class TakenText {

    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})[-:/.]?(\\d{2})[-:/.]?(\\d{2})(?:[T ](\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,12}))?)?)?\\s*(Z|[-+]\\d{2}:?\\d{2})?(?: DST)?");
    private static final Pattern OFFSET = Pattern.compile("([-+])(\\d{1,2}):?(\\d{2})");

    private TakenText() {}

    /// @param subSecond digits after the point, as EXIF keeps them apart
    /// @param offset    as EXIF keeps it apart; an offset in `text` itself goes first
    static Facts.@Nullable Taken of(String source, @Nullable String text, @Nullable String subSecond, @Nullable String offset) {
        if (text == null || text.length() > 64) {
            return null;
        }
        Matcher m = TIME.matcher(text.replace('\0', ' ').strip());
        if (!m.matches() || m.group(1).equals("0000")) {
            return null;
        }
        try {
            // A date without a time would put a picture at midnight, before all others of its day: no time is better.
            if (m.group(4) == null) {
                return null;
            }
            String fraction = m.group(7) == null ? subSecond : m.group(7);
            LocalDateTime at = LocalDateTime.of(number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5),
                    m.group(6) == null ? 0 : number(m, 6), nanos(fraction));
            return new Facts.Taken(at, offsetSeconds(m.group(8) == null ? offset : m.group(8)), source);
        } catch (DateTimeException | IllegalArgumentException impossible) {
            return null;
        }
    }

    /// Places are up to 14 hours ahead of UTC and 12 behind.
    static @Nullable Integer offsetSeconds(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String stripped = text.replace('\0', ' ').strip();
        if (stripped.equals("Z")) {
            return 0;
        }
        Matcher m = OFFSET.matcher(stripped);
        if (!m.matches()) {
            return null;
        }
        int seconds = number(m, 2) * 3600 + number(m, 3) * 60;
        boolean possible = number(m, 3) < 60 && seconds <= 14 * 3600;
        return !possible ? null : m.group(1).equals("-") ? Integer.valueOf(-seconds) : Integer.valueOf(seconds);
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        String digits = fraction.replace('\0', ' ').strip();
        if (!digits.matches("\\d{1,12}")) {
            return 0;
        }
        return Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
