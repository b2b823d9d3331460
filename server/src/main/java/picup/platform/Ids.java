package picup.platform;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then a counter, then randomness.
///
/// Ids made by one process are strictly increasing, so that the id is a usable last column of every total order and
/// index inserts stay at the right-hand edge. The 12 bits after the time count within the millisecond (method 1 of
/// section 6.2); when they run out the time part moves ahead of the clock, which is harmless and self-correcting.
public final class Ids {
    private static final int COUNTER_BITS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        long floor = System.currentTimeMillis() << COUNTER_BITS;
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, floor));
        long millis = stamp >>> COUNTER_BITS;
        long counter = stamp & ((1L << COUNTER_BITS) - 1);
        long high = millis << 16 | 0x7000L | counter;
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
