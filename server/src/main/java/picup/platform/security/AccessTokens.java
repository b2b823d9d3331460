package picup.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.MemberId;

/// Verifies access tokens: JWTs (RFC 7519) signed with ES256, following the best practices of RFC 8725. The algorithm is
/// ours to choose, not the token's; a key is found by `kid` in the [KeyFolder] and nowhere else.
///
/// The folder is read again every [#REREAD], and at once when a token bears an unknown key, though not more often than
/// every [#REREAD_AT_MOST]: invented key ids must not turn into disk reads. Threads that find the keys stale at the same
/// moment read the folder twice at worst; the last one wins, and both have read the same files.
public class AccessTokens {
    public static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;
    public static final String ISSUER = "picup";
    public static final String SESSION = "sid";
    public static final String ADMINISTRATOR = "adm";

    /// How long a retired key is still honoured, and how early a new public key must be there.
    static final Duration REREAD = Duration.ofSeconds(30);
    static final Duration REREAD_AT_MOST = Duration.ofSeconds(1);
    /// A token may come from a machine whose clock is ahead of ours.
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    /// Ours have about 400.
    private static final int MAX_TOKEN_CHARS = 2048;
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final KeyFolder folder;
    private final EndedSessions endedSessions;
    private final InstantSource clock;
    private volatile Keys keys = new Keys(Map.of(), Instant.MIN);

    private record Keys(Map<String, JWSVerifier> byId, Instant readAt) {}

    public AccessTokens(KeyFolder folder, EndedSessions endedSessions, InstantSource clock) {
        this.folder = folder;
        this.endedSessions = endedSessions;
        this.clock = clock;
    }

    /// Empty when the token is not one of ours, is not valid now, or belongs to a session that has ended.
    public Optional<SignedIn> verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            if (!ALGORITHM.equals(jwt.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            var key = key(jwt.getHeader().getKeyID());
            if (key == null || !jwt.verify(key)) {
                return Optional.empty();
            }
            return signedIn(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            LOG.debug("Refused an access token: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private @Nullable JWSVerifier key(@Nullable String id) {
        if (id == null) {
            return null;
        }
        Duration allowed = keys.byId.containsKey(id) ? REREAD : REREAD_AT_MOST;
        Instant now = clock.instant();
        if (!now.isBefore(keys.readAt.plus(allowed))) {
            keys = new Keys(verifiers(), now);
        }
        return keys.byId.get(id);
    }

    private Map<String, JWSVerifier> verifiers() {
        var verifiers = new TreeMap<String, JWSVerifier>();
        folder.publicKeys().forEach((id, key) -> verifiers.put(id, verifier(id, key)));
        if (verifiers.isEmpty()) {
            LOG.warn("There is no public key to verify access tokens with; nobody can sign in");
        }
        return verifiers;
    }

    private static JWSVerifier verifier(String id, ECPublicKey key) {
        try {
            var verifier = new ECDSAVerifier(key);
            if (!verifier.supportedJWSAlgorithms().contains(ALGORITHM)) {
                throw new IllegalStateException("The key " + id + " is not on the curve P-256");
            }
            return verifier;
        } catch (JOSEException e) {
            throw new IllegalStateException("The key " + id + " is not on the curve P-256", e);
        }
    }

    private Optional<SignedIn> signedIn(JWTClaimsSet claims) throws ParseException {
        Instant now = clock.instant();
        var expires = claims.getExpirationTime();
        var issued = claims.getIssueTime();
        boolean valid = ISSUER.equals(claims.getIssuer())
                && expires != null && now.isBefore(expires.toInstant())
                && issued != null && !issued.toInstant().isAfter(now.plus(CLOCK_SKEW))
                && claims.getSubject() != null && claims.getStringClaim(SESSION) != null;
        if (!valid) {
            return Optional.empty();
        }
        var session = UUID.fromString(claims.getStringClaim(SESSION));
        if (endedSessions.contains(session)) {
            return Optional.empty();
        }
        boolean administrator = Boolean.TRUE.equals(claims.getBooleanClaim(ADMINISTRATOR));
        return Optional.of(new SignedIn(MemberId.of(claims.getSubject()), session, administrator));
    }
}
