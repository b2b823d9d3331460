package picup.member.passkey;

import java.text.Normalizer;
import picup.platform.BadValue;

/// What a member calls a passkey, to know one from the other.
record PasskeyName(String value) {
    static final int MAX_CODE_POINTS = 64;

    /// @throws picup.platform.BadValue saying which rule the name breaks
    static PasskeyName of(String typed) {
        String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > MAX_CODE_POINTS || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadValue("The name of a passkey must have 1 to 64 characters, without line breaks.");
        }
        return new PasskeyName(name);
    }
}
