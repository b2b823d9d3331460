package picup.decoder;

import org.jspecify.annotations.Nullable;

/// Reads numbers as files write them.
final class Numbers {

    /// Longer ones are an attack on whoever parses them, not a measurement.
    private static final int MAX_CHARS = 64;

    private Numbers() {}

    /// `2.5`, or a rational `5/2` as XMP has it. Never infinite, never NaN.
    static @Nullable Double of(@Nullable String text) {
        if (text == null || text.length() > MAX_CHARS) {
            return null;
        }
        int slash = text.indexOf('/');
        try {
            double number = slash < 0
                    ? Double.parseDouble(text.strip())
                    : Double.parseDouble(text.substring(0, slash).strip()) / Double.parseDouble(text.substring(slash + 1).strip());
            return Double.isFinite(number) ? Double.valueOf(number) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
