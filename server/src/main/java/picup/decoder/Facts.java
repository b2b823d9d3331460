package picup.decoder;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// What a file says about itself. Everything here was written by a stranger: strings are cleaned and capped, numbers are
/// in range, but nothing is proven true.
///
/// @param width       in pixels, as shown: after orientation
/// @param height      in pixels, as shown
/// @param orientation EXIF's 1 to 8, as written in the file; 1 where the file's own transformation is already applied
/// @param frames      1 for a still, else the frames of the animation
/// @param clip        for videos only
/// @param rating      -1 (rejected) to 5
/// @param liveId      joins the still and the video of a live photo
/// @param thumbHash   Base64 of the [ThumbHash]; none when the task makes no pictures
public record Facts(
        int width,
        int height,
        int orientation,
        int frames,
        @Nullable Taken taken,
        @Nullable Place place,
        Camera camera,
        @Nullable Clip clip,
        @Nullable Integer rating,
        @Nullable String description,
        @Nullable String liveId,
        @Nullable String thumbHash) {

    public static final int MAX_DESCRIPTION_CHARS = 16_384;
    public static final int MAX_NAME_CHARS = 200;

    /// When it was taken.
    ///
    /// @param at            wall clock of the place when the file knows it, to the precision the file has
    /// @param offsetSeconds east of UTC; none when the file doesn't say. QuickTime's `CreateDate` is UTC: offset 0, and
    ///                      whoever knows the place may do better
    /// @param source        the tag it came from, as `EXIF:DateTimeOriginal`
    public record Taken(LocalDateTime at, @Nullable Integer offsetSeconds, String source) {
        public Taken {
            require(at.getYear() >= 1 && at.getYear() <= 9999, "taken in the year " + at.getYear());
            require(offsetSeconds == null || Math.abs(offsetSeconds) <= 18 * 3600, "offset of " + offsetSeconds + " s");
            require(!source.isBlank() && source.length() <= MAX_NAME_CHARS, "source of the time");
        }
    }

    /// @param latitude       degrees, north positive
    /// @param longitude      degrees, east positive
    /// @param altitudeMetres above the sea
    public record Place(double latitude, double longitude, @Nullable Double altitudeMetres) {
        public Place {
            require(Math.abs(latitude) <= 90, "latitude of " + latitude);
            require(Math.abs(longitude) <= 180, "longitude of " + longitude);
            require(altitudeMetres == null || Math.abs(altitudeMetres) <= 1e6, "altitude of " + altitudeMetres);
        }
    }

    /// @param exposureSeconds shutter time
    /// @param fNumber         aperture
    public record Camera(
            @Nullable String make,
            @Nullable String model,
            @Nullable String lens,
            @Nullable Integer iso,
            @Nullable Double exposureSeconds,
            @Nullable Double fNumber,
            @Nullable Double focalLengthMm) {
        static final Camera UNKNOWN = new Camera(null, null, null, null, null, null, null);

        public Camera {
            requireShort(make, MAX_NAME_CHARS, "make");
            requireShort(model, MAX_NAME_CHARS, "model");
            requireShort(lens, MAX_NAME_CHARS, "lens");
            require(iso == null || iso > 0, "ISO of " + iso);
            requirePositive(exposureSeconds, "exposure");
            requirePositive(fNumber, "aperture");
            requirePositive(focalLengthMm, "focal length");
        }
    }

    /// @param codec        of the picture, as ffmpeg names it: `h264`, `hevc`, `av1`
    /// @param audioCodec   none for a silent clip
    /// @param playableAsIs the original plays in every browser and starts before it is loaded: nothing needs making
    public record Clip(long durationMs, String codec, @Nullable String audioCodec, boolean hdr, boolean playableAsIs) {
        public Clip {
            require(durationMs >= 0, "duration of " + durationMs + " ms");
            requireShort(codec, MAX_NAME_CHARS, "codec");
            requireShort(audioCodec, MAX_NAME_CHARS, "audio codec");
        }
    }

    public Facts {
        require(width > 0 && height > 0, "size of " + width + " × " + height);
        require(orientation >= 1 && orientation <= 8, "orientation " + orientation);
        require(frames >= 1, frames + " frames");
        require(rating == null || rating >= -1 && rating <= 5, "rating of " + rating);
        requireShort(description, MAX_DESCRIPTION_CHARS, "description");
        requireShort(liveId, MAX_NAME_CHARS, "live id");
        requireShort(thumbHash, 64, "thumb hash");
    }

    public boolean video() {
        return clip != null;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("impossible " + what);
        }
    }

    private static void requirePositive(@Nullable Double number, String what) {
        require(number == null || number > 0 && number < 1e9, what + " of " + number);
    }

    private static void requireShort(@Nullable String text, int maxChars, String what) {
        require(text == null || !text.isEmpty() && text.length() <= maxChars, what + ": empty or too long");
    }
}
