package picup.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/// Passwords that guessers try first: 17,950 of the most used ones that are long enough for us, from `@zxcvbn-ts/language-common`
/// (MIT; `passwords/README.md`), kept as the first [#PREFIX_BYTES] bytes of their SHA-256 in order.
///
/// Read at each question and forgotten again: that takes a millisecond beside the 50 of the hash that follows, and members
/// choose a password once in a while, so nothing is loaded at start or kept.
final class CommonPasswords {
    /// Two of a list this long and a good password agree once in 2^48 / 17,950 = 16 billion.
    static final int PREFIX_BYTES = 6;
    static final String RESOURCE = "/passwords/common.sha256";

    private CommonPasswords() {}

    /// In any case of letters.
    static boolean contains(String password) {
        byte[] wanted = prefix(password);
        byte[] sorted = read();
        int low = 0;
        int high = sorted.length / PREFIX_BYTES;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int from = middle * PREFIX_BYTES;
            int order = Arrays.compareUnsigned(sorted, from, from + PREFIX_BYTES, wanted, 0, PREFIX_BYTES);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return false;
    }

    static byte[] prefix(String password) {
        String folded = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(folded.getBytes(StandardCharsets.UTF_8)), PREFIX_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] read() {
        try (var in = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(RESOURCE), "The list of common passwords is missing")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The list of common passwords cannot be read", e);
        }
    }
}
