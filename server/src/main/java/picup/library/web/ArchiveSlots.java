package picup.library.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import picup.library.WorkChanged;
import picup.platform.MemberId;
import picup.platform.Problem;

/// How many archives may be on their way at once. Each reads the disk as fast as it can and takes 5 MB of memory.
@Component
class ArchiveSlots {
    private static final int MOST = 8;
    private static final int RETRY_AFTER_SECONDS = 60;

    private final ApplicationEventPublisher events;
    private final Semaphore free = new Semaphore(MOST);
    private final Set<MemberId> taken = ConcurrentHashMap.newKeySet();

    ArchiveSlots(ApplicationEventPublisher events) {
        this.events = events;
    }

    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /// Whether an archive of this member is on its way.
    boolean taken(MemberId member) {
        return taken.contains(member);
    }

    /// @throws picup.platform.ProblemException `too-many-attempts` for this member, `overloaded` for everybody
    Slot take(MemberId member) {
        if (!taken.add(member)) {
            throw Problem.TOO_MANY_ATTEMPTS.because("You are loading an archive already. Wait until it is complete, or stop it, then begin again.")
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        if (!free.tryAcquire()) {
            taken.remove(member);
            throw Problem.OVERLOADED.because("Others are loading their archives. Try again in a while.").with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        events.publishEvent(new WorkChanged(member));
        return () -> {
            free.release();
            taken.remove(member);
            events.publishEvent(new WorkChanged(member));
        };
    }
}
