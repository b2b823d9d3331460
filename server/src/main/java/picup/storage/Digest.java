package picup.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import picup.platform.BadValue;

/// The SHA-256 of an original: its name everywhere.
public record Digest(byte[] bytes) {
    private static final int LENGTH = 32;

    public Digest {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A SHA-256 has 32 bytes, but this has " + bytes.length);
        }
        bytes = bytes.clone();
    }

    /// @param hex 64 hexadecimal digits, upper or lower case
    /// @throws BadValue when it is something else
    public static Digest ofHex(String hex) {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new BadValue("A SHA-256 has 64 hexadecimal digits. Send it so, or leave it out.");
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /// A hash that is being made.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
