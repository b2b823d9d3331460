package picup.media.decoding;

import java.nio.file.Path;
import java.time.Duration;

/// How many decoders there are, and what they may cost.
///
/// @param count                  most decoders at a time
/// @param filesBeforeReplacement after so many files a decoder is replaced
/// @param memoryBytes            resident, of one decoder and the programs it started; a request may ask for less
/// @param deadline               the longest a request may take; a request may ask for less
/// @param warm                   how many decoders wait for work that has not come yet: 0 or 1
/// @param idle                   after so long without work all decoders but the warm one are ended
/// @param startWithin            how long a decoder may take from start to ready
/// @param maxOutputBytes         of one rendition
/// @param workFolder             where decoders get their files; this pool's alone, swept at its start; best on the file system of the originals, so that a hard
///                               link is enough
/// @param unprivilegedId         user and group id that decoders run under when this process is root
public record DecoderSettings(
        int count,
        int filesBeforeReplacement,
        long memoryBytes,
        Duration deadline,
        int warm,
        Duration idle,
        Duration startWithin,
        long maxOutputBytes,
        Path workFolder,
        int unprivilegedId) {

    public DecoderSettings {
        require(count >= 1 && count <= 64, "count must be 1 to 64, not " + count);
        require(filesBeforeReplacement >= 1, "filesBeforeReplacement must be at least 1, not " + filesBeforeReplacement);
        require(memoryBytes >= 64 << 20, "memoryBytes must be at least 64 MiB, not " + memoryBytes);
        require(deadline.isPositive(), "deadline must be positive, not " + deadline);
        require(warm == 0 || warm == 1, "warm must be 0 or 1, not " + warm);
        require(idle.isPositive(), "idle must be positive, not " + idle);
        require(startWithin.isPositive(), "startWithin must be positive, not " + startWithin);
        require(maxOutputBytes >= 1 << 20, "maxOutputBytes must be at least 1 MiB, not " + maxOutputBytes);
        require(unprivilegedId > 0, "unprivilegedId must be a user id that isn't root's, not " + unprivilegedId);
    }

    public static DecoderSettings defaults(Path workFolder) {
        return new DecoderSettings(
                // One per core, as libvips is kept to one thread; more than four would starve the people looking at pictures.
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4),
                // Against leaks in a dozen C libraries. A start costs 0.4 CPU-s, so replacing costs a millisecond a file.
                500,
                // As a request's own limit, see `Limits`: two of them still fit a machine of 4 GB.
                1L << 30,
                // The longest request there is makes a long video playable.
                Duration.ofHours(2),
                // So that the next thumbnail doesn't wait for a start.
                1,
                // Long enough for the pauses between the files of a slow upload, short enough to give memory back after it.
                Duration.ofSeconds(60),
                // Measured 0.3 s; a small machine that starts everything at once may take fifty times that.
                Duration.ofSeconds(20),
                // A two-hour film at 720p.
                8L << 30,
                workFolder,
                // Nobody's: not even `nobody`'s, under whom PostgreSQL may run.
                65_533);
    }

    /// Started when there is work: for work that nobody waits for.
    public DecoderSettings onDemand() {
        return new DecoderSettings(count, filesBeforeReplacement, memoryBytes, deadline, 0, idle, startWithin, maxOutputBytes, workFolder,
                unprivilegedId);
    }

    public DecoderSettings withCount(int count) {
        return new DecoderSettings(count, filesBeforeReplacement, memoryBytes, deadline, warm, idle, startWithin, maxOutputBytes, workFolder,
                unprivilegedId);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
