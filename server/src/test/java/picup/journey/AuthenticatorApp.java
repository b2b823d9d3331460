package picup.journey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The app on somebody's phone (RFC 6238), written anew, so that Picup's own does not judge itself.
final class AuthenticatorApp {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 20;

    private AuthenticatorApp() {}

    /// From then on the person's password takes a code too.
    static void enrol(Person person, String password) {
        var begun = Person.require(200, person.put("/api/members/me/second-factor", Map.of("password", password)));
        var code = code(begun.json().get("secret").asString(), Instant.now().getEpochSecond() / 30);
        Person.require(200, person.post("/api/members/me/second-factor/confirmation", Map.of("code", code)));
    }

    private static String code(String secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int at = hash[hash.length - 1] & 0xf;
            return "%06d".formatted((ByteBuffer.wrap(hash).getInt(at) & 0x7fff_ffff) % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String base32) {
        var number = BigInteger.ZERO;
        for (char letter : base32.toCharArray()) {
            number = number.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(letter)));
        }
        var raw = number.toByteArray(); // may lead with a zero for the sign, or lack some
        var bytes = new byte[SECRET_BYTES];
        int length = Math.min(raw.length, SECRET_BYTES);
        System.arraycopy(raw, raw.length - length, bytes, SECRET_BYTES - length, length);
        return bytes;
    }
}
