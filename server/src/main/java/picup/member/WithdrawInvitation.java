package picup.member;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.Problem;

/// Makes an invitation useless at once. One that was used is only taken off the list; the member stays.
@Component
public class WithdrawInvitation {
    private final Invitations invitations;

    WithdrawInvitation(Invitations invitations) {
        this.invitations = invitations;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`
    public void withdraw(UUID invitation) {
        if (!invitations.remove(invitation)) {
            throw Problem.NOT_FOUND.because("There is no such invitation, or not any more. The list says which there are.");
        }
    }
}
