package picup.platform;

/// Something about the machine keeps Picup from starting, and whoever runs it can mend it: a message for people, without
/// a stack trace.
public class CannotStart extends RuntimeException {
    private final String remedy;

    /// @param remedy what to do about it
    public CannotStart(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
