package picup.member.administration;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.MemberAudit;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Takes the second factor from a member who has lost the app and the recovery codes; the password is enough from then on. Every
/// session ends: if it was not the member who asked for this, whoever did must not be in already.
@Component
public class ResetSecondFactor {
    private final Members members;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ResetSecondFactor(Members members, EndedSessions endedSessions, MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.members = members;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Changes nothing where there is none.
    ///
    /// @throws picup.platform.ProblemException `NOT_FOUND`, or `CONFLICT` for one's own, which takes the password
    public ManagedMember reset(MemberId actor, MemberId member) {
        if (actor.equals(member)) {
            throw Problem.CONFLICT.because("Your own second factor is removed in the settings, with your password.");
        }
        List<UUID> ended = transaction.execute(_ -> remove(actor, member));
        ended.forEach(endedSessions::add);
        return members.find(member).orElseThrow(ChangeRole::nobody);
    }

    private List<UUID> remove(MemberId actor, MemberId member) {
        if (!members.removeSecondFactor(member)) {
            return List.of();
        }
        audit.record(AuditAction.SECOND_FACTOR_RESET, actor, member);
        return members.endSessions(member, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
