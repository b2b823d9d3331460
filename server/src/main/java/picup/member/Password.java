package picup.member;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import picup.platform.BadValue;
import picup.platform.Problem;

/// A password in clear, on its way to the hash. Normalised (NFC, as RFC 8265 section 4.2 has it), because one keyboard
/// sends "é" as one character and another as two.
record Password(String clear) {
    static final int MIN_CHARS = 8;
    /// Nobody's sentence is longer, and hashing must not become work without bounds.
    static final int MAX_CHARS = 1024;
    /// What is no letter, at either end.
    private static final Pattern EDGES = Pattern.compile("^\\P{L}+|\\P{L}+$");

    Password {
        if (clear.length() > MAX_CHARS) {
            throw new BadValue("The password has more than 1024 characters. Choose one of 8 to 1024.");
        }
        clear = Normalizer.normalize(clear, Normalizer.Form.NFC);
    }

    /// A new one, which must be long enough, and nothing that a guesser tries first.
    ///
    /// @throws picup.platform.ProblemException `COMMON_PASSWORD`
    static Password chosen(String typed, Username username) {
        if (typed.length() < MIN_CHARS) {
            throw new BadValue("The password has fewer than 8 characters. Choose one of 8 to 1024.");
        }
        var password = new Password(typed);
        if (CommonPasswords.contains(password.clear) || resembles(password.clear, username.key())) {
            throw Problem.COMMON_PASSWORD.because("Guessers try this password first. A few words that you can remember make a better one.");
        }
        return password;
    }

    /// The name as it is, backwards or twice, and with anything but letters around it: `ada1843!`.
    private static boolean resembles(String password, String name) {
        String core = EDGES.matcher(password.toLowerCase(Locale.ROOT)).replaceAll("");
        String nameCore = EDGES.matcher(name).replaceAll("");
        String backwards = new StringBuilder(nameCore).reverse().toString();
        return password.equalsIgnoreCase(name)
                || !nameCore.isEmpty() && (core.equals(nameCore) || core.equals(backwards) || core.equals(nameCore + nameCore));
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
