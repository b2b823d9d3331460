package picup.member;

import java.time.Duration;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.security.SignedIn;

/// Asks a member who is signed in for the password once more, before something that a device left open must not do. Guessing
/// is slowed down as in [SignIn], out of the same buckets. Nothing matches where there is no password.
@Component
class ProvePassword {
    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;

    record Proved(Account account, String passwordHash) {
        @Override
        public String toString() {
            return "Proved[" + account.id() + "]";
        }
    }

    ProvePassword(Accounts accounts, PasswordHashing hashing, SignInAttempts attempts) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.attempts = attempts;
    }

    /// @param address of the network that asks
    /// @return with the hash that the password matched, for those who must see that it is still the account's
    /// @throws picup.platform.BadValue when nobody can have such a password
    /// @throws ProblemException `BAD_CREDENTIALS`, `TOO_MANY_ATTEMPTS`, or `SESSION_ENDED` when the account has gone
    Proved prove(SignedIn signedIn, String password, String address) {
        var typed = new Password(password);
        var credentials = accounts.credentials(signedIn.member())
                .orElseThrow(ProvePassword::accountGone);
        var username = Username.of(credentials.account().username());
        attempts.take(username, address).ifPresent(wait -> {
            throw tooManyAttempts(wait);
        });
        String hash = credentials.passwordHash();
        if (!hashing.matches(typed, hash) || hash == null) {
            throw wrongPassword();
        }
        attempts.giveBack(username, address);
        return new Proved(credentials.account(), hash);
    }

    static ProblemException wrongPassword() {
        return Problem.BAD_CREDENTIALS.because("The password is not this one. Check it and try again.");
    }

    static ProblemException accountGone() {
        return Problem.SESSION_ENDED.because("The account of this session does not exist any more.");
    }

    static ProblemException tooManyAttempts(Duration retryAfter) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return Problem.TOO_MANY_ATTEMPTS.because("Wait " + seconds + " seconds before the next attempt.").with("retryAfterSeconds", seconds);
    }
}
