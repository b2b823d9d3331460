package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Opens a session for who knows the password. A name that nobody has costs the same query and the same hash as one
/// that somebody has, so neither the answer nor its time tells which names exist. [ChangePassword] says why the password
/// is looked at once more when the session opens.
@Component
public class SignIn {
    private final Accounts accounts;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final BlockedSignIns blocked;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SignIn(Accounts accounts, Sessions sessions, TokenIssuer tokens, PasswordHashing hashing, SignInAttempts attempts,
            BlockedSignIns blocked, TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.hashing = hashing;
        this.attempts = attempts;
        this.blocked = blocked;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param address   of the network that asks
    /// @param userAgent what the device calls itself
    public record Attempt(String username, String password, String address, String userAgent) {
        @Override
        public String toString() {
            return "Attempt[" + username + " from " + address + "]";
        }
    }

    public sealed interface Outcome {
        record Opened(OpenSession session) implements Outcome {}

        record BadCredentials() implements Outcome {}

        record TooManyAttempts(Duration retryAfter) implements Outcome {}
    }

    /// @throws picup.platform.BadValue when no account can have such a name or password
    public Outcome signIn(Attempt attempt) {
        var username = Username.of(attempt.username());
        var password = new Password(attempt.password());
        var wait = attempts.take(username, attempt.address());
        if (wait.isPresent()) {
            blocked.tell(username, attempt.address());
            return new Outcome.TooManyAttempts(wait.get());
        }
        var credentials = accounts.credentials(username).orElse(null);
        boolean known = hashing.matches(password, credentials == null ? null : credentials.passwordHash());
        if (credentials == null || !known) {
            return new Outcome.BadCredentials();
        }
        attempts.giveBack(username, attempt.address());
        return open(credentials, attempt.userAgent());
    }

    private Outcome open(Accounts.Credentials credentials, String userAgent) {
        var account = credentials.account();
        var token = RefreshToken.random();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID session = transaction.execute(_ -> accounts.stillHas(account.id(), credentials.passwordHash())
                ? sessions.start(account.id(), token, userAgent, now) : null);
        return session == null
                ? new Outcome.BadCredentials()
                : new Outcome.Opened(tokens.issue(session, account.id(), account.administrator(), token, now));
    }
}
