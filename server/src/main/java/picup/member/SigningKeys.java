package picup.member;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSASigner;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.security.KeyFolder;

/// The key that signs access tokens: the last private one of the [KeyFolder], made at first start. The folder is
/// read again every half minute, which is all that a rotation needs.
@Component
class SigningKeys {
    private static final Duration REREAD = Duration.ofSeconds(30);
    private static final DateTimeFormatter KEY_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final KeyFolder folder;
    private final InstantSource clock;
    private volatile SigningKey current;

    /// @param id the `kid` of the tokens
    record SigningKey(String id, ECDSASigner signer, Instant readAt) {}

    SigningKeys(KeyFolder folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        if (folder.privateKeys().isEmpty()) {
            generate();
        }
        this.current = read();
    }

    /// A file that cannot be read in the middle of a rotation must not keep anybody out, so the key stays as it was.
    SigningKey current() {
        var before = current;
        if (clock.instant().isBefore(before.readAt.plus(REREAD))) {
            return before;
        }
        try {
            current = read();
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.error("The key to sign access tokens with cannot be read; going on with {}", before.id, e);
            current = new SigningKey(before.id, before.signer, clock.instant());
        }
        return current;
    }

    private SigningKey read() {
        var last = folder.privateKeys().lastEntry();
        if (last == null) {
            throw new IllegalStateException("There is no private key to sign access tokens with; put one back, or restart to get a new one");
        }
        try {
            return new SigningKey(last.getKey(), new ECDSASigner(last.getValue()), clock.instant());
        } catch (JOSEException e) {
            throw new IllegalStateException("The key " + last.getKey() + " cannot sign access tokens", e);
        }
    }

    /// The random end keeps apart two processes that start at once over one empty folder. Both keys are then there for
    /// everybody, and both processes soon sign with the later one.
    private void generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String id = KEY_ID.format(clock.instant()) + "-" + "%04x".formatted(new SecureRandom().nextInt(1 << 16));
            folder.add(id, generator.generateKeyPair());
            LOG.info("Made the key {} to sign access tokens with", id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has the curve P-256", e);
        }
    }
}
