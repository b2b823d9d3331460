package picup.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Lane;

/// An event that a listener has still to hear, because it failed at first, came early, or was a dead letter of the broker.
///
/// @param listener absent: all of them
public record Delivery(@Nullable String listener, MemberEvent event) {
    static final String KIND = "member-event-again";

    /// Declared by the module that owns the schema of the listeners, whose inbox is in the schema of the lane. Essential,
    /// so it is tried for about a week before a person must look.
    public static JobKind<Delivery> in(Lane lane) {
        return new JobKind<>(lane, KIND, Delivery.class, 200, Duration.ofMillis(500));
    }

    /// One job for each listener and event, however often it fails to be heard.
    String id() {
        return (listener == null ? "*" : listener) + "/" + event.eventId();
    }
}
