package picup.member.passkey;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// An authenticator with one passkey, and the browser in front of it, as WebAuthn Level 3 describes them. What it should not do it does when told
/// to.
class TestAuthenticator {
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int ATTESTED_DATA = 0x40;
    private static final SecureRandom RANDOM = new SecureRandom();

    final byte[] credentialId = new byte[32];
    private final KeyPair keys;
    String origin;
    String relyingParty = "localhost";
    /// Of the signatures; goes up with each, and stays 0 where a passkey is on many devices.
    int counter = 1;
    boolean verifiesUser = true;
    String userHandle = "";

    TestAuthenticator(String origin) {
        this.origin = origin;
        RANDOM.nextBytes(credentialId);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What `navigator.credentials.create` gives, as JSON.
    Map<String, Object> create(String challenge) {
        var data = bytes(data(flags() | ATTESTED_DATA), new byte[16], bytes(ByteBuffer.allocate(2).putShort((short) credentialId.length).array()),
                credentialId, publicKey());
        var attestation = bytes(hex("A363666D74646E6F6E656761747453746D74A0686175746844617461"), hex("59"),
                ByteBuffer.allocate(2).putShort((short) data.length).array(), data);
        return Map.of("id", text(credentialId), "rawId", text(credentialId), "type", "public-key", "clientExtensionResults", Map.of(),
                "response", Map.of("clientDataJSON", text(clientData("webauthn.create", challenge)), "attestationObject", text(attestation),
                        "transports", List.of("internal", "hybrid")));
    }

    /// What `navigator.credentials.get` gives, as JSON.
    Map<String, Object> sign(String challenge) {
        try {
            counter += counter == 0 ? 0 : 1;
            var data = data(flags());
            var clientData = clientData("webauthn.get", challenge);
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(clientData));
            return Map.of("id", text(credentialId), "rawId", text(credentialId), "type", "public-key", "clientExtensionResults", Map.of(),
                    "response", Map.of("clientDataJSON", text(clientData), "authenticatorData", text(data), "signature", text(signature.sign()),
                            "userHandle", userHandle));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int flags() {
        return USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0);
    }

    private byte[] data(int flags) {
        return bytes(sha256(relyingParty.getBytes(StandardCharsets.UTF_8)), new byte[] {(byte) flags}, ByteBuffer.allocate(4).putInt(counter).array());
    }

    private byte[] clientData(String type, String challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}".formatted(type, challenge, origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// COSE_Key (RFC 9053, section 7.1) of ES256.
    private byte[] publicKey() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return bytes(hex("A5010203262001215820"), coordinate(point.getAffineX()), hex("225820"), coordinate(point.getAffineY()));
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] padded = bytes(new byte[32], signed);
        return Arrays.copyOfRange(padded, padded.length - 32, padded.length);
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text);
    }

    private static byte[] bytes(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
