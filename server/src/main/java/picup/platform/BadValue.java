package picup.platform;

/// Somebody gave a value that breaks a rule; the message is for that somebody to read: which rule, and what would do. It
/// is answered with `bad-value`. Every other [IllegalArgumentException] is a mistake of ours, and nobody's to read.
public class BadValue extends IllegalArgumentException {
    public BadValue(String message) {
        super(message);
    }
}
