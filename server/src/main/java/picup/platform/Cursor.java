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

    /// @throws ProblemException `bad-cursor` when `text` was not given out by [#text()]
    public static Cursor of(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            return new Cursor(LocalDateTime.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
