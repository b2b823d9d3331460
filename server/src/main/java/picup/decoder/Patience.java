package picup.decoder;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How long a program is waited for. What counts is what it works: on a busy machine it waits for its turn, which is no fault of
/// the file, and a file that is refused once is refused for good.
///
/// Two threads work two seconds in one, so the clock has to agree: nothing ends before its limit by the clock. A program that
/// sleeps works nothing, so the clock alone ends it after [#LONGEST_STRETCH] times the limit, if the parent hasn't.
final class Patience {

    /// As the parent stretches its own deadline.
    private static final int LONGEST_STRETCH = 10;

    /// A look reads one small file of the kernel's.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Process process;
    private final Duration limit;
    private final Duration workedBefore;
    private final long began = System.nanoTime();

    private Patience(Process process, Duration limit) {
        this.process = process;
        this.limit = limit;
        this.workedBefore = worked();
    }

    /// From now on; what the program has worked before doesn't count.
    static Patience with(Process process, Duration limit) {
        return new Patience(process, limit);
    }

    /// What is waited for, as long as it takes at most.
    interface Wait<T> {
        @Nullable T atMost(long time, TimeUnit unit) throws InterruptedException;
    }

    /// @param wait returns null when the time is over
    /// @return null when patience is at its end
    <T> @Nullable T await(Wait<T> wait) throws InterruptedException {
        while (true) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            T result = wait.atMost(next(waited).toNanos(), TimeUnit.NANOSECONDS);
            if (result != null || ended(Duration.ofNanos(System.nanoTime() - began), worked().minus(workedBefore), limit)) {
                return result;
            }
        }
    }

    /// @param waited by the clock
    /// @param worked on the processor
    static boolean ended(Duration waited, Duration worked, Duration limit) {
        boolean hadItsTime = waited.compareTo(limit) >= 0 && worked.compareTo(limit) >= 0;
        return hadItsTime || waited.compareTo(limit.multipliedBy(LONGEST_STRETCH)) >= 0;
    }

    /// Of a limit shorter than a look, no more than that.
    private Duration next(Duration waited) {
        Duration left = limit.minus(waited);
        return left.isPositive() && left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
    }

    private Duration worked() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
