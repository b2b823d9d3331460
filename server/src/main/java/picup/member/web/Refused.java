package picup.member.web;

import java.time.Duration;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Refusals that more than one controller gives.
final class Refused {
    private Refused() {}

    static ProblemException accountGone() {
        return Problem.SESSION_ENDED.because("The account of this session does not exist any more.");
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
