package picup.platform;

import java.util.UUID;

/// Who acts, and who owns. The one id of a person that every module knows; it crosses walls, rows do not.
public record MemberId(UUID value) {
    public static MemberId random() {
        return new MemberId(Ids.next());
    }

    /// @throws IllegalArgumentException when `text` is no UUID
    public static MemberId of(String text) {
        return new MemberId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
