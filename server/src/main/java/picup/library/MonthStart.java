package picup.library;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.Cursor;
import picup.platform.Problem;

/// Where in a month a page of the timeline begins. A month can have 70,000 pictures, and somebody who jumps into its middle
/// must not wait for all before it.
public sealed interface MonthStart {
    MonthStart NEWEST = new Number(0);

    /// After the last picture of a page, by that page's `next`.
    record After(Cursor cursor) implements MonthStart {}

    /// At the picture of this number: the newest is 0. Numbers move with what is added and removed; a client that puts pages together lets
    /// them overlap by one picture, which tells whether that has happened.
    record Number(int number) implements MonthStart {}

    /// So that the picture stands in the middle of the page.
    record Around(UUID pictureId) implements MonthStart {}

    /// @throws ProblemException `bad-value` where more than one is said, or a negative number; `bad-cursor`
    static MonthStart of(@Nullable String cursor, @Nullable Integer from, @Nullable UUID picture) {
        if ((cursor == null ? 0 : 1) + (from == null ? 0 : 1) + (picture == null ? 0 : 1) > 1) {
            throw Problem.BAD_VALUE.because("A page begins at one place: say one of cursor, from and picture.");
        }
        if (cursor != null) {
            return new After(Cursor.of(cursor));
        }
        if (picture != null) {
            return new Around(picture);
        }
        if (from == null) {
            return NEWEST;
        }
        if (from < 0) {
            throw Problem.BAD_VALUE.because("from is the number of a picture in its month; the newest is 0.");
        }
        return new Number(from);
    }
}
