package picup.storage.scrub;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.NotNow;
import picup.storage.Digest;
import picup.storage.Health.State;
import picup.storage.Ledger;
import picup.storage.OriginalHealed;
import picup.storage.blob.BlobStore;
import picup.storage.scrub.DueOriginals.Due;

/// Reads one original back from where it should be, heals it where one store has it and the other has not, and writes down what it found.
///
/// | first store | second store | then |
/// |---|---|---|
/// | good | good | |
/// | good | not | it is copied there, and that is read back |
/// | not | good | it is put back, and that is read back |
/// | not | not, or there is none | it is marked; whoever sends the same bytes again heals it ([Ledger#keep]) |
///
/// **Nothing bad replaces anything.** Bytes are hashed while they are brought over and again afterwards. Killed anywhere, what lay in either store
/// is there or has been replaced by good bytes, and the row says what it said before, until the claim runs out.
@Component
@InRole(Role.WORKER)
class TendOriginal {
    /// Bytes between two renewals of the claim: ten seconds at the slowest that [Pace] lets it be.
    private static final int RENEW_EACH = 16;
    private static final Logger LOG = LoggerFactory.getLogger(TendOriginal.class);

    private final DueOriginals due;
    private final BlobStore store;
    private final ReadBack readBack;
    private final Transfer transfer;
    private final ReportDamage report;
    private final RemoveCopy removeCopy;
    private final Ending ending;

    /// What the end of a visit needs.
    @Component
    @InRole(Role.WORKER)
    record Ending(TransactionTemplate transaction, Ledger ledger, ApplicationEventPublisher events) {}

    private final LongAdder healed = new LongAdder();

    TendOriginal(DueOriginals due, BlobStore store, ReadBack readBack, Transfer transfer, ReportDamage report, RemoveCopy removeCopy, Ending ending) {
        this.due = due;
        this.store = store;
        this.readBack = readBack;
        this.transfer = transfer;
        this.report = report;
        this.removeCopy = removeCopy;
        this.ending = ending;
    }

    /// @param state as it is now
    /// @param copy  null when the second store was not asked, or could not be
    record Tended(State state, @Nullable State copy) {}

    /// @param copies the second store; null when there is none, or it is away
    /// @throws IOException when the first store cannot be asked; nothing is known then
    Tended run(Due original, @Nullable BlobStore copies) throws IOException, NotNow, InterruptedException {
        var going = renewing(original);
        var found = readBack.of(store, original.digest(), original.sizeBytes(), going);
        var state = found;
        var copy = copies == null ? null : copyOf(original, copies, going);
        if (copies != null && copy != null && state != copy) {
            if (state == State.SOUND) {
                copy = copied(original, copies, copy, going);
            } else if (copy == State.SOUND) {
                state = healed(original, copies, state, going);
            }
        }
        settle(original, found, state, copy);
        return new Tended(state, copy);
    }

    /// @return null when it cannot be known
    private @Nullable State copyOf(Due original, BlobStore copies, ReadBack.Going going) throws NotNow, InterruptedException {
        try {
            return readBack.of(copies, original.digest(), original.sizeBytes(), going);
        } catch (IOException e) {
            LOG.warn("The second store ({}) cannot be asked for {}: {}", copies.name(), original.digest(), e.toString());
            return null;
        }
    }

    /// That no copy can be made, because the second disk is full say, is no damage of what is in the first.
    private @Nullable State copied(Due original, BlobStore copies, State before, ReadBack.Going going) throws NotNow, InterruptedException {
        try {
            return brought(store, copies, original, before, going);
        } catch (IOException e) {
            LOG.error("{} cannot be copied to the second store ({}): {}", original.digest(), copies.name(), e.toString());
            return null;
        }
    }

    /// It stays damaged when it cannot be put back, because the first disk is full say, and is tried again in a day.
    private State healed(Due original, BlobStore copies, State before, ReadBack.Going going) throws NotNow, InterruptedException {
        try {
            return brought(copies, store, original, before, going);
        } catch (IOException e) {
            LOG.error("{} cannot be healed from the second store ({}): {}", original.digest(), copies.name(), e.toString());
            return before;
        }
    }

    private State brought(BlobStore from, BlobStore to, Due original, State before, ReadBack.Going going) throws IOException, NotNow, InterruptedException {
        if (!transfer.run(from, to, original.digest(), going)) {
            return before;
        }
        return readBack.of(to, original.digest(), original.sizeBytes(), going);
    }

    /// @param found before anything was healed
    private void settle(Due original, State found, State state, @Nullable State copy) {
        boolean good = state == State.SOUND && (found != State.SOUND || original.before() != State.SOUND);
        Boolean ours = ending.transaction.execute(_ -> {
            boolean settled = due.settle(original, state, copy);
            if (settled) {
                report.run(original, found, state, copy);
            }
            if (settled && good) {
                ending.events.publishEvent(new OriginalHealed(original.digest()));
            }
            return settled;
        });
        if (!Boolean.TRUE.equals(ours)) {
            withdraw(original.digest());
            return;
        }
        if (good) {
            healed.increment();
        }
    }

    /// It was removed while it was looked at, perhaps, and then what was brought over belongs to nobody.
    private void withdraw(Digest digest) {
        ending.ledger.abandon(digest);
        removeCopy.later(digest);
    }

    private ReadBack.Going renewing(Due original) {
        var pieces = new int[1];
        return () -> {
            if (++pieces[0] % RENEW_EACH == 0) {
                due.renew(original);
            }
        };
    }

    long healed() {
        return healed.sum();
    }
}
