package picup.member;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Makes an invitation useless at once. One that was used is only taken off the list; the member stays.
@Component
public class WithdrawInvitation {
    private final Invitations invitations;
    private final MemberAudit audit;

    WithdrawInvitation(Invitations invitations, MemberAudit audit) {
        this.invitations = invitations;
        this.audit = audit;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`
    @Transactional
    public void withdraw(SignedIn administrator, UUID invitation) {
        if (!invitations.remove(invitation)) {
            throw Problem.NOT_FOUND.because("There is no such invitation, or not any more. The list says which there are.");
        }
        audit.record(AuditAction.INVITATION_WITHDRAWN, administrator.member(), null);
    }
}
