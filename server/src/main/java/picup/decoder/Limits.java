package picup.decoder;

import java.time.Duration;

/// What one file may cost. The decoder checks pixels and frames against the header before it decodes anything; the
/// parent enforces memory and time from outside, because a decoder that is stuck can't.
///
/// @param maxPixels      of one frame, and of all frames of an animation together
/// @param maxFrames      of an animation; the rest isn't shown
/// @param maxMemoryBytes resident, of the decoder and every program it started
/// @param deadline       from request to answer
public record Limits(long maxPixels, int maxFrames, long maxMemoryBytes, Duration deadline) {

    /// 300 megapixels: the largest phone sensors have 200, stitched panoramas rarely pass 250.
    public static final long MAX_PIXELS = 300_000_000L;

    /// Five seconds at 24 frames a second: enough to see what moves.
    public static final int MAX_FRAMES = 120;

    /// A 100-megapixel progressive JPEG needs 600 MB for its coefficients (two bytes for each of three components).
    public static final long MAX_MEMORY_BYTES = 1L << 30;

    public Limits {
        if (maxPixels < 1 || maxPixels > 4_000_000_000L) {
            throw new IllegalArgumentException("maxPixels must be 1 to 4,000,000,000, not " + maxPixels);
        }
        if (maxFrames < 1 || maxFrames > 10_000) {
            throw new IllegalArgumentException("maxFrames must be 1 to 10,000, not " + maxFrames);
        }
        if (maxMemoryBytes < 32 << 20) {
            throw new IllegalArgumentException("maxMemoryBytes must be at least 32 MiB, not " + maxMemoryBytes);
        }
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("deadline must be positive and at most a day, not " + deadline);
        }
    }

    /// A minute: the test corpus needs 0.2 s a file on two cores, its hostile files end within three seconds; the rest is
    /// for machines that are ten times slower.
    public static Limits forRendering() {
        return new Limits(MAX_PIXELS, MAX_FRAMES, MAX_MEMORY_BYTES, Duration.ofMinutes(1));
    }

    /// Two hours: x264 `veryfast` at 720p runs 1.5 times real time on one slow core, so a film of an hour and a half fits.
    public static Limits forPlayable() {
        return new Limits(MAX_PIXELS, MAX_FRAMES, MAX_MEMORY_BYTES, Duration.ofHours(2));
    }
}
