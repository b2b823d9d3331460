package picup.member;

import java.util.regex.Pattern;
import picup.platform.BadValue;

/// Where mail goes. Checked only for what would make it another header, another recipient, or no address at all: whether it exists is
/// known to its server alone.
record EmailAddress(String value) {
    /// RFC 5321, section 4.5.3.1.3, without the angle brackets.
    private static final int LONGEST = 254;
    private static final Pattern SHAPE = Pattern.compile("[^\\s\\p{Cntrl}@<>(),;:\\\\\"\\[\\]]+@[^\\s\\p{Cntrl}@<>(),;:\\\\\"\\[\\]]+");

    /// @throws BadValue when it is none
    static EmailAddress of(String text) {
        var address = text.strip();
        if (address.length() > LONGEST || !SHAPE.matcher(address).matches()) {
            throw new BadValue("An e-mail address looks like name@example.org and has at most " + LONGEST + " characters");
        }
        return new EmailAddress(address);
    }
}
