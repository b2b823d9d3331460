package picup.storage;

import java.util.Locale;

/// What the member of a space may do.
public enum Standing {
    OPEN,
    /// Neither read nor write; everything stays.
    SUSPENDED,
    /// For good. Everything in it is removed.
    CLOSED;

    /// As the table has it.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Standing of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
