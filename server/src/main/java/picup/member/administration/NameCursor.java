package picup.member.administration;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import picup.platform.Problem;

/// A place in the list of members, which is ordered by name.
record NameCursor(String key) {
    private static final int LONGEST = 4000;

    /// @throws picup.platform.ProblemException `bad-cursor` when `text` was not given out by [#text()]
    static NameCursor of(String text) {
        try {
            var key = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (text.length() <= LONGEST && key.indexOf('\0') < 0) {
                return new NameCursor(key);
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
