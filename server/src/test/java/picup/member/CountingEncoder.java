package picup.member;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Not a hash at all, but fast. It knows how often it was asked, and can let something happen between its answer and what
/// the caller does next.
public class CountingEncoder implements PasswordEncoder {
    private static final Runnable NOTHING = () -> {};

    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicReference<Runnable> afterNextMatch = new AtomicReference<>(NOTHING);

    @Override
    public String encode(CharSequence password) {
        operations.incrementAndGet();
        return "fake:" + password;
    }

    @Override
    public boolean matches(CharSequence password, String encoded) {
        operations.incrementAndGet();
        boolean matches = encoded.equals("fake:" + password);
        afterNextMatch.getAndSet(NOTHING).run();
        return matches;
    }

    public int operations() {
        return operations.get();
    }

    public void afterNextMatch(Runnable happening) {
        afterNextMatch.set(happening);
    }
}
