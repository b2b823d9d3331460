package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;
import picup.platform.security.SignedIn;

/// Ends the sessions of a member: refresh tokens at once and everywhere, access tokens at once in this process. A session
/// that another device is refreshing meanwhile ends as well: the two wait for each other in its row.
@Component
public class SignOutEverywhere {
    private final Sessions sessions;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final InstantSource clock;

    SignOutEverywhere(Sessions sessions, EndedSessions endedSessions, MemberAudit audit, InstantSource clock) {
        this.sessions = sessions;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.clock = clock;
    }

    public enum Reach { ALL, ALL_BUT_THIS }

    @Transactional
    public void signOut(SignedIn signedIn, Reach reach) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        audit.record(AuditAction.SIGNED_OUT_EVERYWHERE, signedIn.member());
        sessions.endAllBut(signedIn.session(), signedIn.member(), now).forEach(endedSessions::add);
        if (reach == Reach.ALL) {
            sessions.end(signedIn.session(), now);
            endedSessions.add(signedIn.session());
        }
    }
}
