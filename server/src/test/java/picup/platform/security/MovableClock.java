package picup.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that stands until a test moves it.
public class MovableClock implements InstantSource {
    private volatile Instant now;

    public MovableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
