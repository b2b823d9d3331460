package picup.platform;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/// A place in a list that is ordered by a time and then by an id, newest first. Opaque to clients; both columns are
/// compared as one tuple, so that equal times lose and repeat nothing.
public record Cursor(LocalDateTime at, UUID id) {
    private static final int LONGEST = 200;

    /// PostgreSQL's timestamps reach less far than Java's, and no list holds a time outside of these.
    private static final int EARLIEST_YEAR = 1;
    private static final int LATEST_YEAR = 9999;

    /// @throws ProblemException `bad-cursor` when `text` was not given out by [#text()]
    public static Cursor of(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            var at = LocalDateTime.parse(parts[0]);
            if (at.getYear() < EARLIEST_YEAR || at.getYear() > LATEST_YEAR) {
                throw new IllegalArgumentException("year");
            }
            return new Cursor(at, UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
