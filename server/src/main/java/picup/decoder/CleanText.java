package picup.decoder;

import org.jspecify.annotations.Nullable;

/// Text from strangers, made harmless to store: no NUL (PostgreSQL refuses it), no control characters (terminals and logs
/// obey them), no half characters, no more than a cap. Escaping for HTML or SQL is the business of whoever writes those.
final class CleanText {

    private CleanText() {}

    /// @return none when nothing is left
    static @Nullable String of(@Nullable String hostile, int maxChars) {
        if (hostile == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(hostile.length(), maxChars));
        for (int at = 0; at < hostile.length() && clean.length() < maxChars; ) {
            int c = hostile.codePointAt(at);
            at += Character.charCount(c);
            if (c == 0) {
                // Cameras fill fixed fields with NUL; what stands after it is left over from something else.
                break;
            }
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            if (!half && !control && clean.length() + Character.charCount(c) <= maxChars) {
                clean.appendCodePoint(c);
            }
        }
        String stripped = clean.toString().strip();
        return stripped.isEmpty() ? null : stripped;
    }

    static @Nullable String name(@Nullable String hostile) {
        return of(hostile, Facts.MAX_NAME_CHARS);
    }

    static @Nullable String description(@Nullable String hostile) {
        return of(hostile, Facts.MAX_DESCRIPTION_CHARS);
    }
}
