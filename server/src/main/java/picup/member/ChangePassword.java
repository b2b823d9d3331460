package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;
import picup.platform.security.SignedIn;

/// Gives a member another password and ends every session but the one that asks: whoever knew the old one is out. It takes
/// the old one, so that a device left open is no way to take the account. [ChooseFirstPassword] is for who has none.
///
/// **Races.** A sign-in with the old password that is under way must not leave a session behind. It locks the account's
/// row before it opens one ([Accounts#stillHas]), as the change does: either its session is there to be ended, or
/// it finds the new password. Of two changes at once from the same old password one wins, the other hears that its
/// old one is wrong, which it is by then.
@Component
public class ChangePassword {
    private final ProvePassword password;
    private final Accounts accounts;
    private final Sessions sessions;
    private final EndedSessions endedSessions;
    private final PasswordHashing hashing;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ChangePassword(ProvePassword password, Accounts accounts, Sessions sessions, EndedSessions endedSessions, PasswordHashing hashing,
            MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.password = password;
        this.accounts = accounts;
        this.sessions = sessions;
        this.endedSessions = endedSessions;
        this.hashing = hashing;
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

    /// @throws picup.platform.BadValue when the new password breaks a rule, or nobody can have the current one
    /// @throws picup.platform.ProblemException `COMMON_PASSWORD`, or as [ProvePassword#prove]
    public void change(Change change) {
        var signedIn = change.signedIn();
        var proved = password.prove(signedIn, change.currentPassword(), change.address());
        var chosen = Password.chosen(change.newPassword(), Username.of(proved.account().username()));
        String hash = hashing.hash(chosen);
        List<UUID> ended = transaction.execute(_ -> change(signedIn, proved.passwordHash(), hash));
        ended.forEach(endedSessions::add);
    }

    private List<UUID> change(SignedIn signedIn, String oldHash, String newHash) {
        if (!accounts.changePassword(signedIn.member(), oldHash, newHash)) {
            throw ProvePassword.wrongPassword();
        }
        audit.record(AuditAction.PASSWORD_CHANGED, signedIn.member());
        return sessions.endAllBut(signedIn.session(), signedIn.member(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
