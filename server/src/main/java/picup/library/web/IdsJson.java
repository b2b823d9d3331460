package picup.library.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;

/// The pictures that a request is about.
record IdsJson(@Nullable List<UUID> ids) {
    private static final int MOST = 10_000;

    /// @throws picup.platform.ProblemException `bad-value` when there are none, or too many
    List<UUID> required() {
        if (ids == null || ids.contains(null)) {
            throw Problem.BAD_VALUE.because("The body must be {\"ids\": [...]}, a list of picture ids.");
        }
        if (ids.size() > MOST) {
            throw Problem.BAD_VALUE.because("At most %,d ids at once, but these are %,d. Send them in parts.".formatted(MOST, ids.size()));
        }
        return ids;
    }
}
