package picup.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import picup.storage.Digest;

/// How one encrypted blob is laid out: a header of 128 bytes, then its bytes in pieces of 64 KB, each with AES-256-GCM and its own tag, so that a
/// range can be read without the rest (as of NIST SP 800-38D; the layout follows STREAM, Hoang et al. 2015).
///
/// ```
/// header   0 magic and version · 8 id of the wrapping key, zeros to 24 bytes · 32 nonce of the wrapping (12)
///         44 the blob's key, wrapped (32 + 16) · 92 first 8 bytes of every nonce · 100 size in plain (8) · 108 zeros
/// piece    up to 65,536 bytes, encrypted · tag (16)
/// ```
///
/// A piece is bound to the digest, its number and whether it is the last; the wrapped key to the digest, the nonces and the size. So pieces
/// that were moved, left out or taken from another blob do not open, and neither does a header with another size. The key of a blob is random and
/// encrypts nothing else, so nonces can count.
record SealedBlob(String keyId, byte[] wrapNonce, byte[] wrappedKey, byte[] nonceBase, long sizeBytes) {
    static final int HEADER_BYTES = 128;
    static final int PIECE_BYTES = 64 * 1024;
    static final int TAG_BYTES = 16;
    static final int SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES;

    /// No kind of picture or sidecar begins so.
    private static final byte[] MAGIC = {0, 'P', 'i', 'c', 'u', 'p', (byte) 0xE5, 1};
    private static final int KEY_ID_BYTES = 24;
    private static final int NONCE_BYTES = 12;
    private static final int NONCE_BASE_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Opens and seals the pieces of one blob. Not for two threads.
    interface Pieces {
        byte[] piece(long number, byte[] bytes, int length) throws GeneralSecurityException;
    }

    /// A new blob's, with a key of its own.
    record Fresh(SealedBlob header, byte[] key) {}

    static Fresh fresh(EncryptionKeys keys, Digest digest, long sizeBytes) {
        var key = random(KEY_BYTES);
        return new Fresh(wrapped(keys, digest, key, random(NONCE_BASE_BYTES), sizeBytes), key);
    }

    private static SealedBlob wrapped(EncryptionKeys keys, Digest digest, byte[] key, byte[] nonceBase, long sizeBytes) {
        var id = keys.current();
        var nonce = random(NONCE_BYTES);
        return new SealedBlob(id, nonce, keys.wrap(id, key, nonce, bound(digest, nonceBase, sizeBytes)), nonceBase, sizeBytes);
    }

    /// @return null when what begins so is not encrypted
    static @Nullable SealedBlob read(byte[] head) {
        if (head.length < MAGIC.length || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length) || head.length < HEADER_BYTES) {
            return null;
        }
        var in = ByteBuffer.wrap(head).position(MAGIC.length);
        var id = new String(take(in, KEY_ID_BYTES), StandardCharsets.US_ASCII).replace("\0", "");
        return new SealedBlob(id, take(in, NONCE_BYTES), take(in, KEY_BYTES + TAG_BYTES), take(in, NONCE_BASE_BYTES), in.getLong());
    }

    private static byte[] take(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(Arrays.copyOf(keyId.getBytes(StandardCharsets.US_ASCII), KEY_ID_BYTES))
                .put(wrapNonce).put(wrappedKey).put(nonceBase).putLong(sizeBytes).array();
    }

    /// How large the whole is in its store.
    long sealedBytes() {
        return sealedBytes(sizeBytes);
    }

    /// The same of any blob.
    static long sealedBytes(long sizeBytes) {
        return HEADER_BYTES + sizeBytes + pieces(sizeBytes) * TAG_BYTES;
    }

    long pieces() {
        return pieces(sizeBytes);
    }

    /// An empty blob has one, empty: the tag says that it is meant to be.
    private static long pieces(long sizeBytes) {
        return Math.max(1, (sizeBytes + PIECE_BYTES - 1) / PIECE_BYTES);
    }

    /// The same with the key wrapped by the current one.
    SealedBlob rewrapped(EncryptionKeys keys, Digest digest) throws IOException {
        return wrapped(keys, digest, key(keys, digest), nonceBase, sizeBytes);
    }

    /// @throws AlteredBlob when the header was changed
    /// @throws IOException when there is no such key
    private byte[] key(EncryptionKeys keys, Digest digest) throws IOException {
        if (!keys.has(keyId)) {
            throw new IOException("%s was encrypted with the key %s, which picup.storage.encryption.keys does not have. Put it back, behind the others".formatted(digest, keyId));
        }
        try {
            return keys.unwrap(keyId, wrappedKey, wrapNonce, bound(digest, nonceBase, sizeBytes));
        } catch (GeneralSecurityException e) {
            throw new AlteredBlob(digest + " does not open with the key " + keyId, e);
        }
    }

    Pieces opening(EncryptionKeys keys, Digest digest) throws IOException {
        return pieces(Cipher.DECRYPT_MODE, key(keys, digest), digest);
    }

    Pieces sealing(byte[] key, Digest digest) {
        return pieces(Cipher.ENCRYPT_MODE, key, digest);
    }

    private Pieces pieces(int mode, byte[] key, Digest digest) {
        var secret = new SecretKeySpec(key, "AES");
        var nonce = ByteBuffer.allocate(NONCE_BYTES).put(nonceBase);
        long last = pieces() - 1;
        return (number, bytes, length) -> {
            nonce.putInt(NONCE_BASE_BYTES, Math.toIntExact(number));
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, secret, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce.array()));
            cipher.updateAAD(digest.bytes());
            cipher.updateAAD(ByteBuffer.allocate(Long.BYTES + 1).putLong(number).put((byte) (number == last ? 1 : 0)).array());
            return cipher.doFinal(bytes, 0, length);
        };
    }

    private static byte[] bound(Digest digest, byte[] nonceBase, long sizeBytes) {
        return ByteBuffer.allocate(MAGIC.length + 32 + NONCE_BASE_BYTES + Long.BYTES).put(MAGIC).put(digest.bytes()).put(nonceBase).putLong(sizeBytes).array();
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
