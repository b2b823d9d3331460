package picup.member.web;

import org.jspecify.annotations.Nullable;
import picup.platform.Problem;

/// A field of JSON that must be there.
final class Required {
    private Required() {}

    static String text(String name, @Nullable String value) {
        return value(name, value);
    }

    static <T> T value(String name, @Nullable T value) {
        if (value == null) {
            throw Problem.BAD_VALUE.because("\"" + name + "\" is missing.");
        }
        return value;
    }
}
