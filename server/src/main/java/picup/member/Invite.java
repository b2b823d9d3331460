package picup.member;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.BadValue;
import picup.platform.Ids;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Makes an invitation for one person. Its secret is told once; the link carries it behind the `#`, which browsers keep
/// to themselves, so that no log of a server or proxy has it.
@Component
public class Invite {
    public static final int DEFAULT_DAYS = 7;
    private static final int MAX_DAYS = 90;
    private static final int MAX_NOTE_CHARS = 200;
    private static final int MAX_INVITATIONS = 1_000;
    private static final Duration SHOWN_AFTERWARDS = Duration.ofDays(30);

    private final Accounts accounts;
    private final Invitations invitations;
    private final SignUpSettings settings;
    private final MemberAudit audit;
    private final InstantSource clock;

    Invite(Accounts accounts, Invitations invitations, SignUpSettings settings, MemberAudit audit, InstantSource clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    public record Invited(Invitation invitation, String secret) {
        @Override
        public String toString() {
            return "Invited[" + invitation.id() + "]";
        }
    }

    /// @param note for whom it is, may be empty
    /// @param days how long it is good
    /// @throws picup.platform.ProblemException `SIGN_UP_CLOSED`, or `CONFLICT` when there are too many
    /// @throws picup.platform.BadValue when a value is out of its bounds
    @Transactional
    public Invited invite(SignedIn administrator, String note, int days) {
        if (settings.signUp() == SignUpMode.CLOSED) {
            throw Problem.SIGN_UP_CLOSED.because("Nobody could use an invitation. Set PICUP_SIGN_UP to \"invitation\" and restart first.");
        }
        if (days < 1 || days > MAX_DAYS) {
            throw new BadValue("The invitation must be good for 1 to " + MAX_DAYS + " days, but is to be for " + days + ".");
        }
        if (note.length() > MAX_NOTE_CHARS || note.chars().anyMatch(Character::isISOControl)) {
            throw new BadValue("The note must be one line of at most " + MAX_NOTE_CHARS + " characters.");
        }
        var inviter = accounts.find(administrator.member())
                .orElseThrow(() -> Problem.SESSION_ENDED.because("The account of this session does not exist any more."));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        invitations.clearBefore(now.minus(SHOWN_AFTERWARDS));
        if (invitations.count() >= MAX_INVITATIONS) {
            throw Problem.CONFLICT.because("There are " + MAX_INVITATIONS + " invitations already. Withdraw some that nobody has used.");
        }
        var secret = RandomSecret.random("");
        var invitation = new Invitation(Ids.next(), note.strip(), inviter.username(), now, now.plus(Duration.ofDays(days)), null, null);
        invitations.add(invitation.id(), secret, invitation.note(), administrator.member(), now, invitation.expiresAt());
        audit.record(AuditAction.INVITATION_MADE, administrator.member(), null);
        return new Invited(invitation, secret.text());
    }
}
