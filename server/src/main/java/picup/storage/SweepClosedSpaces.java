package picup.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.RecurringJob;

/// The reconcile of deletions: looks whether anything is left of members who are gone, and has it removed. It runs beside
/// [SweepOrphans], which does the same for files that no row names.
@Component
@InRole(Role.WORKER)
public class SweepClosedSpaces implements RecurringJob<SweepClosedSpaces.Sweep> {
    record Sweep() {}

    static final JobKind<Sweep> KIND = new JobKind<>(StorageLanes.SHORT, "sweep-closed-spaces", Sweep.class, 3, Duration.ofMinutes(1));
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(SweepClosedSpaces.class);

    private final Spaces spaces;
    private final List<Belongings> belongings;
    private final EmptySpace emptying;

    SweepClosedSpaces(Spaces spaces, List<Belongings> belongings, EmptySpace emptying) {
        this.spaces = spaces;
        this.belongings = belongings;
        this.emptying = emptying;
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
    public void run(Sweep sweep) {
        repair();
    }

    /// Has what is left removed, once more.
    ///
    /// @return of whom something was left
    public List<MemberId> repair() {
        var left = leftovers();
        left.forEach(emptying::later);
        if (!left.isEmpty()) {
            LOG.warn("Something is left of {} members who are gone; it is being removed: {}", left.size(), left);
        }
        return left;
    }

    /// The members who are gone and of whom something is left, or whose space was never emptied to the end.
    public List<MemberId> leftovers() {
        var left = new ArrayList<MemberId>();
        UUID after = null;
        for (var page = closed(after); !page.isEmpty(); page = closed(after)) {
            left.addAll(leftOf(page));
            after = page.getLast().owner().value();
        }
        return left;
    }

    private List<Spaces.Tombstone> closed(@Nullable UUID after) {
        return spaces.closed(after, PAGE);
    }

    private List<MemberId> leftOf(List<Spaces.Tombstone> closed) {
        Set<UUID> left = new TreeSet<>();
        closed.stream().filter(each -> !each.emptied()).forEach(each -> left.add(each.owner().value()));
        var owners = closed.stream().map(Spaces.Tombstone::owner).toList();
        belongings.forEach(each -> each.leftOf(owners).forEach(owner -> left.add(owner.value())));
        return left.stream().map(MemberId::new).toList();
    }
}
