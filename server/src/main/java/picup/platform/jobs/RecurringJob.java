package picup.platform.jobs;

import java.time.Duration;

/// A job that comes again and again. [JobRunner] puts the next one on the calendar when it starts and before each run, so that a run that fails
/// or is cut off is never the last.
public interface RecurringJob<T> extends JobHandler<T> {
    /// From one to the next. While one takes longer, the next waits.
    Duration every();

    /// What is to be done then: the same each time.
    T job();
}
