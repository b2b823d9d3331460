package picup.member;

import java.util.List;
import org.springframework.stereotype.Component;

/// Shows administrators who was invited, and who came.
@Component
public class ListInvitations {
    private final Invitations invitations;

    ListInvitations(Invitations invitations) {
        this.invitations = invitations;
    }

    /// The newest first, those that were used or ran out lately included.
    public List<Invitation> list() {
        return invitations.all();
    }
}
