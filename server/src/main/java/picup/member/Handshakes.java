package picup.member;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.Problem;

/// The table `member.handshake`: what must be remembered between two steps, for minutes. The row is deleted by the statement
/// that reads it, so of two who bring the same key at once one is too late.
///
/// Anybody may begin one without an account, hence a limit per network; and beginning one clears away what is over, so that
/// the table needs no sweeper.
@Component
public class Handshakes {
    /// Open at once. A family, or an office behind one address, comes nowhere near; 1,000 rows are 400 KB.
    static final int MOST_PER_NETWORK = 1_000;
    private static final int RETRY_AFTER_SECONDS = 60;

    private final JdbcClient database;
    private final InstantSource clock;

    Handshakes(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public enum Kind {
        PASSKEY_CREATION, PASSKEY_SIGN_IN, OPENID
    }

    /// @param key     what the next step will bring, random and long
    /// @param browser what must come in its cookie as well; null when nothing must
    /// @param address of the network that asks
    public record Handshake(Kind kind, byte[] key, @Nullable String browser, String address, String payload, Duration lifetime) {
        @Override
        public String toString() {
            return "Handshake[" + kind + " from " + address + "]";
        }
    }

    /// @throws picup.platform.ProblemException `TOO_MANY_ATTEMPTS`
    public void begin(Handshake handshake) {
        Instant now = clock.instant();
        database.sql("delete from member.handshake where expires_at <= :now").param("now", now.atOffset(ZoneOffset.UTC)).update();
        boolean begun = database.sql("""
                        insert into member.handshake (key_hash, kind, browser_hash, network, payload, expires_at)
                        select :keyHash, :kind, :browserHash, :network, :payload, :expiresAt
                        where (select count(*) from member.handshake where network = :network) < :most
                        """)
                .param("keyHash", sha256(handshake.key()))
                .param("kind", handshake.kind().name())
                .param("browserHash", hash(handshake.browser()))
                .param("network", SignInAttempts.network(handshake.address()))
                .param("payload", handshake.payload())
                .param("expiresAt", now.plus(handshake.lifetime()).atOffset(ZoneOffset.UTC))
                .param("most", MOST_PER_NETWORK)
                .update() == 1;
        if (!begun) {
            throw Problem.TOO_MANY_ATTEMPTS.because("Too many sign-ins have begun at this address. Wait a minute, or use the password.")
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
    }

    /// The payload; empty when it was used, has run out, belongs to another browser or never was.
    public Optional<String> finish(Kind kind, byte[] key, @Nullable String browser) {
        return database.sql("""
                        delete from member.handshake
                        where key_hash = :keyHash and kind = :kind and browser_hash is not distinct from :browserHash and expires_at > :now
                        returning payload
                        """)
                .param("keyHash", sha256(key))
                .param("kind", kind.name())
                .param("browserHash", hash(browser))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(String.class).optional();
    }

    private static byte @Nullable [] hash(@Nullable String browser) {
        return browser == null ? null : sha256(browser.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
