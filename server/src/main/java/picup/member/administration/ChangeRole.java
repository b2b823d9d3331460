package picup.member.administration;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.member.MemberAudit;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;

/// Makes members administrators, and unmakes them; never the last one. What it was already, it stays.
@Component
public class ChangeRole {
    private final Members members;
    private final MemberAudit audit;

    ChangeRole(Members members, MemberAudit audit) {
        this.members = members;
        this.audit = audit;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`, `LAST_ADMINISTRATOR`
    @Transactional
    public ManagedMember change(MemberId actor, MemberId member, boolean administrator) {
        if (!administrator) {
            requireAnother(members.lockedAdministrators(), member);
        }
        if (members.setAdministrator(member, administrator)) {
            audit.record(administrator ? AuditAction.MADE_ADMINISTRATOR : AuditAction.UNMADE_ADMINISTRATOR, actor, member);
        }
        return members.find(member).orElseThrow(ChangeRole::nobody);
    }

    static void requireAnother(List<UUID> administrators, MemberId member) {
        if (administrators.equals(List.of(member.value()))) {
            throw Problem.LAST_ADMINISTRATOR.because("This is the last administrator. Make somebody else one first.");
        }
    }

    static RuntimeException nobody() {
        return Problem.NOT_FOUND.because("There is no such member, or not any more.");
    }
}
