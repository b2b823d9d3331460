package picup.platform.jobs;

/// The job could not be tried at all, through no fault of its own: nothing to try it with, or the process is stopping.
/// It waits, and loses no attempt.
public class NotNow extends Exception {
    public NotNow(String message) {
        super(message);
    }

    public NotNow(String message, Throwable cause) {
        super(message, cause);
    }
}
