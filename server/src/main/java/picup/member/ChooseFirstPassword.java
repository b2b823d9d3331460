package picup.member;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Gives a member who came by an account elsewhere a password as well. It is a new way in, so it takes [RecentProof]. Sessions
/// go on: nobody knew an old one.
@Component
public class ChooseFirstPassword {
    private final RecentProof proof;
    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;

    ChooseFirstPassword(RecentProof proof, Accounts accounts, PasswordHashing hashing, MemberAudit audit, TransactionTemplate transaction) {
        this.proof = proof;
        this.accounts = accounts;
        this.hashing = hashing;
        this.audit = audit;
        this.transaction = transaction;
    }

    public sealed interface Outcome {
        record Chosen() implements Outcome {}

        /// It is to be changed, then, and that takes the current one.
        record HasOne() implements Outcome {}
    }

    /// Of two first passwords at once one wins, and the other finds that there is one.
    ///
    /// @throws picup.platform.BadValue when the password breaks a rule
    /// @throws picup.platform.ProblemException `PROOF_NEEDED`, `COMMON_PASSWORD`, or `SESSION_ENDED` when the account has gone
    public Outcome choose(SignedIn signedIn, String typed) {
        var credentials = accounts.credentials(signedIn.member()).orElseThrow(ProvePassword::accountGone);
        if (credentials.passwordHash() != null) {
            return new Outcome.HasOne();
        }
        proof.require(signedIn);
        String hash = hashing.hash(Password.chosen(typed, Username.of(credentials.account().username())));
        return transaction.execute(_ -> {
            if (!accounts.addPassword(signedIn.member(), hash)) {
                return new Outcome.HasOne();
            }
            audit.record(AuditAction.PASSWORD_CHOSEN, signedIn.member());
            return new Outcome.Chosen();
        });
    }
}
