package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Ends a key at once, and with it the access tokens that it was exchanged for.
@Component
public class RevokeApiKey {
    private final ApiKeys keys;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final InstantSource clock;

    RevokeApiKey(ApiKeys keys, EndedSessions endedSessions, MemberAudit audit, InstantSource clock) {
        this.keys = keys;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.clock = clock;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND` when the member has no such key
    @Transactional
    public void revoke(MemberId member, UUID key) {
        if (!keys.revoke(member, key, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw Problem.NOT_FOUND.because("You have no such key, or not any more. The list of your keys says which there are.");
        }
        audit.record(AuditAction.API_KEY_REVOKED, member);
        endedSessions.add(key);
    }
}
