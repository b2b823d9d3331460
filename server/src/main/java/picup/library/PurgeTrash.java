package picup.library;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;
import picup.storage.StorageLanes;

/// Once an hour, deletes for good what has lain in the trash for long enough.
@Component
@InRole(Role.WORKER)
class PurgeTrash implements RecurringJob<PurgeTrash.Purge> {
    record Purge() {}

    static final JobKind<Purge> KIND = new JobKind<>(StorageLanes.SHORT, "purge-trash", Purge.class, 5, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(PurgeTrash.class);

    private final Trash trash;

    PurgeTrash(Trash trash) {
        this.trash = trash;
    }

    @Override
    public JobKind<Purge> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Purge job() {
        return new Purge();
    }

    @Override
    public void run(Purge purge) {
        var decided = new HashMap<MemberId, Boolean>();
        var waiting = new HashSet<MemberId>();
        for (var expired = trash.expired(BATCH, waiting); !expired.isEmpty(); expired = trash.expired(BATCH, waiting)) {
            expired.stream()
                    .collect(groupingBy(Trash.Expired::owner, mapping(Trash.Expired::picture, toList())))
                    .forEach((owner, pictures) -> {
                        if (decided.computeIfAbsent(owner, trash::mayPurge)) {
                            trash.deleteExpired(owner, pictures);
                        } else if (waiting.add(owner)) {
                            LOG.warn("What {} has thrown away is more than may be deleted for good in a day, and waits for a confirmation", owner);
                        }
                    });
        }
    }
}
