package picup.platform;

import org.jspecify.annotations.Nullable;

/// How many items a page of a list has.
public final class PageLimit {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    private PageLimit() {}

    /// @throws ProblemException `bad-value` outside of 1 to 1000
    public static int of(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT;
        }
        if (asked < 1 || asked > MOST) {
            throw Problem.BAD_VALUE.because("limit must be 1 to %d, but is %d.".formatted(MOST, asked));
        }
        return asked;
    }
}
