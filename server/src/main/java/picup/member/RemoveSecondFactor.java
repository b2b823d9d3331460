package picup.member;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Goes back to the password alone. The recovery codes go with it.
@Component
public class RemoveSecondFactor {
    private final ProvePassword password;
    private final SecondFactors factors;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;

    RemoveSecondFactor(ProvePassword password, SecondFactors factors, MemberAudit audit, TransactionTemplate transaction) {
        this.password = password;
        this.factors = factors;
        this.audit = audit;
        this.transaction = transaction;
    }

    /// @throws picup.platform.ProblemException as [ProvePassword#prove], or `NOT_FOUND` when there is none
    public void remove(SignedIn signedIn, String typedPassword, String address) {
        var account = password.prove(signedIn, typedPassword, address).account();
        transaction.executeWithoutResult(_ -> {
            if (!factors.remove(account.id())) {
                throw Problem.NOT_FOUND.because("There is no second factor to remove.");
            }
            audit.record(AuditAction.SECOND_FACTOR_REMOVED, account.id());
        });
    }
}
