package picup.decoder;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What an ICC profile is called, as `Display P3`: its description, in English or the first language there is
/// (ICC.1:2010, 9.2.41 and 10.13; ICC.1:2001, 6.5.17 for old ones).
final class ProfileName {

    private static final int DESCRIPTION = 0x64657363; // desc
    private static final int LOCALISED = 0x6d6c7563; // mluc
    private static final int TAGS_AT = 128;
    private static final int MOST_TAGS = 100;
    private static final int MOST_CHARS = 200;

    /// What libjxl calls the profiles that it makes up for its own colour spaces: nobody wrote them.
    private static final String MADE_UP = "(RGB|Gra)_.*_(Rel|Per|Sat|Abs)_.*";

    private ProfileName() {}

    static @Nullable String of(byte @Nullable [] profile) {
        if (profile == null) {
            return null;
        }
        try {
            ByteBuffer icc = ByteBuffer.wrap(profile);
            int tags = Math.clamp(icc.getInt(TAGS_AT), 0, MOST_TAGS);
            for (int i = 0; i < tags; i++) {
                int entry = TAGS_AT + 4 + 12 * i;
                if (icc.getInt(entry) == DESCRIPTION) {
                    return description(icc, icc.getInt(entry + 4));
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException broken) {
            return null;
        }
        return null;
    }

    private static @Nullable String description(ByteBuffer icc, int at) {
        boolean localised = icc.getInt(at) == LOCALISED;
        int length = Math.clamp(icc.getInt(localised ? at + 20 : at + 8), 0, localised ? 2 * MOST_CHARS : MOST_CHARS);
        byte[] text = new byte[length];
        icc.get(localised ? at + icc.getInt(at + 24) : at + 12, text);
        String name = CleanText.name(new String(text, localised ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII).replace("\0", ""));
        return name == null || name.matches(MADE_UP) ? null : name;
    }
}
