package picup.member;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Decides who may sign up. Asked twice: before any work, so that a stranger costs no hash and learns no name, and in the
/// transaction of the sign-up, where an invitation is used up or the whole sign-up did not happen.
@Component
public class Admission {
    private final Accounts accounts;
    private final Invitations invitations;
    private final SignUpSettings settings;

    Admission(Accounts accounts, Invitations invitations, SignUpSettings settings) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.settings = settings;
    }

    public enum Refusal {
        CLOSED, NO_INVITATION, INVITATION_NOT_GOOD
    }

    /// Empty when the sign-up may be tried.
    Optional<Refusal> refusal(@Nullable String invitation, Instant now) {
        boolean admitted = switch (settings.signUp()) {
            case OPEN -> true;
            case INVITATION -> invitation != null && invitations.isGood(new RandomSecret(invitation), now) || !accounts.areFounded();
            case CLOSED -> !accounts.areFounded();
        };
        return admitted ? Optional.empty() : Optional.of(reason(invitation));
    }

    /// Why somebody whom [#admit] turned away may not sign up.
    Refusal reason(@Nullable String invitation) {
        if (settings.signUp() == SignUpMode.CLOSED) {
            return Refusal.CLOSED;
        }
        return invitation == null ? Refusal.NO_INVITATION : Refusal.INVITATION_NOT_GOOD;
    }

    /// For everybody but the first, within the transaction. Where the sign-up is open an invitation is not needed, but used up
    /// when there is one, so that the list tells who came.
    boolean admit(MemberId newcomer, @Nullable String invitation, Instant now) {
        boolean redeemed = invitation != null && settings.signUp() != SignUpMode.CLOSED
                && invitations.redeem(new RandomSecret(invitation), newcomer, now);
        return redeemed || settings.signUp() == SignUpMode.OPEN;
    }
}
