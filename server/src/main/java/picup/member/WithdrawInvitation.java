package picup.member;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// Makes an invitation useless at once. One that was used is only taken off the list; the member stays.
@Component
public class WithdrawInvitation {
    private final Invitations invitations;

    WithdrawInvitation(Invitations invitations) {
        this.invitations = invitations;
    }

    /// @throws picup.platform.ProblemException `FORBIDDEN`, `NOT_FOUND`
    public void withdraw(SignedIn administrator, UUID invitation) {
        administrator.requireAdministrator();
        if (!invitations.remove(invitation)) {
            throw Problem.NOT_FOUND.because("There is no such invitation, or not any more. The list says which there are.");
        }
    }
}
