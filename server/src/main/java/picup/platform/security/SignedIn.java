package picup.platform.security;

import java.util.UUID;
import picup.platform.MemberId;
import picup.platform.Problem;

/// What a valid access token says. A controller that needs only the member declares a [MemberId] parameter instead.
///
/// @param session ends with a sign-out; see [EndedSessions]
public record SignedIn(MemberId member, UUID session, boolean administrator) {
    /// @throws picup.platform.ProblemException `FORBIDDEN`
    public void requireAdministrator() {
        if (!administrator) {
            throw Problem.FORBIDDEN.because("Only administrators may do that. Ask one of them.");
        }
    }
}
