package picup.library.upload;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one request brings.
///
/// @param offsetBytes     where it belongs
/// @param lengthBytes     null when the client does not say (chunked coding)
/// @param uploadSizeBytes of the whole upload, where it is said only now
/// @param checksum        which it must have to be taken
public record Chunk(long offsetBytes, @Nullable Long lengthBytes, @Nullable Long uploadSizeBytes, @Nullable Checksum checksum, InputStream bytes) {
    /// @param algorithm as Java calls it
    public record Checksum(String algorithm, byte[] expected) {
        MessageDigest begin() {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has " + algorithm, e);
            }
        }

        boolean isOf(MessageDigest digest) {
            return Arrays.equals(expected, digest.digest());
        }
    }
}
