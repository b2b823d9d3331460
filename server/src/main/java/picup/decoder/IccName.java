package picup.decoder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The name of a colour profile: its tag `desc` (ICC.1:2022, "profileDescriptionTag"), which is an ASCII text in version 2 and a text
/// in several languages in version 4, of which the first is taken.
final class IccName {

    private static final int TYPE_TEXT = 0x64657363; // desc
    private static final int TYPE_LANGUAGES = 0x6d6c7563; // mluc

    private IccName() {}

    /// @param tag as it lies in the profile, with its type in front
    static @Nullable String of(byte @Nullable [] tag) {
        if (tag == null || tag.length < 28) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(tag);
        return switch (in.getInt(0)) {
            case TYPE_TEXT -> CleanText.name(text(in, 12, in.getInt(8)));
            case TYPE_LANGUAGES -> CleanText.name(in.getInt(8) < 1 ? null : utf16(in, in.getInt(24), in.getInt(20)));
            default -> null;
        };
    }

    private static @Nullable String text(ByteBuffer in, int from, int length) {
        return !inside(in, from, length) ? null : new String(in.array(), from, length, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String utf16(ByteBuffer in, int from, int length) {
        return !inside(in, from, length) ? null : new String(in.array(), from, length, StandardCharsets.UTF_16BE);
    }

    private static boolean inside(ByteBuffer in, int from, int length) {
        return from >= 0 && length > 0 && (long) from + length <= in.capacity();
    }
}
