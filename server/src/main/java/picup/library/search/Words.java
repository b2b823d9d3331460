package picup.library.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts a text into the words that it is found by: without case and accents, letters and digits apart. What is indexed and what is looked for
/// go through the same, so that whatever it does to a language it does to both.
///
/// PostgreSQL's own parser is not used: it keeps `IMG_2041.jpg` whole as the name of a file, and how it cuts Korean depends on the locale.
final class Words {
    enum Script {
        /// Words with spaces between them.
        SPACED,
        /// Where a word may begin anywhere: 제주여행 is found by 여행.
        UNSPACED,
        DIGITS
    }

    record Word(String text, Script script) {}

    /// Longer words are cut; nobody types more.
    static final int LONGEST_CHARS = 40;

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA,
            UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR);

    private Words() {}

    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        var word = new StringBuilder();
        Script script = null;
        for (int point : plain(text).codePoints().toArray()) {
            var next = scriptOf(point);
            if (next != script && script != null) {
                words.add(new Word(word.toString(), script));
                word.setLength(0);
            }
            script = next;
            if (next != null) {
                word.appendCodePoint(point);
            }
        }
        if (script != null) {
            words.add(new Word(word.toString(), script));
        }
        return words;
    }

    private static @org.jspecify.annotations.Nullable Script scriptOf(int point) {
        if (Character.isDigit(point)) {
            return Script.DIGITS;
        }
        if (!Character.isLetter(point)) {
            return null;
        }
        return WITHOUT_SPACES.contains(UnicodeScript.of(point)) ? Script.UNSPACED : Script.SPACED;
    }

    /// `Ærøskøbing` → `aeroskobing`, `Łódź` → `lodz`. Hangul is taken apart with all else, and put together again.
    private static String plain(String text) {
        var letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{Mn}+", "").toLowerCase(Locale.ROOT)
                .replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ð", "d").replace("ı", "i").replace("æ", "ae").replace("œ", "oe").replace("ß", "ss");
        return Normalizer.normalize(letters, Normalizer.Form.NFC);
    }

    static String cut(String word) {
        return word.length() <= LONGEST_CHARS ? word : word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST_CHARS - 1)) ? LONGEST_CHARS - 1 : LONGEST_CHARS);
    }
}
