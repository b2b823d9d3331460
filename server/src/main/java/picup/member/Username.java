package picup.member;

import java.text.Normalizer;
import java.util.Locale;
import picup.platform.BadValue;

/// The name by which a person signs in.
///
/// @param shown as the person wrote it, in the compatibility form NFKC, so that equal looks are equal characters
/// @param key   what the database keeps unique: case is folded by way of upper case, which also takes "Straße" and
///              "STRASSE" together (Unicode 16, section 5.18), and the result is normalised again
public record Username(String shown, String key) {
    static final int MAX_CODE_POINTS = 64;
    /// Before normalisation, which can make 18 characters of one; nobody types more than this.
    private static final int MAX_TYPED_CHARS = 1024;

    /// @throws BadValue saying which rule the name breaks
    static Username of(String typed) {
        require(typed.length() <= MAX_TYPED_CHARS, "has more than 64 characters");
        String shown = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        require(!shown.isEmpty(), "is empty");
        require(shown.codePointCount(0, shown.length()) <= MAX_CODE_POINTS, "has more than 64 characters");
        require(!isSpace(shown.codePointAt(0)) && !isSpace(shown.codePointBefore(shown.length())),
                "begins or ends with a space");
        require(shown.codePoints().allMatch(Username::isVisible), "has a character that cannot be seen");
        return new Username(shown, key(shown));
    }

    /// The beginning of a name, as a search for names compares it.
    public static String keyOfBeginning(String typed) {
        return key(Normalizer.normalize(typed.substring(0, Math.min(typed.length(), MAX_TYPED_CHARS)), Normalizer.Form.NFKC).strip());
    }

    private static String key(String shown) {
        // lower case first, because the capital ẞ has no other upper case, and would end as ß where ß ends as ss
        String folded = shown.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static boolean isSpace(int character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character);
    }

    /// Control characters and lone surrogates, marks that turn the direction of writing or join invisibly, line breaks,
    /// and what Unicode has given no meaning yet (its case folding could change with the next release).
    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new BadValue("The user name " + otherwise
                    + ". It must have 1 to 64 visible characters, with no space at either end.");
        }
    }
}
