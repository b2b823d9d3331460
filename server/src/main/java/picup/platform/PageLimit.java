package picup.platform;

import org.jspecify.annotations.Nullable;

/// How many items a page of a list has.
public final class PageLimit {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    private PageLimit() {}

    /// @throws ProblemException `bad-value` outside of 1 to 1000
    public static int of(@Nullable Integer asked) {
        return of(asked, DEFAULT, MOST);
    }

    /// @throws ProblemException `bad-value` outside of 1 to `most`
    public static int of(@Nullable Integer asked, int usual, int most) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1 || asked > most) {
            throw Problem.BAD_VALUE.because("limit must be 1 to %d, but is %d.".formatted(most, asked));
        }
        return asked;
    }
}
