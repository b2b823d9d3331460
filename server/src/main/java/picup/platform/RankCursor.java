package picup.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// A place in a list that is ordered by a number and then by an id: an album that is ordered by hand, files by their size. Opaque to clients.
public record RankCursor(long rank, UUID id) {
    public static final RankCursor FIRST = new RankCursor(Long.MIN_VALUE, new UUID(0, 0));
    private static final int LONGEST_CHARS = 120;

    /// @throws ProblemException `bad-cursor`
    public static RankCursor of(String text) {
        try {
            if (text.length() > LONGEST_CHARS) {
                throw new IllegalArgumentException("too long");
            }
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            return new RankCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((rank + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
