package picup.library;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When a picture was taken, by the name that a phone or a messenger gave its file. Counts only where the file itself and a
/// sidecar say nothing (decision 24).
///
/// | name | of |
/// |---|---|
/// | `IMG_20200101_154159`, `VID_20200101_154159`, `MVIMG_…`, `PANO_…`, `BURST20200101154159123` | Android |
/// | `PXL_20200101_154159123` | Pixel: in UTC |
/// | `20200101_154159(0)` | Samsung |
/// | `IMG20200101154159` | Oppo, Realme |
/// | `Screenshot_2020-01-01-15-41-59`, `Screenshot_20200101-154159_App` | Android |
/// | `Screen Shot 2020-01-01 at 3.41.59 PM` | macOS |
/// | `WIN_20200101_15_41_59_Pro` | Windows |
/// | `DJI_20200101154159_0001_D` | drones |
/// | `2020-01-01 15.41.59-1`, `Photo 2020-01-01 15 41 59` | Dropbox and others |
/// | `signal-2020-01-01-154159`, `signal-2020-01-01-15-41-59-123` | Signal |
/// | `WhatsApp Image 2020-01-01 at 15.41.59`, `IMG-20200101-WA0001` (the day alone) | WhatsApp |
/// | `photo_2020-01-01_15-41-59`, `video_…` | Telegram |
/// | `KakaoTalk_20200101_154159123`, `KakaoTalk_Photo_2020-01-01-15-41-59` | KakaoTalk |
/// | `FB_IMG_1577893319000`, `mmexport1577893319000` | Facebook, WeChat: milliseconds since 1970, in UTC |
///
/// @param at            by the clock of the phone; at noon where there is but a day
/// @param offsetSeconds 0 for names in UTC, else nobody knows
record FileNameTime(LocalDateTime at, @Nullable Integer offsetSeconds, boolean dayAlone) {
    /// As `takenAtSource` has it.
    static final String SOURCE = "file-name";

    /// Before that no file had such a name.
    private static final int EARLIEST_YEAR = 1970;

    private static final String DAY = "((?:19|20)\\d\\d)([-_.]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12]\\d|3[01])";

    /// The separator between hours and minutes is that between minutes and seconds. Milliseconds follow, or a counter that begins
    /// otherwise; never another digit that would make it a number of something else.
    private static final Pattern TIME = Pattern.compile(
            "(?<!\\d)" + DAY + "(?:[-_ T.]|\\s?at\\s|, )?(\\d{2}|\\d(?=[.:h]))([-_.:h ]?)([0-5]\\d)\\6([0-5]\\d)(?:[-_.,]?(\\d{3}))?(?!\\d)(?:[ \u202f\u00a0]?([ap])m\\b)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MESSENGER_DAY = Pattern.compile("^(?:IMG|VID|STK|PTT|AUD)-(\\d{4})(\\d\\d)(\\d\\d)-WA\\d+", Pattern.CASE_INSENSITIVE);
    private static final Pattern WRITTEN_DAY = Pattern.compile("^((?:19|20)\\d\\d)[-_.](\\d\\d)[-_.](\\d\\d)(?!\\d)");
    private static final Pattern MILLISECONDS = Pattern.compile("^(?:FB_IMG_|mmexport|received_|wx_camera_)(1\\d{12})(?!\\d)", Pattern.CASE_INSENSITIVE);

    private static final int NOON = 12;

    /// @param now what lies more than a day ahead isn't a time
    static Optional<FileNameTime> of(String fileName, Instant now) {
        return moment(fileName).or(() -> milliseconds(fileName)).or(() -> day(MESSENGER_DAY, fileName)).or(() -> day(WRITTEN_DAY, fileName))
                .filter(found -> found.at.getYear() >= EARLIEST_YEAR && found.at.isBefore(LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusDays(1)));
    }

    /// Where the name knows but the day, a time that is known otherwise counts if it is of the same day.
    boolean lessThan(ImportPicture.TakenAt other) {
        return dayAlone && other.at().toLocalDate().equals(at.toLocalDate());
    }

    ImportPicture.TakenAt taken() {
        return new ImportPicture.TakenAt(at, offsetSeconds);
    }

    private static Optional<FileNameTime> moment(String fileName) {
        var found = TIME.matcher(fileName);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            var nanos = found.group(9) == null ? 0 : Integer.parseInt(found.group(9)) * 1_000_000;
            var at = LocalDateTime.of(number(found, 1), number(found, 3), number(found, 4), hour(found), number(found, 7), number(found, 8), nanos);
            var inUtc = fileName.toLowerCase(Locale.ROOT).startsWith("pxl_");
            return Optional.of(new FileNameTime(at, inUtc ? Integer.valueOf(0) : null, false));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int hour(Matcher found) {
        var hour = number(found, 5);
        var half = found.group(10);
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > NOON) {
            throw new DateTimeException("hour of half a day");
        }
        return hour % NOON + (half.equalsIgnoreCase("p") ? NOON : 0);
    }

    private static Optional<FileNameTime> milliseconds(String fileName) {
        var found = MILLISECONDS.matcher(fileName);
        return found.find()
                ? Optional.of(new FileNameTime(LocalDateTime.ofInstant(Instant.ofEpochMilli(Long.parseLong(found.group(1))), ZoneOffset.UTC), 0, false))
                : Optional.empty();
    }

    private static Optional<FileNameTime> day(Pattern pattern, String fileName) {
        var found = pattern.matcher(fileName);
        try {
            return found.find()
                    ? Optional.of(new FileNameTime(LocalDate.of(number(found, 1), number(found, 2), number(found, 3)).atTime(NOON, 0), null, true))
                    : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
