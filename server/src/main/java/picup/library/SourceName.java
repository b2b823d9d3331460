package picup.library;

import org.jspecify.annotations.Nullable;

/// The device or the import that a picture comes from, as its sender calls it: hostile text, by which receipts are told apart.
public final class SourceName {
    private static final int LONGEST_CHARS = 100;

    private SourceName() {}

    /// As [FileName#clean], of bounded length; null for none.
    public static @Nullable String clean(String name) {
        if (name.isBlank()) {
            return null;
        }
        var cleaned = FileName.clean(name.replace('/', ' ').replace('\\', ' '));
        if (cleaned.equals("unnamed")) {
            return null;
        }
        if (cleaned.length() <= LONGEST_CHARS) {
            return cleaned;
        }
        int end = Character.isHighSurrogate(cleaned.charAt(LONGEST_CHARS - 1)) ? LONGEST_CHARS - 1 : LONGEST_CHARS;
        return cleaned.substring(0, end).strip();
    }
}
