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

/// Lets members sign out a device that they do not have at hand.
@Component
public class EndSession {
    private final Sessions sessions;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final InstantSource clock;

    EndSession(Sessions sessions, EndedSessions endedSessions, MemberAudit audit, InstantSource clock) {
        this.sessions = sessions;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.clock = clock;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND` when the member has no such session, or it is over
    @Transactional
    public void end(MemberId member, UUID session) {
        if (!sessions.endOf(member, session, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw Problem.NOT_FOUND.because("You are not signed in there, or not any more. The list of your sessions says where you are.");
        }
        audit.record(AuditAction.SESSION_ENDED, member);
        endedSessions.add(session);
    }
}
