package picup.media.decoding;

/// Who goes first where several wait for a decoder. Within one, who came first.
public enum Urgency {
    /// Somebody looks at the screen and waits.
    INTERACTIVE,
    /// Imports, and what is made again.
    BULK,
    /// Videos made playable: minutes or hours of work.
    LONG
}
