package picup.platform.jobs;

/// Carries a checked exception through the scheduler.
final class JobFailed extends RuntimeException {
    JobFailed(Exception cause) {
        super(cause);
    }

    static Throwable unwrap(Throwable thrown) {
        return thrown instanceof JobFailed ? thrown.getCause() : thrown;
    }
}
