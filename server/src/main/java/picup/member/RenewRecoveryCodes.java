package picup.member;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Makes new recovery codes, when the old ones are used up or may be in somebody else's hands.
@Component
public class RenewRecoveryCodes {
    private final ProvePassword password;
    private final SecondFactors factors;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;

    RenewRecoveryCodes(ProvePassword password, SecondFactors factors, MemberAudit audit, TransactionTemplate transaction) {
        this.audit = audit;
        this.password = password;
        this.factors = factors;
        this.transaction = transaction;
    }

    /// @return told this once; earlier ones are void
    /// @throws picup.platform.ProblemException as [ProvePassword#prove], or `CONFLICT` when there is no second factor
    public List<String> renew(SignedIn signedIn, String typedPassword, String address) {
        var account = password.prove(signedIn, typedPassword, address).account();
        var codes = RecoveryCode.some();
        transaction.executeWithoutResult(_ -> {
            if (factors.lock(account.id()).isEmpty()) {
                throw Problem.CONFLICT.because("There is no second factor that could need recovery. Set one up first.");
            }
            factors.replaceRecoveryCodes(account.id(), codes);
            audit.record(AuditAction.RECOVERY_CODES_RENEWED, account.id());
        });
        return codes.stream().map(RecoveryCode::shown).toList();
    }
}
