package picup.library.receipt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.DurableFiles;
import picup.platform.PicupSettings;

/// The Ed25519 key that signs receipts: `receipt-key.pem` of the secrets, private and public part in one file, made at first use. Every process
/// of the storage role needs the same. Nothing breaks when it is lost but that old receipts are signed by a key that nobody has.
@Component
public class ReceiptKey {
    private static final int ID_BYTES = 8;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([^-]+)-----END");

    private final Path file;
    private volatile @Nullable Pair pair;

    ReceiptKey(PicupSettings picup) {
        this.file = picup.secrets().resolve("receipt-key.pem");
    }

    /// @param keyId     the first 16 hexadecimal digits of the SHA-256 of the public key's DER
    /// @param algorithm of the signature (RFC 8032)
    /// @param publicKey as `openssl pkeyutl -verify -pubin` takes it
    public record PublicPart(String keyId, String algorithm, String publicKey) {}

    record Signed(String signature, String keyId) {}

    private record Pair(PrivateKey secret, PublicKey open, String id) {}

    public PublicPart publicPart() {
        var key = pair();
        return new PublicPart(key.id, "Ed25519", pem("PUBLIC", key.open.getEncoded()));
    }

    Signed sign(byte[] bytes) {
        var key = pair();
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key.secret);
            signature.update(bytes);
            return new Signed(Base64.getEncoder().encodeToString(signature.sign()), key.id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key in " + file + " cannot sign receipts", e);
        }
    }

    private Pair pair() {
        var known = pair;
        if (known == null) {
            try {
                known = read();
                pair = known;
            } catch (IOException e) {
                throw new UncheckedIOException("The key of receipts cannot be read from " + file + " or made there", e);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalStateException(file + " is no Ed25519 key in PEM; remove it to get a new one", e);
            }
        }
        return known;
    }

    private Pair read() throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            make();
        }
        byte[] secret = {};
        byte[] open = {};
        var blocks = BLOCK.matcher(Files.readString(file));
        while (blocks.find()) {
            byte[] der = Base64.getMimeDecoder().decode(blocks.group(2).strip());
            if (blocks.group(1).equals("PRIVATE")) {
                secret = der;
            } else {
                open = der;
            }
        }
        var keys = KeyFactory.getInstance("Ed25519");
        return new Pair(keys.generatePrivate(new PKCS8EncodedKeySpec(secret)), keys.generatePublic(new X509EncodedKeySpec(open)), id(open));
    }

    /// Written beside and linked into place, so that two processes agree on one and a crash leaves no half of one.
    private void make() throws IOException, GeneralSecurityException {
        KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.createDirectories(file.getParent());
        var beside = Files.createTempFile(file.getParent(), "new", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(beside, pem("PRIVATE", made.getPrivate().getEncoded()) + pem("PUBLIC", made.getPublic().getEncoded()));
            DurableFiles.sync(beside);
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            // the other process was first; its key counts
        } finally {
            Files.delete(beside);
        }
        DurableFiles.sync(file.getParent());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }

    private static String id(byte[] der) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der), 0, ID_BYTES);
    }
}
