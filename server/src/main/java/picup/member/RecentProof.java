package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// Guards what would outlast the session: whoever found a device left open must not add a way in of their own. A session may
/// do such things for a while after it began, and again after [ConfirmPassword].
@Component
public class RecentProof {
    /// Long enough to find the security key in the drawer.
    public static final Duration LASTS = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final InstantSource clock;

    RecentProof(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public void require(SignedIn signedIn) {
        if (!sessions.wasProvedAfter(signedIn.session(), clock.instant().minus(LASTS))) {
            throw Problem.PROOF_NEEDED.because("Confirm your password, or sign in again, and repeat this within "
                    + LASTS.toMinutes() + " minutes.");
        }
    }
}
