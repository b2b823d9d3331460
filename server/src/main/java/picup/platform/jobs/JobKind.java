package picup.platform.jobs;

import java.time.Duration;

/// A kind of job. Each has exactly one [JobHandler], or start-up stops.
///
/// @param lane      where its jobs wait
/// @param name      stable: it is stored with every waiting job
/// @param payload   a record; stored as JSON, so it grows only by optional fields
/// @param attempts  how often a job is tried before it becomes a dead letter
/// @param backoff   wait after the first failure; doubles with each further one, up to an hour
/// @param essential false for what nobody loses anything by: a few attempts, and then it is given up. Its dead letter says so
public record JobKind<T>(Lane lane, String name, Class<T> payload, int attempts, Duration backoff, boolean essential) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /// An essential one.
    public JobKind(Lane lane, String name, Class<T> payload, int attempts, Duration backoff) {
        this(lane, name, payload, attempts, backoff, true);
    }

    Duration waitAfter(int failures) {
        int doublings = Math.min(failures - 1, 20);
        var wait = backoff.multipliedBy(1L << Math.max(0, doublings));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
