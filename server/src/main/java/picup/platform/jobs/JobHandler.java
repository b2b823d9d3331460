package picup.platform.jobs;

/// Does the work of one kind of job. May be called again for the same job after a crash, so it must be idempotent.
public interface JobHandler<T> {
    JobKind<T> kind();

    /// @throws Exception when the attempt failed; the job is tried again later
    void run(T job) throws Exception;

    /// The last attempt has failed; the job is a dead letter now. Called once, before the letter is written.
    default void gaveUp(T job, Throwable reason) {}
}
