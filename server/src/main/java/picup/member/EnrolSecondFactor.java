package picup.member;

import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Ties an authenticator app to the account, or another one in place of the first: [#begin] tells the app's secret, and
/// [#confirm] puts it in force once the app has shown that it has it. Until then everything is as before, so nobody is locked
/// out by a picture that was never scanned.
@Component
public class EnrolSecondFactor {
    private final ProvePassword password;
    private final Accounts accounts;
    private final SecondFactors factors;
    private final SignInAttempts attempts;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    EnrolSecondFactor(ProvePassword password, Accounts accounts, SecondFactors factors, SignInAttempts attempts,
            MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.password = password;
        this.accounts = accounts;
        this.factors = factors;
        this.attempts = attempts;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param secret in base 32, to be typed where there is no camera
    /// @param uri    the same for a camera: `otpauth://…`
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    /// @throws picup.platform.ProblemException as [ProvePassword#prove]
    public Enrolment begin(SignedIn signedIn, String typedPassword, String address) {
        var account = password.prove(signedIn, typedPassword, address).account();
        var totp = Totp.random();
        factors.begin(account.id(), totp);
        return new Enrolment(totp.base32(), totp.uri(account.username()));
    }

    /// @return the recovery codes, told this once; earlier ones are void
    /// @throws picup.platform.ProblemException `WRONG_CODE`, `TOO_MANY_ATTEMPTS`, or `CONFLICT` when nothing was begun
    public List<String> confirm(SignedIn signedIn, String code) {
        var username = accounts.find(signedIn.member()).map(account -> Username.of(account.username()))
                .orElseThrow(ProvePassword::accountGone);
        attempts.takeCode(username).ifPresent(wait -> {
            throw ProvePassword.tooManyAttempts(wait);
        });
        var codes = RecoveryCode.some();
        transaction.executeWithoutResult(_ -> {
            var pending = factors.lockPending(signedIn.member())
                    .orElseThrow(() -> Problem.CONFLICT.because("No second factor waits for its first code. Begin again."));
            long step = pending.totp().accept(code, clock.instant(), 0)
                    .orElseThrow(() -> Problem.WRONG_CODE.because("Type the code that the app shows now; if it is refused again, set the clock of the device."));
            factors.confirm(signedIn.member(), step);
            factors.replaceRecoveryCodes(signedIn.member(), codes);
            audit.record(AuditAction.SECOND_FACTOR_ADDED, signedIn.member());
        });
        attempts.giveCodeBack(username);
        return codes.stream().map(RecoveryCode::shown).toList();
    }
}
