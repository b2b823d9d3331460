package picup.member;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The codes of an authenticator app: TOTP (RFC 6238) as every app has it, SHA-1, six digits, thirty seconds.
///
/// @param secret 160 bits (RFC 4226, section 4)
record Totp(byte[] secret) {
    static final long STEP_SECONDS = 30;
    private static final int SECRET_BYTES = 20;
    private static final int MODULUS = 1_000_000;
    /// How far the app's clock may be off, before and after (RFC 6238, section 5.2).
    private static final int DRIFT_STEPS = 1;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Pattern FORM = Pattern.compile("\\d{6}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static Totp random() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Totp(secret);
    }

    /// Whether somebody may have meant it for one; people type the space that apps show.
    static boolean isCode(String typed) {
        return FORM.matcher(withoutSpaces(typed)).matches();
    }

    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    }

    /// The period that the code is of, when it is of one close to now and later than `lastStep`.
    OptionalLong accept(String typed, Instant now, long lastStep) {
        byte[] code = withoutSpaces(typed).getBytes(StandardCharsets.UTF_8);
        for (long step = step(now) - DRIFT_STEPS; step <= step(now) + DRIFT_STEPS; step++) {
            if (step > lastStep && MessageDigest.isEqual(code, code(step).getBytes(StandardCharsets.UTF_8))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /// RFC 4226, section 5.3.
    String code(long step) {
        byte[] hash;
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA1", e);
        }
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        return "%06d".formatted(number % MODULUS);
    }

    /// For apps without a camera (RFC 4648, section 6, without padding).
    String base32() {
        var text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte each : secret) {
            bits = bits << 8 | each & 0xff;
            for (count += 8; count >= 5; count -= 5) {
                text.append(BASE32.charAt(bits >>> count - 5 & 31));
            }
        }
        return text.toString();
    }

    /// What the square for the camera says (Key Uri Format of Google Authenticator).
    String uri(String username) {
        String name = URLEncoder.encode(username, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Picup:" + name + "?secret=" + base32() + "&issuer=Picup";
    }

    private static String withoutSpaces(String typed) {
        return typed.replace(" ", "");
    }

    @Override
    public String toString() {
        return "Totp[hidden]";
    }
}
