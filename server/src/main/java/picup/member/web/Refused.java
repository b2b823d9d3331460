package picup.member.web;

import java.time.Duration;
import picup.member.WaysIn;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Refusals that more than one controller gives.
final class Refused {
    private Refused() {}

    static ProblemException accountGone() {
        return Problem.SESSION_ENDED.because("The account of this session does not exist any more.");
    }

    /// Ends quietly when the way in has gone.
    static void unlessRemoved(WaysIn.Removal removal) {
        switch (removal) {
            case WaysIn.Removal.Removed() -> {}
            case WaysIn.Removal.WasTheLast() -> throw Problem.LAST_WAY_IN.because("Add another passkey, an account or a password first.");
            case WaysIn.Removal.NotThere() -> throw Problem.NOT_FOUND.because("You have no such way in, or not any more.");
        }
    }

    static ProblemException tooManyAttempts(Duration retryAfter) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return Problem.TOO_MANY_ATTEMPTS.because("Wait " + seconds + " seconds before the next attempt.")
                .with("retryAfterSeconds", seconds);
    }

    static ProblemException tooManyCodes(Duration retryAfter) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return Problem.TOO_MANY_ATTEMPTS.because("Wait " + seconds + " seconds before the next code, or use a recovery code.")
                .with("retryAfterSeconds", seconds);
    }
}
