package picup.member;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.MemberSignedUp;
import picup.events.Outbox;
import picup.platform.Ids;
import picup.platform.MemberId;

/// Makes an account and signs it in. The account, the news of it and the session are one transaction, so that nobody
/// has an account without a space, or has to guess after an error whether the name is theirs.
@Component
public class SignUp {
    private final Accounts accounts;
    private final Emails emails;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final PasswordHashing hashing;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SignUp(Accounts accounts, Emails emails, Sessions sessions, TokenIssuer tokens, PasswordHashing hashing, Outbox outbox,
            TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.emails = emails;
        this.sessions = sessions;
        this.tokens = tokens;
        this.hashing = hashing;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param displayName the user name, when absent
    /// @param email       where mail reaches them, if they want any
    /// @param userAgent   what the device calls itself
    public record Newcomer(String username, String password, @Nullable String displayName, @Nullable String email, String userAgent) {
        @Override
        public String toString() {
            return "Newcomer[" + username + "]";
        }
    }

    public sealed interface Outcome {
        record Welcome(Account account, OpenSession session) implements Outcome {}

        record UsernameTaken() implements Outcome {}
    }

    private record Joined(UUID session, boolean administrator) {}

    /// @throws IllegalArgumentException when a name or the password breaks a rule
    public Outcome signUp(Newcomer newcomer) {
        var username = Username.of(newcomer.username());
        var displayName = DisplayName.of(newcomer.displayName() == null ? username.shown() : newcomer.displayName());
        var password = Password.chosen(newcomer.password());
        var email = Optional.ofNullable(newcomer.email()).map(EmailAddress::of);
        // only saves the hash; who passes here together meets again in the unique index
        if (accounts.isTaken(username)) {
            return new Outcome.UsernameTaken();
        }
        String hash = hashing.hash(password);
        var id = MemberId.random();
        var token = RefreshToken.random();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var joined = transaction.execute(_ -> join(id, username, displayName, hash, token, email, newcomer.userAgent(), now));
        if (joined == null) {
            return new Outcome.UsernameTaken();
        }
        var account = new Account(id, username.shown(), displayName.value(), joined.administrator());
        return new Outcome.Welcome(account, tokens.issue(joined.session(), id, joined.administrator(), token, now));
    }

    private @Nullable Joined join(MemberId id, Username username, DisplayName displayName, String hash, RefreshToken token,
            Optional<EmailAddress> email, String userAgent, Instant now) {
        if (!accounts.add(id, username, displayName, hash, now)) {
            return null;
        }
        boolean administrator = accounts.foundedBy(id);
        email.ifPresent(address -> emails.welcome(id, address));
        outbox.publish(new MemberSignedUp(Ids.next(), id, Accounts.FIRST_CHANGE, username.shown(), displayName.value(), now));
        return new Joined(sessions.start(id, token, userAgent, now), administrator);
    }
}
