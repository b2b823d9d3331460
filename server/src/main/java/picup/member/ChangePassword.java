package picup.member;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;
import picup.platform.security.SignedIn;

/// Gives a member another password and ends every session but the one that asks: whoever knew the old one is out. It takes
/// the old one, so that a device left open is no way to take the account, and guessing it is slowed down as in [SignIn],
/// out of the same buckets.
///
/// **Races.** A sign-in with the old password that is under way must not leave a session behind. It locks the account's
/// row before it opens one ([Accounts#stillHas]), as the change does: either its session is there to be ended, or
/// it finds the new password. Of two changes at once from the same old password one wins, the other hears that its
/// old one is wrong, which it is by then.
@Component
public class ChangePassword {
    private final Accounts accounts;
    private final Sessions sessions;
    private final EndedSessions endedSessions;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ChangePassword(Accounts accounts, Sessions sessions, EndedSessions endedSessions, PasswordHashing hashing,
            SignInAttempts attempts, MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.endedSessions = endedSessions;
        this.hashing = hashing;
        this.attempts = attempts;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param address of the network that asks
    public record Change(SignedIn signedIn, String currentPassword, String newPassword, String address) {
        @Override
        public String toString() {
            return "Change[" + signedIn.member() + " from " + address + "]";
        }
    }

    public sealed interface Outcome {
        record Changed() implements Outcome {}

        record WrongPassword() implements Outcome {}

        record TooManyAttempts(Duration retryAfter) implements Outcome {}

        /// While its access token lives on.
        record AccountGone() implements Outcome {}
    }

    /// @throws picup.platform.BadValue when the new password breaks a rule, or nobody can have the current one
    /// @throws picup.platform.ProblemException `COMMON_PASSWORD`
    public Outcome change(Change change) {
        var current = new Password(change.currentPassword());
        var credentials = accounts.credentials(change.signedIn().member()).orElse(null);
        if (credentials == null) {
            return new Outcome.AccountGone();
        }
        var username = Username.of(credentials.account().username());
        var chosen = Password.chosen(change.newPassword(), username);
        var wait = attempts.take(username, change.address());
        if (wait.isPresent()) {
            return new Outcome.TooManyAttempts(wait.get());
        }
        if (!hashing.matches(current, credentials.passwordHash())) {
            return new Outcome.WrongPassword();
        }
        attempts.giveBack(username, change.address());
        String hash = hashing.hash(chosen);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var ended = transaction.execute(_ -> change(change.signedIn(), credentials.passwordHash(), hash, now));
        if (ended == null) {
            return new Outcome.WrongPassword();
        }
        ended.forEach(endedSessions::add);
        return new Outcome.Changed();
    }

    private @Nullable List<UUID> change(SignedIn signedIn, String oldHash, String newHash, Instant now) {
        if (!accounts.changePassword(signedIn.member(), oldHash, newHash)) {
            return null;
        }
        audit.record(AuditAction.PASSWORD_CHANGED, signedIn.member());
        return sessions.endAllBut(signedIn.session(), signedIn.member(), now);
    }
}
