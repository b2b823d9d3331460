package picup.platform.jobs;

import java.time.Duration;

/// The job could not be tried at all, through no fault of its own: nothing to try it with, or the process is stopping.
/// It waits, and loses no attempt.
public class NotNow extends Exception {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private final Duration wait;

    public NotNow(String message, Throwable cause) {
        super(message, cause);
        wait = USUAL_WAIT;
    }

    /// @param wait until it may be tried again
    public NotNow(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /// The same wait for a reason that does not say how long.
    static Duration waitAfter(Throwable reason) {
        return reason instanceof NotNow notNow ? notNow.wait : USUAL_WAIT;
    }
}
