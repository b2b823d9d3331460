package picup.member;

import java.text.Normalizer;
import picup.platform.BadValue;

/// A password in clear, on its way to the hash. Normalised (NFC, as RFC 8265 section 4.2 has it), because one keyboard
/// sends "é" as one character and another as two.
record Password(String clear) {
    static final int MIN_CHARS = 8;
    /// Nobody's sentence is longer, and hashing must not become work without bounds.
    static final int MAX_CHARS = 1024;

    Password {
        if (clear.length() > MAX_CHARS) {
            throw new BadValue("The password has more than 1024 characters. Choose one of 8 to 1024.");
        }
        clear = Normalizer.normalize(clear, Normalizer.Form.NFC);
    }

    /// A new one, which must be long enough.
    static Password chosen(String typed) {
        if (typed.length() < MIN_CHARS) {
            throw new BadValue("The password has fewer than 8 characters. Choose one of 8 to 1024.");
        }
        return new Password(typed);
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
