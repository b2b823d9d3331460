package picup.library;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.Recipe;
import picup.platform.MemberId;
import picup.storage.Digest;

/// A photo or video of its owner's library, as its row says.
///
/// @param width              in pixels, as shown, edited or not; null until the file has been looked into
/// @param takenAt            wall clock of the place
/// @param takenOffsetSeconds east of UTC, where known
/// @param takenAtSource      where the time came from: a tag of the file, `client`, `upload`, or `edit`
/// @param placeId            of the town, where one is near and was looked up already
/// @param reason             why it cannot be shown, when it cannot
/// @param item               what it belongs to
/// @param locked             in the locked folder, as all files of its item are
/// @param renditions         file names of what was made of the original
/// @param edit               what a person made of its pixels
/// @param version            grows whenever what is shown changes; part of the addresses of renditions
public record Picture(
        MemberId owner,
        UUID id,
        Digest digest,
        FileKind kind,
        String fileName,
        long sizeBytes,
        State state,
        @Nullable String reason,
        @Nullable Integer width,
        @Nullable Integer height,
        LocalDateTime takenAt,
        @Nullable Integer takenOffsetSeconds,
        String takenAtSource,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Double altitude,
        @Nullable Integer placeId,
        Camera camera,
        @Nullable Long durationMs,
        boolean originalPlayable,
        Detail detail,
        InItem item,
        @Nullable String description,
        @Nullable Integer rating,
        boolean favourite,
        boolean archived,
        boolean locked,
        @Nullable String thumbHash,
        List<String> renditions,
        Edit edit,
        int version,
        Instant addedAt,
        @Nullable Instant trashedAt) {

    /// @param exposureSeconds shutter time
    public record Camera(
            @Nullable String make,
            @Nullable String model,
            @Nullable String lens,
            @Nullable Integer iso,
            @Nullable Double exposureSeconds,
            @Nullable Double fNumber,
            @Nullable Double focalLengthMm) {}

    /// What is shown when somebody asks for more.
    ///
    /// @param frames    of an animation; 1 for a still
    /// @param tags      as written; a hierarchy has `|` between its levels
    /// @param factsVersion [Facts#VERSION] of the Picup that read the file; 0 when none has
    public record Detail(
            int frames,
            boolean hdr,
            @Nullable String colourProfile,
            Facts.@Nullable Panorama panorama,
            @Nullable Double framesPerSecond,
            @Nullable String codec,
            @Nullable String audioCodec,
            List<String> tags,
            List<Facts.Face> faces,
            @Nullable String liveId,
            @Nullable String burstId,
            int factsVersion) {}

    /// Where it stands among the files of its item.
    ///
    /// @param folder in which the file lay, relative to what was sent; empty when nobody said
    /// @param partOf the cover of its item; null for what stands in the timeline itself
    /// @param role   of a part
    /// @param edited names of what a person set
    public record InItem(String folder, @Nullable UUID partOf, Items.@Nullable Role role, List<String> edited) {}

    /// @param wanted     null as it came
    /// @param state      of the last edit; null when the picture is as it came and wanted so. One that failed is wanted no more: it left
    ///                   what was before it
    /// @param reason     why it failed
    /// @param number     of the last edit
    /// @param shown      the number of the edit that is shown; null while the original is
    /// @param renditions file names of what was made for that
    /// @param originalWidth of the original, where an edit is shown
    public record Edit(
            @Nullable Recipe wanted, @Nullable State state, @Nullable String reason, int number, @Nullable Integer shown, List<String> renditions,
            @Nullable Integer originalWidth, @Nullable Integer originalHeight) {}

    public enum State {
        PROCESSING, READY, FAILED;

        /// As the interface writes it.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// In pixels, upright.
    public @Nullable Integer originalWidth() {
        return edit.shown() == null ? width : edit.originalWidth();
    }

    public @Nullable Integer originalHeight() {
        return edit.shown() == null ? height : edit.originalHeight();
    }

    public boolean trashed() {
        return trashedAt != null;
    }
}
