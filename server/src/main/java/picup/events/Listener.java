package picup.events;

/// Takes news in. Called at least once an event, possibly twice, and again after a failure: the effect is idempotent.
public interface Listener {
    void on(MemberEvent event);
}
