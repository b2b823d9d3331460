package picup.decoder;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file says about itself. Everything here was written by a stranger: strings are cleaned and capped, numbers are
/// in range, but nothing is proven true.
///
/// @param clip      for videos only
/// @param thumbHash Base64 of the [ThumbHash]; none when the task makes no pictures
public record Facts(
        Image image,
        @Nullable Taken taken,
        @Nullable Place place,
        Camera camera,
        @Nullable Clip clip,
        Words words,
        Ties ties,
        @Nullable String thumbHash) {

    /// Grows when a newer Picup finds more in the same file, or finds it better: then all files are read again.
    public static final int VERSION = 1;

    public static final int MAX_DESCRIPTION_CHARS = 16_384;
    public static final int MAX_NAME_CHARS = 200;
    public static final int MAX_TAGS = 100;
    public static final int MAX_FACES = 100;

    /// What there is to see.
    ///
    /// @param width         in pixels, as shown: after orientation
    /// @param height        in pixels, as shown
    /// @param orientation   EXIF's 1 to 8, as written in the file; 1 where the file's own transformation is already applied
    /// @param frames        1 for a still, else the frames of the animation
    /// @param hdr           brighter than ordinary white, by its curve (PQ, HLG) or a gain map
    /// @param colourProfile name of the embedded ICC profile, as `Display P3`
    public record Image(
            int width, int height, int orientation, int frames, boolean hdr, @Nullable String colourProfile, @Nullable Panorama panorama) {
        public Image {
            require(width > 0 && height > 0, "size of %s × %s", width, height);
            require(orientation >= 1 && orientation <= 8, "orientation %s", orientation);
            require(frames >= 1, "%s frames", frames);
            requireShort(colourProfile, MAX_NAME_CHARS, "colour profile");
        }
    }

    /// How a flat picture wraps around whoever looks: Google's Photo Sphere metadata (GPano), "Spherical Video V1" and "V2".
    /// The picture covers all of the sphere, or the part of it that lies at `left`, `top`.
    ///
    /// @param fullWidth      of the whole sphere, in pixels of the picture
    /// @param headingDegrees where the middle of the picture looks, from north; for a start
    public record Panorama(Projection projection, int fullWidth, int fullHeight, int left, int top, @Nullable Double headingDegrees) {
        public enum Projection {
            EQUIRECTANGULAR, CYLINDRICAL
        }

        public Panorama {
            require(fullWidth > 0 && fullHeight > 0 && left >= 0 && top >= 0 && left < fullWidth && top < fullHeight,
                    "sphere of %s × %s at %s, %s", fullWidth, fullHeight, left, top);
            require(headingDegrees == null || Math.abs(headingDegrees) <= 360, "heading of %s", headingDegrees);
        }
    }

    /// What somebody said about it.
    ///
    /// @param rating -1 (rejected) to 5
    /// @param tags   each once, as written: a hierarchy has `|` between its levels
    public record Words(@Nullable Integer rating, @Nullable String description, List<String> tags, List<Face> faces) {
        public static final Words NONE = new Words(null, null, List.of(), List.of());

        public Words {
            require(rating == null || rating >= -1 && rating <= 5, "rating of %s", rating);
            requireShort(description, MAX_DESCRIPTION_CHARS, "description");
            tags = List.copyOf(tags);
            faces = List.copyOf(faces);
            require(tags.size() <= MAX_TAGS, "%s tags", tags.size());
            require(faces.size() <= MAX_FACES, "%s faces", faces.size());
            tags.forEach(tag -> requireShort(tag, MAX_NAME_CHARS, "tag"));
        }
    }

    /// A region that a program or a person marked (Metadata Working Group, "Regions"; Microsoft's are turned into it).
    ///
    /// @param name    whose, where somebody said
    /// @param centreX of the picture as shown, 0 to 1
    /// @param width   of the picture as shown, 0 to 1
    public record Face(@Nullable String name, double centreX, double centreY, double width, double height) {
        public Face {
            requireShort(name, MAX_NAME_CHARS, "name");
            require(part(centreX) && part(centreY) && part(width) && part(height), "region");
        }

        private static boolean part(double number) {
            return number >= 0 && number <= 1;
        }
    }

    /// What joins several files to one item.
    ///
    /// @param liveId  of the still and the video of an Apple Live Photo
    /// @param burstId of all pictures of one burst
    public record Ties(@Nullable String liveId, @Nullable String burstId) {
        public static final Ties NONE = new Ties(null, null);

        public Ties {
            requireShort(liveId, MAX_NAME_CHARS, "live id");
            requireShort(burstId, MAX_NAME_CHARS, "burst id");
        }
    }

    /// When it was taken.
    ///
    /// @param at            wall clock of the place when the file knows it, to the precision the file has
    /// @param offsetSeconds east of UTC: as the file says, else that of the place; none when neither is known. A clock that shows UTC
    ///                      (QuickTime's `CreateDate`) has 0 where the place isn't known
    /// @param source        the tag it came from, as `EXIF:DateTimeOriginal`
    public record Taken(LocalDateTime at, @Nullable Integer offsetSeconds, String source) {
        public Taken {
            require(at.getYear() >= 1 && at.getYear() <= 9999, "taken in the year %s", at.getYear());
            require(offsetSeconds == null || Math.abs(offsetSeconds) <= 18 * 3600, "offset of %s s", offsetSeconds);
            require(!source.isBlank() && source.length() <= MAX_NAME_CHARS, "source of the time");
        }
    }

    /// @param latitude       degrees, north positive
    /// @param longitude      degrees, east positive
    /// @param altitudeMetres above the sea
    public record Place(double latitude, double longitude, @Nullable Double altitudeMetres) {
        public Place {
            require(Math.abs(latitude) <= 90, "latitude of %s", latitude);
            require(Math.abs(longitude) <= 180, "longitude of %s", longitude);
            require(altitudeMetres == null || Math.abs(altitudeMetres) <= 1e6, "altitude of %s", altitudeMetres);
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
            require(iso == null || iso > 0, "ISO of %s", iso);
            requirePositive(exposureSeconds, "exposure");
            requirePositive(fNumber, "aperture");
            requirePositive(focalLengthMm, "focal length");
        }
    }

    /// @param codec        of the picture, as ffmpeg names it: `h264`, `hevc`, `av1`
    /// @param audioCodec   none for a silent clip
    /// @param framesPerSecond on average, where the rate varies
    /// @param playableAsIs the original plays in every browser and starts before it is loaded: nothing needs making
    public record Clip(long durationMs, String codec, @Nullable String audioCodec, @Nullable Double framesPerSecond, boolean playableAsIs) {
        public Clip {
            requirePositive(framesPerSecond, "frame rate");
            require(durationMs >= 0, "duration of %s ms", durationMs);
            requireShort(codec, MAX_NAME_CHARS, "codec");
            requireShort(audioCodec, MAX_NAME_CHARS, "audio codec");
        }
    }

    public Facts {
        requireShort(thumbHash, 64, "thumb hash");
    }

    public boolean video() {
        return clip != null;
    }

    /// Every picture passes here a dozen times, in the decoder and again in its parent: the words are only put together when they
    /// are said.
    private static void require(boolean holds, String what, @Nullable Object... values) {
        if (!holds) {
            throw new IllegalArgumentException("impossible " + what.formatted(values));
        }
    }

    private static void requirePositive(@Nullable Double number, String what) {
        require(number == null || number > 0 && number < 1e9, "%s of %s", what, number);
    }

    private static void requireShort(@Nullable String text, int maxChars, String what) {
        require(text == null || !text.isEmpty() && text.length() <= maxChars, "%s: empty or too long", what);
    }
}
