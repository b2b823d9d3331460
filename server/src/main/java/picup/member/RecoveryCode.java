package picup.member;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// For when the authenticator app is gone: 50 random bits, without the letters and digits that look alike. Good once.
///
/// @param text as compared, without the hyphen
record RecoveryCode(String text) {
    static final int COUNT = 10;
    private static final int CHARS = 10;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    static List<RecoveryCode> some() {
        return IntStream.range(0, COUNT).mapToObj(_ -> random()).toList();
    }

    private static RecoveryCode random() {
        return new RecoveryCode(RANDOM.ints(CHARS, 0, ALPHABET.length()).mapToObj(at -> ALPHABET.substring(at, at + 1)).collect(Collectors.joining()));
    }

    static RecoveryCode typed(String text) {
        return new RecoveryCode(text.replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT));
    }

    /// `abcde-fghij`
    String shown() {
        return text.substring(0, CHARS / 2) + "-" + text.substring(CHARS / 2);
    }

    @Override
    public String toString() {
        return "RecoveryCode[hidden]";
    }
}
