package picup.member;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;
import picup.platform.security.BearerKeys;
import picup.platform.security.SignedIn;

/// Lets a program in by its API key: with the key itself where this module runs, and anywhere with the short-lived access
/// token that it is exchanged for, which any role verifies by public key without asking us.
///
/// A key is looked up at every request, not remembered: that costs one read by a unique index, and so a revoked key
/// is refused at once by every process.
@Component
public class ActByKey implements BearerKeys {
    private final ApiKeys keys;
    private final TokenIssuer tokens;
    private final InstantSource clock;

    ActByKey(ApiKeys keys, TokenIssuer tokens, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Optional<SignedIn> verify(String key) {
        return find(key, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /// Empty when there is no such key, or not any more.
    public Optional<AccessToken> exchange(String key) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return find(key, now).map(signedIn -> tokens.issue(signedIn, now));
    }

    private Optional<SignedIn> find(String key, Instant now) {
        var found = keys.find(new RandomSecret(key), now);
        found.ifPresent(verified -> keys.used(verified, now));
        return found.map(verified -> SignedIn.byKey(verified.member(), verified.id(), verified.scopes()));
    }
}
