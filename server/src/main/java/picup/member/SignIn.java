package picup.member;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Opens a session for who knows the password. A name that nobody has costs the same query and the same hash as one
/// that somebody has, so neither the answer nor its time tells which names exist; and the [SecondFactor] is asked for after
/// the password only, so who does not know that one never learns whether there is another. [ChangePassword] says why the password
/// is looked at once more when the session opens.
@Component
public class SignIn {
    private final Accounts accounts;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final BlockedSignIns blocked;
    private final SecondFactor secondFactor;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SignIn(Accounts accounts, Sessions sessions, TokenIssuer tokens, PasswordHashing hashing, SignInAttempts attempts,
            BlockedSignIns blocked, SecondFactor secondFactor, TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.hashing = hashing;
        this.attempts = attempts;
        this.blocked = blocked;
        this.secondFactor = secondFactor;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param code      of the second factor, where there is one; null at first
    /// @param address   of the network that asks
    /// @param userAgent what the device calls itself
    public record Attempt(String username, String password, @Nullable String code, String address, String userAgent) {
        @Override
        public String toString() {
            return "Attempt[" + username + " from " + address + "]";
        }
    }

    public sealed interface Outcome {
        record Opened(OpenSession session) implements Outcome {}

        record BadCredentials() implements Outcome {}

        record TooManyAttempts(Duration retryAfter) implements Outcome {}

        /// The password was right.
        record SecondFactorNeeded() implements Outcome {}

        /// The password was right, the code was not.
        record WrongCode() implements Outcome {}

        /// Codes of the app are not taken for that long, recovery codes are.
        record TooManyCodes(Duration retryAfter) implements Outcome {}
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
        var outcome = open(credentials, username, attempt);
        if (!(outcome instanceof Outcome.WrongCode)) {
            attempts.giveBack(username, attempt.address());
        }
        return outcome;
    }

    private sealed interface Step {
        record Opened(UUID session) implements Step {}

        record Refused(Outcome outcome) implements Step {}
    }

    private Outcome open(Accounts.Credentials credentials, Username username, Attempt attempt) {
        var account = credentials.account();
        var token = RefreshToken.random();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (transaction.execute(_ -> step(credentials, username, attempt, token, now))) {
            case Step.Opened(var session) -> new Outcome.Opened(tokens.issue(session, account.id(), account.administrator(), now, token, now));
            case Step.Refused(var outcome) -> outcome;
        };
    }

    private Step step(Accounts.Credentials credentials, Username username, Attempt attempt, RefreshToken token, Instant now) {
        var member = credentials.account().id();
        if (!accounts.stillHas(member, credentials.passwordHash())) {
            return new Step.Refused(new Outcome.BadCredentials());
        }
        return switch (secondFactor.check(member, username, attempt.code(), now)) {
            case SecondFactor.Verdict.Passed() -> new Step.Opened(sessions.start(member, token, attempt.userAgent(), now));
            case SecondFactor.Verdict.Needed() -> new Step.Refused(new Outcome.SecondFactorNeeded());
            case SecondFactor.Verdict.Wrong() -> new Step.Refused(new Outcome.WrongCode());
            case SecondFactor.Verdict.TooManyCodes(var retryAfter) -> new Step.Refused(new Outcome.TooManyCodes(retryAfter));
        };
    }
}
