package picup.member;

import java.text.Normalizer;
import picup.platform.BadValue;

/// How others see a member. Freer than a [Username], as nothing is compared by it: emoji need their invisible joiners.
record DisplayName(String value) {
    static final int MAX_CODE_POINTS = 100;

    /// @throws BadValue saying which rule the name breaks
    static DisplayName of(String typed) {
        String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > MAX_CODE_POINTS || !name.codePoints().allMatch(DisplayName::isAllowed)) {
            throw new BadValue(
                    "The display name must have 1 to 100 characters, without line breaks or marks that turn the direction of writing.");
        }
        return new DisplayName(name);
    }

    private static boolean isAllowed(int character) {
        boolean turnsDirection = character == 0x061C || character == 0x200E || character == 0x200F
                || character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
        return !turnsDirection && switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
