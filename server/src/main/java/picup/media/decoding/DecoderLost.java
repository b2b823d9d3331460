package picup.media.decoding;

/// A decoder ended without an answer. The file may be to blame, or not: it counts as one attempt.
public class DecoderLost extends Exception {

    public enum Cause {
        /// It couldn't be started.
        NOT_STARTED,
        /// It ended by itself, by a signal or an exit.
        CRASHED,
        /// It gave no answer within the deadline.
        HUNG,
        /// It and its programs took more memory than they may.
        OUT_OF_MEMORY,
        /// It needed more memory than it said, and others had it. Tried once more with all it may have, so callers don't see it.
        OUTGREW,
        /// What it needs is beyond what a video at work leaves. The file isn't to blame.
        NO_ROOM,
        /// It answered something that it can't or mustn't.
        LIED,
        /// The pool was closed while it worked.
        CLOSED
    }

    private final Cause cause;

    public DecoderLost(Cause cause, String detail) {
        super(cause + ": " + detail);
        this.cause = cause;
    }

    public DecoderLost(Cause cause, String detail, Throwable thrown) {
        super(cause + ": " + detail, thrown);
        this.cause = cause;
    }

    public Cause why() {
        return cause;
    }
}
