package picup.member.oidc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.Admission;
import picup.member.BeginSession;
import picup.member.SignUp;
import picup.platform.Problem;

/// Lets in whom a provider vouches for: as the member who has linked the account, or as a newcomer.
@Component
class Entering {
    private final LinkedAccounts accounts;
    private final BeginSession beginSession;
    private final SignUp signUp;
    private final TransactionTemplate transaction;

    Entering(LinkedAccounts accounts, BeginSession beginSession, SignUp signUp, TransactionTemplate transaction) {
        this.accounts = accounts;
        this.beginSession = beginSession;
        this.signUp = signUp;
        this.transaction = transaction;
    }

    ReturnFromProvider.Outcome enter(Journey journey, Identity identity, ProviderSettings settings, String userAgent, Instant now) {
        var known = asMember(journey, identity, userAgent, now);
        if (known != null) {
            return known;
        }
        if (!settings.signUp()) {
            return failed(Problem.ACCOUNT_UNKNOWN);
        }
        var newcomer = new SignUp.Introduced(identity.preferredUsername(), identity.name(), journey.invitation(), userAgent);
        return switch (signUp.signUp(newcomer, id -> accounts.add(id, identity, now))) {
            case SignUp.Outcome.Welcome(_, var session) -> new ReturnFromProvider.Outcome.Opened(session, journey.to());
            case SignUp.Outcome.NotAdmitted(var reason) -> failed(problem(reason));
            // the same person in two windows: the other one was first, and has made the account
            case SignUp.Outcome.UsernameTaken() -> {
                var again = asMember(journey, identity, userAgent, now);
                yield again == null ? failed(Problem.USERNAME_TAKEN) : again;
            }
        };
    }

    private ReturnFromProvider.@Nullable Outcome asMember(Journey journey, Identity identity, String userAgent, Instant now) {
        return transaction.execute(_ -> accounts.used(identity, now)
                .flatMap(member -> beginSession.begin(member, userAgent))
                .<ReturnFromProvider.Outcome>map(session -> new ReturnFromProvider.Outcome.Opened(session, journey.to()))
                .orElse(null));
    }

    private static Problem problem(Admission.Refusal reason) {
        return switch (reason) {
            case CLOSED -> Problem.SIGN_UP_CLOSED;
            case NO_INVITATION -> Problem.INVITATION_NEEDED;
            case INVITATION_NOT_GOOD -> Problem.INVITATION_OVER;
        };
    }

    private static ReturnFromProvider.Outcome failed(Problem problem) {
        return new ReturnFromProvider.Outcome.Failed(problem, false);
    }
}
