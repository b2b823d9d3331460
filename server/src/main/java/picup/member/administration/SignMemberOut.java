package picup.member.administration;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.MemberAudit;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Ends every session of a member, who may sign in again at once.
@Component
public class SignMemberOut {
    private final Members members;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SignMemberOut(Members members, EndedSessions endedSessions, MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.members = members;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @return how many sessions ended
    /// @throws picup.platform.ProblemException `NOT_FOUND`
    public int signOut(MemberId actor, MemberId member) {
        List<UUID> ended = transaction.execute(_ -> {
            members.find(member).orElseThrow(ChangeRole::nobody);
            audit.record(AuditAction.SIGNED_OUT_EVERYWHERE, actor, member);
            return members.endSessions(member, clock.instant().truncatedTo(ChronoUnit.MICROS));
        });
        ended.forEach(endedSessions::add);
        return ended.size();
    }
}
