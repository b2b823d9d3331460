package picup.library.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.media.EditedRenditions;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Priority;
import picup.platform.jobs.RecurringJob;
import picup.storage.StorageLanes;

/// Removes files of edits that no picture shows, and has those made that are wanted and for which no job is left: after a recovery from labels there are
/// rows and no jobs.
@Component
@InRole(Role.WORKER)
class SweepEdits implements RecurringJob<SweepEdits.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-edits", Sweep.class, 3, Duration.ofMinutes(1));

    /// Longer than any decoder may take.
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofHours(1);

    /// In one run; the rest waits an hour.
    private static final int MOST_WAITING = 1000;

    private final EditedRenditions renditions;
    private final Edits edits;
    private final RequestEdit request;
    private final InstantSource clock;

    SweepEdits(EditedRenditions renditions, Edits edits, RequestEdit request, InstantSource clock) {
        this.renditions = renditions;
        this.edits = edits;
        this.request = request;
        this.clock = clock;
    }

    @Override
    public JobKind<Sweep> kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Sweep job() {
        return new Sweep();
    }

    @Override
    public void run(Sweep sweep) throws IOException {
        edits.processing(MOST_WAITING).forEach(each -> request.run(each.owner(), each.picture(), each.number(), Priority.BULK));
        renditions.forEach(clock.instant().minus(GRACE), this::tidy);
    }

    private void tidy(MemberId owner, List<UUID> pictures) {
        var wanted = edits.wanted(owner, pictures);
        try {
            for (var picture : pictures) {
                var number = wanted.get(picture);
                if (number == null) {
                    renditions.remove(owner, picture);
                } else {
                    renditions.removeBefore(owner, picture, number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
