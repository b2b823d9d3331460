package picup.library;

import picup.platform.Problem;
import picup.platform.ProblemException;

/// What people are told whose space is full.
public final class NoSpace {
    private NoSpace() {}

    public static ProblemException lacking(long missingBytes) {
        return Problem.OVER_QUOTA.because("Your space lacks %,d bytes for this. Delete something for good, or ask the administrator for more."
                .formatted(missingBytes)).with("missingBytes", missingBytes);
    }
}
