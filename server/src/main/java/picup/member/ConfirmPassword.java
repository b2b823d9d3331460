package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import picup.platform.security.SignedIn;

/// Lets the member of a session that is not new prove again who they are, see [RecentProof].
@Component
public class ConfirmPassword {
    private final ProvePassword password;
    private final Sessions sessions;
    private final InstantSource clock;

    ConfirmPassword(ProvePassword password, Sessions sessions, InstantSource clock) {
        this.password = password;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// @param address of the network that asks
    /// @throws picup.platform.BadValue when nobody can have such a password
    /// @throws picup.platform.ProblemException as [ProvePassword#prove]
    public void confirm(SignedIn signedIn, String typed, String address) {
        password.prove(signedIn, typed, address);
        sessions.prove(signedIn.session(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
