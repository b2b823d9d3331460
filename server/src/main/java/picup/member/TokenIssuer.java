package picup.member;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.security.AccessTokens;
import picup.platform.security.Scope;
import picup.platform.security.SignedIn;

/// Signs access tokens, which [AccessTokens] verifies.
@Component
class TokenIssuer {
    private final SigningKeys keys;
    private final MemberSettings settings;

    TokenIssuer(SigningKeys keys, MemberSettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    /// @param provedAt when the member last proved who they are, which the storage side cannot ask for
    OpenSession issue(UUID session, MemberId member, boolean administrator, Instant provedAt, RefreshToken refreshToken, Instant now) {
        var token = sign(member, now, new JWTClaimsSet.Builder()
                .claim(AccessTokens.SESSION, session.toString())
                .claim(AccessTokens.ADMINISTRATOR, administrator)
                .claim(AccessTokens.PROVED, provedAt.getEpochSecond()));
        return new OpenSession(token.text(), token.expiresAt(), settings.accessTokenLifetime(), refreshToken.text(), settings.sessionLifetime());
    }

    /// @param key with scopes
    AccessToken issue(SignedIn key, Instant now) {
        return sign(key.member(), now, new JWTClaimsSet.Builder()
                .claim(AccessTokens.KEY, key.session().toString())
                .claim(AccessTokens.SCOPE, Scope.claim(Objects.requireNonNull(key.scopes()))));
    }

    private AccessToken sign(MemberId member, Instant now, JWTClaimsSet.Builder claims) {
        Instant expiresAt = now.plus(settings.accessTokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
        var key = keys.current();
        var header = new JWSHeader.Builder(AccessTokens.ALGORITHM).keyID(key.id()).build();
        claims.issuer(AccessTokens.ISSUER)
                .subject(member.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt));
        var jwt = new SignedJWT(header, claims.build());
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("The key " + key.id() + " does not sign", e);
        }
        return new AccessToken(jwt.serialize(), expiresAt);
    }
}
