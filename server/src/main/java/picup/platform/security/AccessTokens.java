package picup.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.UncheckedIOException;
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
/// ours to choose, not the token's; a key is found by `kid` among the [PublicKeys] and nowhere else.
///
/// The keys are asked for again every [#REREAD], and at once when a token bears an unknown key, though not more often than
/// every [#REREAD_AT_MOST]: invented key ids must not turn into disk reads. Threads that find the keys stale at the same
/// moment read the folder twice at worst; the last one wins, and both have read the same files.
///
/// A verification takes 0.2 to 0.8 ms of a small machine's core, and a screen of thumbnails has two hundred requests with
/// the same token. So a token that was verified is remembered, together with the keys and no longer than they. Whether it
/// has run out or its session has ended is asked every time.
public class AccessTokens {
    public static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;
    public static final String ISSUER = "picup";
    public static final String SESSION = "sid";
    public static final String ADMINISTRATOR = "adm";
    /// When the member last proved who they are, in seconds; the name is OpenID Connect's (Core 1.0, section 2).
    public static final String PROVED = "auth_time";
    /// Instead of [#SESSION] in a token that an API key was exchanged for, so that a release which knows nothing of scopes
    /// takes it for none at all, and not for a session.
    public static final String KEY = "key";
    public static final String SCOPE = "scope";

    /// How long a retired key is still honoured, and how early a new public key must be there.
    static final Duration REREAD = Duration.ofSeconds(30);
    static final Duration REREAD_AT_MOST = Duration.ofSeconds(1);
    /// A token may come from a machine whose clock is ahead of ours.
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    /// Ours have about 400.
    private static final int MAX_TOKEN_CHARS = 2048;
    /// About 1 KB each; only tokens of ours get in.
    private static final int MAX_VERIFIED_TOKENS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final PublicKeys source;
    private final EndedSessions endedSessions;
    private final InstantSource clock;
    private volatile Keys keys = new Keys(Map.of(), Instant.MIN, noTokens());

    /// @param verified the tokens that these keys have signed, so far as we have seen them
    private record Keys(Map<String, JWSVerifier> byId, Instant readAt, Cache<String, Claims> verified) {}

    private record Claims(SignedIn signedIn, Instant issuedAt, Instant expiresAt) {}

    public AccessTokens(PublicKeys source, EndedSessions endedSessions, InstantSource clock) {
        this.source = source;
        this.endedSessions = endedSessions;
        this.clock = clock;
    }

    /// Empty when the token is not one of ours, is not valid now, or belongs to a session that has ended.
    public Optional<SignedIn> verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        var known = reread(REREAD, now).verified.getIfPresent(token);
        return Optional.ofNullable(known == null ? claims(token, now) : known)
                .filter(claims -> now.isBefore(claims.expiresAt) && !claims.issuedAt.isAfter(now.plus(CLOCK_SKEW)))
                .filter(claims -> !endedSessions.contains(claims.signedIn, claims.issuedAt))
                .map(Claims::signedIn);
    }

    /// Whether a token can be judged at all. Not in the first seconds of a process that has to fetch its keys.
    boolean haveKeys() {
        return !keys.byId.isEmpty() || !reread(REREAD_AT_MOST, clock.instant()).byId.isEmpty();
    }

    private @Nullable Claims claims(String token, Instant now) {
        try {
            var jwt = SignedJWT.parse(token);
            String keyId = jwt.getHeader().getKeyID();
            if (keyId == null || !ALGORITHM.equals(jwt.getHeader().getAlgorithm())) {
                return null;
            }
            // one snapshot for both steps: what a retired key has signed must not get among the tokens of its successors
            var snapshot = keys.byId.containsKey(keyId) ? keys : reread(REREAD_AT_MOST, now);
            var key = snapshot.byId.get(keyId);
            if (key == null) {
                source.unknown(keyId);
                return null;
            }
            if (!jwt.verify(key)) {
                return null;
            }
            var claims = claims(jwt.getJWTClaimsSet());
            if (claims != null) {
                snapshot.verified.put(token, claims);
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            LOG.debug("Refused an access token: {}", e.getMessage());
            return null;
        }
    }

    /// A file that cannot be read in the middle of a rotation must not sign everybody out, so the keys stay as they were.
    private Keys reread(Duration age, Instant now) {
        var before = keys;
        if (now.isBefore(before.readAt.plus(age))) {
            return before;
        }
        Keys after;
        try {
            after = new Keys(verifiers(), now, noTokens());
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.error("The keys of access tokens cannot be read; going on with {}", before.byId.keySet(), e);
            after = new Keys(before.byId, now, before.verified);
        }
        keys = after;
        return after;
    }

    private static Cache<String, Claims> noTokens() {
        return Caffeine.newBuilder().maximumSize(MAX_VERIFIED_TOKENS).build();
    }

    private Map<String, JWSVerifier> verifiers() {
        var verifiers = new TreeMap<String, JWSVerifier>();
        source.publicKeys().forEach((id, key) -> verifiers.put(id, verifier(id, key)));
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

    private static @Nullable Claims claims(JWTClaimsSet claims) throws ParseException {
        var expires = claims.getExpirationTime();
        var issued = claims.getIssueTime();
        var member = claims.getSubject();
        if (!ISSUER.equals(claims.getIssuer()) || expires == null || issued == null || member == null) {
            return null;
        }
        var signedIn = signedIn(MemberId.of(member), claims);
        return signedIn == null ? null : new Claims(signedIn, issued.toInstant(), expires.toInstant());
    }

    private static @Nullable SignedIn signedIn(MemberId member, JWTClaimsSet claims) throws ParseException {
        var session = claims.getStringClaim(SESSION);
        var key = claims.getStringClaim(KEY);
        var scope = claims.getStringClaim(SCOPE);
        if (session != null && key == null && scope == null) {
            var proved = claims.getDateClaim(PROVED);
            return new SignedIn(member, UUID.fromString(session), Boolean.TRUE.equals(claims.getBooleanClaim(ADMINISTRATOR)), null,
                    proved == null ? null : proved.toInstant());
        }
        return session == null && key != null && scope != null ? SignedIn.byKey(member, UUID.fromString(key), Scope.inClaim(scope)) : null;
    }
}
