package picup.platform.jobs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a lane is doing.
///
/// @param waiting       jobs that could begin now, failed ones that are due again included
/// @param running       jobs that somebody works on
/// @param scheduled     jobs for later that have not failed
/// @param oldestSeconds how long the oldest of those that wait has been due; null when none waits
/// @param failing       how many have failed and will be tried again
/// @param nextTries     of those the ones that come next
public record LaneState(String lane, long waiting, long running, long scheduled, @Nullable Long oldestSeconds, long failing, List<Failing> nextTries) {
    /// @param attempts how often it has failed so far
    public record Failing(String kind, int attempts, Instant nextTryAt) {}
}
