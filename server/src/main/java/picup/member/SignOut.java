package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import picup.platform.security.EndedSessions;
import picup.platform.security.SignedIn;

/// Ends a session: its refresh token at once and everywhere, its access token at once in this process.
@Component
public class SignOut {
    private final Sessions sessions;
    private final EndedSessions endedSessions;
    private final InstantSource clock;

    SignOut(Sessions sessions, EndedSessions endedSessions, InstantSource clock) {
        this.sessions = sessions;
        this.endedSessions = endedSessions;
        this.clock = clock;
    }

    public void signOut(SignedIn signedIn) {
        sessions.end(signedIn.session(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        endedSessions.add(signedIn.session());
    }
}
