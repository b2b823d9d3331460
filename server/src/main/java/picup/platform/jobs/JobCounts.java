package picup.platform.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/// What became of the jobs that this process has run, since it started.
@Component
class JobCounts {
    /// @param failed    attempts, of which each but the last is followed by another
    /// @param postponed could not be tried, and lost nothing by it
    record Count(LongAdder done, LongAdder failed, LongAdder postponed, LongAdder gaveUp) {}

    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    Count of(JobKind<?> kind) {
        return counts.computeIfAbsent(kind.name(), _ -> new Count(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()));
    }
}
