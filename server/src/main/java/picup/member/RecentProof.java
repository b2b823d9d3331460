package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// Guards what would outlast the session: whoever found a device left open must not add a way in of their own. A session may
/// do such things for a while after it began, and again after [ConfirmPassword].
@Component
public class RecentProof {
    public static final Duration LASTS = SignedIn.PROOF_LASTS;

    private final Sessions sessions;
    private final InstantSource clock;

    RecentProof(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /// Whether the session goes on.
    public boolean isOpen(UUID session) {
        return sessions.isOpen(session, clock.instant());
    }

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public void require(SignedIn signedIn) {
        if (!sessions.wasProvedAfter(signedIn.session(), clock.instant().minus(LASTS))) {
            throw Problem.PROOF_NEEDED.because("Confirm your password, or sign in again, and repeat this within "
                    + LASTS.toMinutes() + " minutes.");
        }
    }
}
