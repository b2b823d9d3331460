package picup.member;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a device shows to go on with its session. Written `family.secret`.
///
/// @param family shared by all tokens of the session, 144 random bits. It proves that a token with a wrong secret was
///               once ours and is replayed, without a list of all that ever were
/// @param secret 256 bits; good until it is used
record RefreshToken(String family, String secret) {
    private static final int FAMILY_BYTES = 18;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{24})\\.([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static RefreshToken random() {
        return new RefreshToken(base64(randomBytes(FAMILY_BYTES)), base64(randomBytes(SECRET_BYTES)));
    }

    static Optional<RefreshToken> parse(String text) {
        var parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new RefreshToken(parts.group(1), parts.group(2))) : Optional.empty();
    }

    static byte[] nonce() {
        return randomBytes(SECRET_BYTES);
    }

    /// The next token, made of this one and a nonce that only the server has. Who asks twice with this token gets the
    /// same next one, though the server keeps neither: it has the hash of this token and the nonce, and the caller
    /// brings the secret. HMAC under a 256-bit key is as hard to guess as a random token.
    RefreshToken successor(byte[] nonce) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return new RefreshToken(family, base64(mac.doFinal(nonce)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    byte[] familyHash() {
        return sha256(family);
    }

    byte[] secretHash() {
        return sha256(secret);
    }

    String text() {
        return family + "." + secret;
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
