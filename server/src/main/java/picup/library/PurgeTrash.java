package picup.library;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.StorageLanes;

/// Once an hour, deletes for good what has lain in the trash for long enough.
@Component
@InRole(Role.WORKER)
class PurgeTrash implements JobHandler<PurgeTrash.Purge> {
    record Purge() {}

    static final JobKind<Purge> KIND = new JobKind<>(StorageLanes.SHORT, "purge-trash", Purge.class, 5, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 1000;

    private final Trash trash;
    private final Jobs jobs;
    private final InstantSource clock;

    PurgeTrash(Trash trash, Jobs jobs, InstantSource clock) {
        this.trash = trash;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Purge> kind() {
        return KIND;
    }

    /// Puts the next purge on the calendar, at start-up and after each one.
    void scheduleNext() {
        var next = clock.instant().plus(EVERY);
        jobs.addOnce(KIND, "at-" + next.getEpochSecond() / EVERY.toSeconds(), new Purge(), Priority.BULK, next);
    }

    @Override
    public void run(Purge purge) {
        scheduleNext();
        for (var expired = trash.expired(BATCH); !expired.isEmpty(); expired = trash.expired(BATCH)) {
            expired.stream()
                    .collect(groupingBy(Trash.Expired::owner, mapping(Trash.Expired::picture, toList())))
                    .forEach(trash::deleteExpired);
        }
    }
}
