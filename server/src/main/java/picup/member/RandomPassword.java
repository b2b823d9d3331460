package picup.member;

import java.security.SecureRandom;

/// A password that a machine chooses and a person types: 20 of 31 letters and digits that nobody takes for one another, 99 bits.
final class RandomPassword {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_CHARS = 5;

    private RandomPassword() {}

    static String next() {
        var random = new SecureRandom();
        var password = new StringBuilder();
        for (int at = 0; at < GROUPS * GROUP_CHARS; at++) {
            password.append(at > 0 && at % GROUP_CHARS == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
