package picup.member;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.MemberSignedUp;
import picup.events.Outbox;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;

/// Makes an account and signs it in. The account, the news of it and the session are one transaction, so that nobody
/// has an account without a space, or has to guess after an error whether the name is theirs.
///
/// [Admission] comes before every look at names: who may not sign up learns nothing of who has.
@Component
public class SignUp {
    private final Admission admission;
    private final Accounts accounts;
    private final Emails emails;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final PasswordHashing hashing;
    private final Outbox outbox;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SignUp(Admission admission, Accounts accounts, Emails emails, Sessions sessions, TokenIssuer tokens, PasswordHashing hashing,
            Outbox outbox, MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.admission = admission;
        this.accounts = accounts;
        this.emails = emails;
        this.sessions = sessions;
        this.tokens = tokens;
        this.hashing = hashing;
        this.outbox = outbox;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param displayName the user name, when absent
    /// @param invitation  the secret of one; null when there is none, or none is needed
    /// @param email       where mail reaches them, if they want any
    /// @param userAgent   what the device calls itself
    public record Newcomer(String username, String password, @Nullable String displayName, @Nullable String invitation,
            @Nullable String email, String userAgent) {
        @Override
        public String toString() {
            return "Newcomer[" + username + "]";
        }
    }

    /// Somebody whom an OpenID provider vouches for. They have no password until they choose one.
    ///
    /// @param preferredUsername what they are called there; made one that nobody has
    /// @param displayName       the user name, when absent
    public record Introduced(@Nullable String preferredUsername, @Nullable String displayName, @Nullable String invitation, String userAgent) {}

    public sealed interface Outcome {
        record Welcome(Account account, OpenSession session) implements Outcome {}

        record UsernameTaken() implements Outcome {}

        record NotAdmitted(Admission.Refusal reason) implements Outcome {}
    }

    private sealed interface Step {
        record Joined(UUID session, boolean administrator) implements Step {}

        record NameGone() implements Step {}

        record InvitationGone() implements Step {}

        record LinkGone() implements Step {}
    }

    /// @param passwordHash null when there is no password
    /// @param link         gives the account another way in, within the transaction; false undoes all
    private record Application(Username username, DisplayName displayName, @Nullable String passwordHash, @Nullable String invitation,
            @Nullable EmailAddress email, String userAgent, Predicate<MemberId> link) {}

    /// @throws picup.platform.BadValue when a name or the password breaks a rule
    /// @throws picup.platform.ProblemException `COMMON_PASSWORD`
    public Outcome signUp(Newcomer newcomer) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var refusal = admission.refusal(newcomer.invitation(), now);
        if (refusal.isPresent()) {
            return new Outcome.NotAdmitted(refusal.get());
        }
        var username = Username.of(newcomer.username());
        var displayName = DisplayName.of(newcomer.displayName() == null ? username.shown() : newcomer.displayName());
        var password = Password.chosen(newcomer.password(), username);
        var email = newcomer.email() == null ? null : EmailAddress.of(newcomer.email());
        // only saves the hash; who passes here together meets again in the unique index
        if (accounts.isTaken(username)) {
            return new Outcome.UsernameTaken();
        }
        return apply(new Application(username, displayName, hashing.hash(password), newcomer.invitation(), email,
                newcomer.userAgent(), _ -> true), now);
    }

    /// @param link gives the account its way in, within the transaction; false when somebody else has that, and nobody has signed up
    /// @return `UsernameTaken` also when `link` was false
    public Outcome signUp(Introduced newcomer, Predicate<MemberId> link) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var refusal = admission.refusal(newcomer.invitation(), now);
        if (refusal.isPresent()) {
            return new Outcome.NotAdmitted(refusal.get());
        }
        Outcome outcome = new Outcome.UsernameTaken();
        var names = SuggestedNames.of(newcomer.preferredUsername(), newcomer.displayName()).iterator();
        while (outcome instanceof Outcome.UsernameTaken && names.hasNext()) {
            var username = names.next();
            if (!accounts.isTaken(username)) {
                var displayName = DisplayName.orElse(newcomer.displayName(), username.shown());
                outcome = apply(new Application(username, displayName, null, newcomer.invitation(), null, newcomer.userAgent(), link), now);
            }
        }
        return outcome;
    }

    private Outcome apply(Application application, Instant now) {
        var id = MemberId.random();
        var token = RefreshToken.random();
        var step = transaction.execute(status -> {
            var taken = join(id, application, token, now);
            if (!(taken instanceof Step.Joined)) {
                status.setRollbackOnly();
            }
            return taken;
        });
        return switch (step) {
            case Step.Joined(var session, var administrator) ->
                new Outcome.Welcome(new Account(id, application.username().shown(), application.displayName().value(), administrator),
                        tokens.issue(session, id, administrator, now, token, now));
            case Step.NameGone(), Step.LinkGone() -> new Outcome.UsernameTaken();
            case Step.InvitationGone() -> new Outcome.NotAdmitted(admission.reason(application.invitation()));
        };
    }

    /// The invitation comes last: every sign-up takes the name, the founder's place and the invitation in this order, so
    /// that none waits for another in a circle.
    private Step join(MemberId id, Application application, RefreshToken token, Instant now) {
        var username = application.username();
        var displayName = application.displayName();
        if (!accounts.add(id, username, displayName, application.passwordHash(), now)) {
            return new Step.NameGone();
        }
        boolean administrator = accounts.foundedBy(id);
        if (!administrator && !admission.admit(id, application.invitation(), now)) {
            return new Step.InvitationGone();
        }
        if (!application.link().test(id)) {
            return new Step.LinkGone();
        }
        if (application.email() != null) {
            emails.welcome(id, application.email());
        }
        audit.record(AuditAction.SIGNED_UP, id);
        outbox.publish(new MemberSignedUp(Ids.next(), id, Accounts.FIRST_CHANGE, username.shown(), displayName.value(), now));
        return new Step.Joined(sessions.start(id, token, application.userAgent(), now), administrator);
    }
}
