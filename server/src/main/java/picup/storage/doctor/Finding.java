package picup.storage.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was found out about one thing.
///
/// @param about what was looked at, in a few words
/// @param says  what was found, in one sentence
/// @param next  what to do; null where there is nothing to do
record Finding(String about, Level level, String says, @Nullable String next) {
    enum Level {
        GOOD, LOOK, BAD;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding good(String about, String says) {
        return new Finding(about, Level.GOOD, says, null);
    }

    /// Nothing is broken yet.
    static Finding look(String about, String says, String next) {
        return new Finding(about, Level.LOOK, says, next);
    }

    static Finding bad(String about, String says, String next) {
        return new Finding(about, Level.BAD, says, next);
    }
}
