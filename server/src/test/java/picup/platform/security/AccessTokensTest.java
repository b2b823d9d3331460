package picup.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.MemberId;

class AccessTokensTest {
    private static final KeyPair FIRST = pair();
    private static final KeyPair SECOND = pair();

    @TempDir
    Path temporary;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final EndedSessions endedSessions = new EndedSessions();
    private final SignedIn ada = new SignedIn(MemberId.random(), UUID.randomUUID(), true);
    private Path folder;
    private KeyFolder keys;
    private AccessTokens tokens;

    @BeforeEach
    void oneKey() {
        folder = temporary.resolve("keys");
        keys = new KeyFolder(folder);
        keys.add("first", FIRST);
        tokens = new AccessTokens(keys, endedSessions, clock);
    }

    @Test
    void aTokenOfOursSaysWhoActs() {
        assertThat(tokens.verify(signed("first", FIRST, claims().build()))).contains(ada);
    }

    @Test
    void aTokenRunsOut() {
        var token = signed("first", FIRST, claims().build());

        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(tokens.verify(token)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenFromTheFutureIsRefusedBeyondTheSkewOfClocks() {
        Instant now = clock.instant();
        assertThat(tokens.verify(signed("first", FIRST, claims().issueTime(Date.from(now.plusSeconds(60))).build()))).isPresent();
        assertThat(tokens.verify(signed("first", FIRST, claims().issueTime(Date.from(now.plusSeconds(61))).build()))).isEmpty();
    }

    @Test
    void aTamperedTokenIsRefused() {
        var parts = signed("first", FIRST, claims().build()).split("\\.");
        var others = signed("first", FIRST, claims().subject(MemberId.random().toString()).build()).split("\\.");

        assertThat(tokens.verify(parts[0] + "." + others[1] + "." + parts[2])).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1] + "." + others[2])).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1])).isEmpty();
    }

    @Test
    void aSignatureOfZerosIsRefused() {
        var parts = signed("first", FIRST, claims().build()).split("\\.");
        var zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);

        assertThat(tokens.verify(parts[0] + "." + parts[1] + "." + zeros)).isEmpty();
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertThat(tokens.verify(new PlainJWT(claims().build()).serialize())).isEmpty();
    }

    @Test
    void thePublicKeyIsNoSharedSecret() throws Exception {
        var publicKey = Files.readAllBytes(folder.resolve("first.public.pem"));
        for (byte[] secret : new byte[][] {FIRST.getPublic().getEncoded(), publicKey}) {
            assertThat(tokens.verify(signed(JWSAlgorithm.HS256, "first", new MACSigner(secret), claims().build()))).isEmpty();
        }
    }

    @Test
    void aKeyOfSomebodyElseIsRefused() {
        assertThat(tokens.verify(signed("first", SECOND, claims().build()))).isEmpty();
        assertThat(tokens.verify(signed("unknown", SECOND, claims().build()))).isEmpty();
        assertThat(tokens.verify(signed(null, FIRST, claims().build()))).isEmpty();
        assertThat(tokens.verify(signed("../first", FIRST, claims().build()))).isEmpty();
    }

    @Test
    void everyClaimIsNeeded() {
        assertThat(tokens.verify(signed("first", FIRST, claims().issuer("elsewhere").build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().subject(null).build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().subject("ada").build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().claim("sid", null).build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().expirationTime(null).build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().issueTime(null).build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().claim("adm", null).build())))
                .contains(new SignedIn(ada.member(), ada.session(), false));
    }

    @Test
    void aTokenMadeOfAKeyHoldsItsScopesAndNothingMore() {
        var key = UUID.randomUUID();
        var token = claims().claim("sid", null).claim("key", key.toString()).claim("scope", "albums:read everything:write pictures:read");

        assertThat(tokens.verify(signed("first", FIRST, token.build())))
                .contains(SignedIn.byKey(ada.member(), key, Set.of(Scope.ALBUMS_READ, Scope.PICTURES_READ)));
        assertThat(tokens.verify(signed("first", FIRST, token.claim("scope", "").build()))).contains(SignedIn.byKey(ada.member(), key, Set.of()));
        assertThat(tokens.verify(signed("first", FIRST, token.claim("scope", null).build()))).isEmpty();
        endedSessions.add(key);
        assertThat(tokens.verify(signed("first", FIRST, token.claim("scope", "albums:read").build()))).isEmpty();
    }

    /// Neither may be taken for the other, or a key would act as a session.
    @Test
    void aTokenIsOfASessionOrOfAKeyAndNeverOfBoth() {
        assertThat(tokens.verify(signed("first", FIRST, claims().claim("scope", "albums:read").build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST, claims().claim("key", UUID.randomUUID().toString()).build()))).isEmpty();
        assertThat(tokens.verify(signed("first", FIRST,
                claims().claim("key", UUID.randomUUID().toString()).claim("scope", "albums:read").build()))).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        for (var nonsense : new String[] {"", ".", "..", "a.b.c", "x".repeat(100_000), "\u0000"}) {
            assertThat(tokens.verify(nonsense)).isEmpty();
        }
    }

    @Test
    void twoKeysOverlapWithoutARestart() {
        var old = signed("first", FIRST, claims().build());
        var young = signed("second", SECOND, claims().build());
        assertThat(tokens.verify(young)).isEmpty();

        keys.add("second", SECOND);
        clock.advance(AccessTokens.REREAD_AT_MOST);

        assertThat(tokens.verify(young)).contains(ada);
        assertThat(tokens.verify(old)).contains(ada);
    }

    @Test
    void aRemovedKeyIsSoonRefused() throws IOException {
        var token = signed("first", FIRST, claims().build());
        assertThat(tokens.verify(token)).isPresent();

        Files.delete(folder.resolve("first.public.pem"));
        clock.advance(AccessTokens.REREAD);

        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aFileThatIsNoKeySignsNobodyOut() throws IOException {
        var token = signed("first", FIRST, claims().build());
        assertThat(tokens.verify(token)).isPresent();

        Files.writeString(folder.resolve("second.public.pem"), "half a k");
        clock.advance(AccessTokens.REREAD);

        assertThat(tokens.verify(token)).isPresent();
        assertThat(tokens.verify(signed("first", FIRST, claims().claim("adm", false).build()))).isPresent();
    }

    @Test
    void anEndedSessionIsRefused() {
        var token = signed("first", FIRST, claims().build());
        assertThat(tokens.verify(token)).isPresent();

        endedSessions.add(ada.session());

        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void onlyTheServerReadsThePrivateKey() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("first.private.pem"))))
                .isEqualTo("rw-------");
        assertThat(keys.privateKeys()).containsOnlyKeys("first");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("picup")
                .subject(ada.member().toString())
                .claim("sid", ada.session().toString())
                .claim("adm", true)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(10))));
    }

    private static String signed(@Nullable String keyId, KeyPair pair, JWTClaimsSet claims) {
        try {
            return signed(JWSAlgorithm.ES256, keyId, new ECDSASigner((ECPrivateKey) pair.getPrivate()), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId).build(), claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
