package picup.member;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Not a hash at all, but fast, and it knows how often it was asked.
public class CountingEncoder implements PasswordEncoder {
    private final AtomicInteger operations = new AtomicInteger();

    @Override
    public String encode(CharSequence password) {
        operations.incrementAndGet();
        return "fake:" + password;
    }

    @Override
    public boolean matches(CharSequence password, String encoded) {
        operations.incrementAndGet();
        return encoded.equals("fake:" + password);
    }

    public int operations() {
        return operations.get();
    }
}
