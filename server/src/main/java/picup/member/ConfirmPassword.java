package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import picup.platform.security.SignedIn;

/// Lets the member of a session that is not new prove again who they are, see [RecentProof]. Guessing is slowed down as in
/// [SignIn], out of the same buckets.
@Component
public class ConfirmPassword {
    private final Accounts accounts;
    private final Sessions sessions;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final InstantSource clock;

    ConfirmPassword(Accounts accounts, Sessions sessions, PasswordHashing hashing, SignInAttempts attempts, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.hashing = hashing;
        this.attempts = attempts;
        this.clock = clock;
    }

    public sealed interface Outcome {
        record Confirmed() implements Outcome {}

        record WrongPassword() implements Outcome {}

        record TooManyAttempts(Duration retryAfter) implements Outcome {}

        /// While its access token lives on.
        record AccountGone() implements Outcome {}
    }

    /// @param address of the network that asks
    /// @throws picup.platform.BadValue when nobody can have such a password
    public Outcome confirm(SignedIn signedIn, String typed, String address) {
        var password = new Password(typed);
        var credentials = accounts.credentials(signedIn.member()).orElse(null);
        if (credentials == null) {
            return new Outcome.AccountGone();
        }
        var username = Username.of(credentials.account().username());
        var wait = attempts.take(username, address);
        if (wait.isPresent()) {
            return new Outcome.TooManyAttempts(wait.get());
        }
        if (!hashing.matches(password, credentials.passwordHash())) {
            return new Outcome.WrongPassword();
        }
        attempts.giveBack(username, address);
        sessions.prove(signedIn.session(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new Outcome.Confirmed();
    }
}
