package picup.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.PicupSettings;
import picup.platform.database.Secret;

/// Keeps what the database must not tell whoever gets hold of it, a backup say: encrypted with AES-256-GCM, or as an HMAC
/// where it need not be read again. The key is the file `second-factor-key` of the secrets folder, made at first use. Every
/// process of the member role needs the same file, and a backup without it has no second factors.
///
/// Bound to the member: what was moved to another row does not open.
@Component
class SecretBox {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;

    SecretBox(PicupSettings picup) {
        this.file = picup.secrets().resolve("second-factor-key");
    }

    byte[] seal(byte[] secret, MemberId member) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, member, secret);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(VERSION).put(nonce).put(sealed).array();
    }

    byte[] open(byte[] sealed, MemberId member) {
        var buffer = ByteBuffer.wrap(sealed);
        if (buffer.get() != VERSION) {
            throw new IllegalStateException("A newer release has sealed this");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return cipher(Cipher.DECRYPT_MODE, nonce, member, rest);
    }

    /// Of something short enough to be found by trying all, had somebody the database alone.
    byte[] fingerprint(String text, MemberId member) {
        return derive("recovery code " + member + " " + text);
    }

    private byte[] cipher(int mode, byte[] nonce, MemberId member, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(derive("encryption"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(member.toString().getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A second factor cannot be read with the key in " + file + "; put back the one it was sealed with", e);
        }
    }

    /// A key of its own for each purpose, of the one in the file.
    private byte[] derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Secret.keptIn(file).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The key of second factors cannot be read from " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
