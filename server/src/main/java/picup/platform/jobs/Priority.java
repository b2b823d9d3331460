package picup.platform.jobs;

/// Somebody is waiting, or nobody is. Interactive work goes first.
public enum Priority {
    INTERACTIVE(10),
    BULK(0);

    private final int value;

    Priority(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
