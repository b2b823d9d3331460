package picup.member;

import java.time.Duration;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.security.SignedIn;

/// Asks a member who is signed in for the password once more, before something that a device left open must not do. Guessing
/// is slowed down as in [SignIn], out of the same buckets.
@Component
class ProvePassword {
    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;

    ProvePassword(Accounts accounts, PasswordHashing hashing, SignInAttempts attempts) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.attempts = attempts;
    }

    /// @param address of the network that asks
    /// @throws ProblemException `BAD_CREDENTIALS`, `TOO_MANY_ATTEMPTS`, or `SESSION_ENDED` when the account has gone
    Account prove(SignedIn signedIn, String password, String address) {
        var typed = new Password(password);
        var credentials = accounts.credentials(signedIn.member())
                .orElseThrow(() -> Problem.SESSION_ENDED.because("The account of this session does not exist any more."));
        var username = Username.of(credentials.account().username());
        attempts.take(username, address).ifPresent(wait -> {
            throw tooManyAttempts(wait);
        });
        if (!hashing.matches(typed, credentials.passwordHash())) {
            throw Problem.BAD_CREDENTIALS.because("The password is not this one. Check it and try again.");
        }
        attempts.giveBack(username, address);
        return credentials.account();
    }

    static ProblemException tooManyAttempts(Duration retryAfter) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return Problem.TOO_MANY_ATTEMPTS.because("Wait " + seconds + " seconds before the next attempt.").with("retryAfterSeconds", seconds);
    }
}
