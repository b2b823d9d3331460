package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.MemberId;
import picup.platform.security.AccessTokens;
import picup.platform.security.EndedSessions;
import picup.platform.security.KeyFolder;
import picup.platform.security.MovableClock;

class SigningKeysTest {
    @TempDir
    Path temporary;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private KeyFolder folder;

    @BeforeEach
    void emptyFolder() {
        folder = new KeyFolder(temporary.resolve("keys"));
    }

    @Test
    void aKeyIsMadeOnceAndFoundAgain() {
        var id = new SigningKeys(folder, clock).current().id();

        assertThat(id).startsWith("20261122T100000Z-");
        assertThat(new SigningKeys(folder, clock).current().id()).isEqualTo(id);
        assertThat(folder.privateKeys()).hasSize(1);
    }

    @Test
    void aNewKeySignsWithoutARestartAndTheOldTokensStayGood() throws Exception {
        var keys = new SigningKeys(folder, clock);
        var before = issue(keys);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        folder.add("20261201", generator.generateKeyPair());

        clock.advance(Duration.ofSeconds(30));
        var after = issue(keys);

        assertThat(keys.current().id()).isEqualTo("20261201");
        var verifier = new AccessTokens(folder, new EndedSessions(), clock);
        assertThat(verifier.verify(before)).isPresent();
        assertThat(verifier.verify(after)).isPresent();
    }

    @Test
    void aFileThatIsNoKeyKeepsNobodyOut() throws Exception {
        var keys = new SigningKeys(folder, clock);
        var id = keys.current().id();

        Files.writeString(temporary.resolve("keys/3000.private.pem"), "half a k");
        clock.advance(Duration.ofSeconds(30));

        assertThat(keys.current().id()).isEqualTo(id);
    }

    private String issue(SigningKeys keys) {
        var settings = new MemberSettings(Duration.ofMinutes(10), Duration.ofDays(60), Duration.ofSeconds(10), 100);
        return new TokenIssuer(keys, settings)
                .issue(UUID.randomUUID(), MemberId.random(), false, clock.instant(), RefreshToken.random(), clock.instant()).accessToken();
    }
}
