package picup.library.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;

/// How many uploads may be on their way at once. Each holds a buffer of 256 KB for as long as its client takes: without
/// a limit, 800 slow ones (and any member can open them) fill a heap of 256 MB and end the server.
@Component
class UploadSlots {
    /// 24 MB of buffers, and more than a disk or a home network has use for.
    private static final int MOST = 96;

    /// A browser sends six at a time, the importer four; so this is two or three devices, and leaves room for others.
    static final int MOST_PER_MEMBER = 24;

    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore free = new Semaphore(MOST);
    private final Map<MemberId, Integer> taken = new ConcurrentHashMap<>();

    /// A place among the uploads, until it is closed.
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws picup.platform.ProblemException `too-many-attempts` for this member, `overloaded` for everybody
    Slot take(MemberId member) {
        if (taken.merge(member, 1, Integer::sum) > MOST_PER_MEMBER) {
            giveBack(member);
            throw Problem.TOO_MANY_ATTEMPTS.because("At most %d uploads of one member at once. Let some finish first.".formatted(MOST_PER_MEMBER))
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        if (!free.tryAcquire()) {
            giveBack(member);
            throw Problem.OVERLOADED.because("Too many uploads are on their way. Try again shortly.").with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        return () -> {
            free.release();
            giveBack(member);
        };
    }

    private void giveBack(MemberId member) {
        taken.computeIfPresent(member, (each, count) -> count == 1 ? null : count - 1);
    }
}
