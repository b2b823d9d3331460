package picup.member;

import java.time.Duration;
import org.springframework.stereotype.Component;
import picup.platform.security.SignedIn;

/// Lets members delete their own account. It takes the password, so that a device left open is no way to lose everything,
/// and guessing it is slowed down as in [SignIn], out of the same buckets.
@Component
public class Leave {
    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final DeleteAccount deleteAccount;

    Leave(Accounts accounts, PasswordHashing hashing, SignInAttempts attempts, DeleteAccount deleteAccount) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.attempts = attempts;
        this.deleteAccount = deleteAccount;
    }

    public sealed interface Outcome {
        record Gone() implements Outcome {}

        record WrongPassword() implements Outcome {}

        record TooManyAttempts(Duration retryAfter) implements Outcome {}

        /// There are other members, and nobody else administers.
        record LastAdministrator() implements Outcome {}

        /// While its access token lives on.
        record AccountGone() implements Outcome {}
    }

    /// @param address of the network that asks
    /// @throws picup.platform.BadValue when nobody can have such a password
    public Outcome leave(SignedIn signedIn, String typed, String address) {
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
        return switch (deleteAccount.delete(signedIn.member(), signedIn.member(), credentials.passwordHash())) {
            case DELETED -> new Outcome.Gone();
            case LAST_ADMINISTRATOR -> new Outcome.LastAdministrator();
            // deleted or changed by another request while the hash was computed
            case NO_SUCH_ACCOUNT -> accounts.find(signedIn.member()).isPresent() ? new Outcome.WrongPassword() : new Outcome.AccountGone();
        };
    }
}
