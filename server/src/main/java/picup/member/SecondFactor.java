package picup.member;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;

/// The second question after a password. Asked by [SignIn] alone: a passkey is two factors by itself, and another provider
/// asks its own, so those ways in open their session without coming here.
///
/// Within the caller's transaction: the row is locked, so that of two who come with one code at once one gets in, and a
/// code counts as used only when the session is there.
@Component
class SecondFactor {
    private static final int MAX_CODE_CHARS = 64;

    private final SecondFactors factors;
    private final SignInAttempts attempts;
    private final MemberAudit audit;

    SecondFactor(SecondFactors factors, SignInAttempts attempts, MemberAudit audit) {
        this.factors = factors;
        this.attempts = attempts;
        this.audit = audit;
    }

    sealed interface Verdict {
        /// The code was right, or none is needed.
        record Passed() implements Verdict {}

        record Needed() implements Verdict {}

        record Wrong() implements Verdict {}

        record TooManyCodes(Duration retryAfter) implements Verdict {}
    }

    /// @param code of the app, or for recovery
    Verdict check(MemberId member, Username username, @Nullable String code, Instant now) {
        var factor = factors.lock(member).orElse(null);
        if (factor == null) {
            return new Verdict.Passed();
        }
        if (code == null || code.isBlank()) {
            return new Verdict.Needed();
        }
        if (!Totp.isCode(code)) {
            boolean known = code.length() <= MAX_CODE_CHARS && factors.useUp(member, RecoveryCode.typed(code));
            if (known) {
                audit.record(AuditAction.RECOVERY_CODE_USED, member);
            }
            return known ? new Verdict.Passed() : new Verdict.Wrong();
        }
        var wait = attempts.takeCode(username);
        if (wait.isPresent()) {
            return new Verdict.TooManyCodes(wait.get());
        }
        var step = factor.totp().accept(code, now, factor.lastStep());
        if (step.isEmpty()) {
            return new Verdict.Wrong();
        }
        attempts.giveCodeBack(username);
        factors.accepted(member, step.getAsLong());
        return new Verdict.Passed();
    }
}
