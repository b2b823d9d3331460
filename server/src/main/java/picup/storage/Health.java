package picup.storage;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is known of the bytes of an original.
///
/// @param checkedAt when they were last read back from their store; null when never
/// @param copies    in how many stores they were found to be good, when they were last read back there
public record Health(State state, @Nullable Instant checkedAt, int copies) {
    public enum State {
        SOUND, MISSING, ALTERED;

        public static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /// As the database and the interface write it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Of bytes that nobody has looked at.
    public static final Health UNKNOWN = new Health(State.SOUND, null, 0);

    /// Whether they were read back and are what they should be. Only then may another copy of them be deleted.
    public boolean verified() {
        return state == State.SOUND && checkedAt != null;
    }

    /// `sound`, `missing`, `altered`; `unchecked` as long as nobody has looked.
    public String text() {
        return state == State.SOUND && checkedAt == null ? "unchecked" : state.text();
    }
}
