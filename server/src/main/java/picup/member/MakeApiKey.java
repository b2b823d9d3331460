package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.BadValue;
import picup.platform.Ids;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.BearerKeys;
import picup.platform.security.EndedSessions;
import picup.platform.security.Scope;
import picup.platform.security.SignedIn;

/// Makes a key for a program, which is told once. Only a session can: a key that could make keys would live for ever, and could
/// give itself more rights. And the key outlasts the session, so it takes [RecentProof].
@Component
public class MakeApiKey {
    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_DAYS = 3_650;
    private static final int MAX_KEYS = 100;
    private static final int HINT_CHARS = BearerKeys.PREFIX.length() + 4;

    private final RecentProof proof;
    private final ApiKeys keys;
    private final MemberAudit audit;
    private final InstantSource clock;

    MakeApiKey(RecentProof proof, ApiKeys keys, MemberAudit audit, InstantSource clock) {
        this.proof = proof;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    public record Made(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Made[" + key.id() + "]";
        }
    }

    /// @param days how long it is good, null for as long as nobody revokes it
    /// @throws picup.platform.ProblemException `FORBIDDEN` for a key, `PROOF_NEEDED`, `CONFLICT` when there are too many
    /// @throws picup.platform.BadValue when a value is out of its bounds
    @Transactional
    public Made make(SignedIn signedIn, String name, Set<Scope> scopes, @Nullable Integer days) {
        if (signedIn.scopes() != null) {
            throw Problem.FORBIDDEN.because("A key cannot make keys. Sign in instead.");
        }
        proof.require(signedIn);
        String shown = name.strip();
        if (shown.isEmpty() || shown.length() > MAX_NAME_CHARS || shown.chars().anyMatch(Character::isISOControl)) {
            throw new BadValue("The key's name must be one line of 1 to " + MAX_NAME_CHARS + " characters.");
        }
        if (scopes.isEmpty()) {
            throw new BadValue("A key needs at least one scope, or it could do nothing.");
        }
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw new BadValue("The key must be good for 1 to " + MAX_DAYS + " days, or without end, but is to be for " + days + ".");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        keys.clear(signedIn.member(), now.minus(EndedSessions.REMEMBERED));
        if (keys.of(signedIn.member()).size() >= MAX_KEYS) {
            throw Problem.CONFLICT.because("There are " + MAX_KEYS + " keys already. Revoke those that no program uses.");
        }
        var secret = RandomSecret.random(BearerKeys.PREFIX);
        var key = new ApiKey(Ids.next(), shown, secret.text().substring(0, HINT_CHARS), Set.copyOf(scopes), now,
                days == null ? null : now.plus(Duration.ofDays(days)), null);
        keys.add(key, signedIn.member(), secret);
        audit.record(AuditAction.API_KEY_MADE, signedIn.member(), signedIn.member(), shown);
        return new Made(key, secret.text());
    }
}
