package picup.media.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What all decoders of a process share, whichever pool they are of: how many may work at a time, and how much memory.
///
/// **A turn** lets a decoder work. With two or more turns, long work leaves at least one to everything else: nobody's
/// thumbnail may wait for a film. With a single one, long work runs beside it, where the kernel lets it have what is left
/// (it has the lowest priority).
///
/// **A grant** is memory, taken before the pixels are decoded, by what the header says. The sum of all grants never
/// exceeds the budget, but for one that alone exceeds it: that one waits until nobody else has any, and runs alone. Who
/// doesn't fit waits; those who do may pass, but only [#MOST_PASSED] times, so that a large picture is not put off for
/// as long as small ones come.
///
/// **No deadlock:** whoever waits for memory holds a turn and no memory, and whoever holds memory waits for nothing. A grant
/// that turns out too small grows at once or not at all ([Turn#grow]).
public final class DecodingBudget {

    /// Two seconds of thumbnails on two cores.
    private static final int MOST_PASSED = 16;

    private static final Comparator<Waiting> ORDER = Comparator.comparing((Waiting waiting) -> waiting.urgency).thenComparing(waiting -> waiting.number);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiting> forTurn = new ArrayList<>();
    private final List<Waiting> forMemory = new ArrayList<>();
    private int decoders;
    private long memoryBytes;
    private long arrivals;
    private int running;
    private int runningLong;
    private long grantedBytes;
    private long grantedToLongBytes;

    /// @param decoders    at work at a time
    /// @param memoryBytes of all of them, with the programs they start
    public DecodingBudget(int decoders, long memoryBytes) {
        this.decoders = decoders;
        this.memoryBytes = memoryBytes;
        require();
    }

    /// How it stands, for people to see.
    ///
    /// @param running      decoders at work
    /// @param waiting      callers without a decoder, or with one that waits for memory
    /// @param grantedBytes taken of the budget
    public record State(int running, int waiting, long grantedBytes) {}

    private static final class Waiting {
        private final Urgency urgency;
        private final long number;
        private final long bytes;
        private int passed;

        private Waiting(Urgency urgency, long number, long bytes) {
            this.urgency = urgency;
            this.number = number;
            this.bytes = bytes;
        }
    }

    /// From now on; what is at work goes on with what it has.
    public void change(int decoders, long memoryBytes) {
        lock.lock();
        try {
            this.decoders = decoders;
            this.memoryBytes = memoryBytes;
            require();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public State state() {
        lock.lock();
        try {
            return new State(running + runningLong, forTurn.size() + forMemory.size(), grantedBytes);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for it.
    Turn turn(Urgency urgency) throws InterruptedException {
        lock.lock();
        try {
            Waiting me = new Waiting(urgency, arrivals++, 0);
            forTurn.add(me);
            try {
                while (!mayBegin(urgency) || before(me)) {
                    changed.await();
                }
            } finally {
                forTurn.remove(me);
                changed.signalAll();
            }
            if (urgency == Urgency.LONG) {
                runningLong++;
            } else {
                running++;
            }
            return new Turn(urgency);
        } finally {
            lock.unlock();
        }
    }

    private boolean mayBegin(Urgency urgency) {
        if (decoders == 1) {
            return urgency == Urgency.LONG ? runningLong == 0 : running == 0;
        }
        boolean free = running + runningLong < decoders;
        return urgency == Urgency.LONG ? free && runningLong < decoders - 1 : free;
    }

    private boolean before(Waiting me) {
        return forTurn.stream().anyMatch(other -> ORDER.compare(other, me) < 0 && mayBegin(other.urgency));
    }

    private void require() {
        if (decoders < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("a budget needs a decoder and memory, not " + decoders + " and " + memoryBytes);
        }
    }

    /// The right to let one decoder work, and the memory it has for that. Closed when it has ended.
    final class Turn implements AutoCloseable {
        private final Urgency urgency;
        private long bytes;

        private Turn(Urgency urgency) {
            this.urgency = urgency;
        }

        /// Waits until there is so much memory.
        ///
        /// @return false when a video at work has so much of it that waiting could take hours: then the file must come again
        boolean take(long wantedBytes) throws InterruptedException {
            lock.lock();
            try {
                Waiting me = new Waiting(urgency, arrivals++, wantedBytes);
                forMemory.add(me);
                try {
                    while (!fits(wantedBytes) || blockedByOneWhoWaitedTooLong(me)) {
                        if (urgency != Urgency.LONG && beyondALongOne(wantedBytes)) {
                            return false;
                        }
                        changed.await();
                    }
                    forMemory.stream().filter(other -> other.number < me.number).forEach(other -> other.passed++);
                    grant(wantedBytes);
                    return true;
                } finally {
                    forMemory.remove(me);
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /// For a decoder that is already larger than it said it would be.
        ///
        /// @return false when there isn't so much; it must end, as nothing else will
        boolean grow(long toBytes) {
            lock.lock();
            try {
                boolean alone = grantedBytes == bytes;
                if (!alone && grantedBytes - bytes + toBytes > memoryBytes) {
                    return false;
                }
                grant(toBytes - bytes);
                return true;
            } finally {
                lock.unlock();
            }
        }

        long bytes() {
            return bytes;
        }

        /// Gives the memory back, and keeps the turn.
        void giveBack() {
            lock.lock();
            try {
                grant(-bytes);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                grant(-bytes);
                if (urgency == Urgency.LONG) {
                    runningLong--;
                } else {
                    running--;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void grant(long moreBytes) {
            bytes += moreBytes;
            grantedBytes += moreBytes;
            if (urgency == Urgency.LONG) {
                grantedToLongBytes += moreBytes;
            }
        }
    }

    private boolean fits(long bytes) {
        return grantedBytes == 0 || grantedBytes + bytes <= memoryBytes;
    }

    private boolean beyondALongOne(long bytes) {
        return grantedToLongBytes > 0 && grantedToLongBytes + bytes > memoryBytes;
    }

    /// Who has been passed often enough goes next, and so does who waits in front of me and would fit now.
    private boolean blockedByOneWhoWaitedTooLong(Waiting me) {
        @Nullable Waiting first = forMemory.stream().filter(other -> other.passed >= MOST_PASSED).min(Comparator.comparing(waiting -> waiting.number)).orElse(null);
        boolean someoneElse = first != null && first != me;
        return someoneElse || forMemory.stream().anyMatch(other -> first == null && ORDER.compare(other, me) < 0 && fits(other.bytes));
    }
}
