package picup.member;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.security.AccessTokens;

/// Signs access tokens, which [AccessTokens] verifies.
@Component
class TokenIssuer {
    private final SigningKeys keys;
    private final MemberSettings settings;

    TokenIssuer(SigningKeys keys, MemberSettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    OpenSession issue(UUID session, MemberId member, boolean administrator, RefreshToken refreshToken, Instant now) {
        Instant expiresAt = now.plus(settings.accessTokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
        var key = keys.current();
        var header = new JWSHeader.Builder(AccessTokens.ALGORITHM).keyID(key.id()).build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(AccessTokens.ISSUER)
                .subject(member.toString())
                .claim(AccessTokens.SESSION, session.toString())
                .claim(AccessTokens.ADMINISTRATOR, administrator)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        var jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("The key " + key.id() + " does not sign", e);
        }
        return new OpenSession(jwt.serialize(), expiresAt, settings.accessTokenLifetime(), refreshToken.text(),
                settings.sessionLifetime());
    }
}
