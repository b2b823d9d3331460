package picup.library.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.library.Items;
import picup.library.Picture;
import picup.library.TakenAtText;
import picup.library.Trash;
import picup.library.place.Town;
import picup.library.sidecar.Sidecar;
import picup.storage.Health;

/// A picture as clients see it.
///
/// @param kind       `photo` or `video`
/// @param takenAt    local time of the place, with the offset where it is known
/// @param locked     in the locked folder; nobody is shown it while that is closed
/// @param town       in which it was taken; null where none is near, or while it is looked up
/// @param renditions names of what was made: `thumb`, `preview`, `full`, `hover`, `motion`, `video`
/// @param edited     names of what a person set, which no file changes
/// @param edit       what a person made of its pixels, or tried to; null for what is as it came
/// @param partOf     the cover of the item that this is a part of, where it is shown; null for what stands in the timeline itself
/// @param parts      the other files of its item
/// @param sidecars   files that say something about it or its parts
/// @param purgeAt    when the trash lets it go; null outside of the trash
record PictureJson(
        UUID id, String state, @Nullable String reason, String kind, String mediaType, String fileName, String sha256, long sizeBytes,
        @Nullable Integer width, @Nullable Integer height, String takenAt, String takenAtSource,
        @Nullable Double latitude, @Nullable Double longitude, @Nullable Double altitude, @Nullable Town town, Camera camera, @Nullable Long durationMs, Detail detail,
        @Nullable String description, @Nullable Integer rating, boolean favourite, boolean archived, boolean locked, @Nullable String thumbHash,
        List<String> renditions, List<String> edited, @Nullable Edit edit, @Nullable UUID partOf, List<Part> parts, List<SidecarJson> sidecars, int version, Instant addedAt, @Nullable Instant trashedAt, @Nullable Instant purgeAt) {

    /// Its bytes and renditions are had as those of any picture, by its id.
    ///
    /// @param role `live`, `raw` or `burst`
    /// @param kind `photo` or `video`
    /// @param playable whether there is a rendition `video`, or the original serves as one
    record Part(
            UUID id, String role, String kind, String mediaType, String fileName, String sha256, long sizeBytes, String state, int version,
            @Nullable Long durationMs, boolean playable) {
        static Part of(Items.Part part) {
            return new Part(part.id(), part.role().text(), part.kind().video() ? "video" : "photo", part.kind().mediaType(), part.fileName(),
                    part.digest().hex(), part.sizeBytes(), part.state().text(), part.version(), part.durationMs(), part.playable());
        }
    }

    /// @param state  `processing`, `ready` or `failed`: of the last edit. Until it is ready, and when it failed, what was before it is shown
    /// @param reason why it failed
    /// @param recipe what is wanted; null when the original is
    /// @param shown  whether what is shown is an edit; its size is that of the picture
    /// @param width  of the original
    /// @param height of the original
    record Edit(String state, @Nullable String reason, @Nullable RecipeJson recipe, boolean shown, @Nullable Integer width, @Nullable Integer height) {
        static @Nullable Edit of(Picture picture) {
            var edit = picture.edit();
            return edit.state() == null ? null : new Edit(edit.state().text(), edit.reason(), RecipeJson.of(edit.wanted()), edit.shown() != null,
                    picture.originalWidth(), picture.originalHeight());
        }
    }

    record Camera(
            @Nullable String make, @Nullable String model, @Nullable String lens, @Nullable Integer iso,
            @Nullable Double exposureSeconds, @Nullable Double fNumber, @Nullable Double focalLengthMm) {}

    /// @param frames   of an animation; 1 for a still
    /// @param tags     a hierarchy has `|` between its levels
    /// @param factsVersion of the Picup that read the file; 0 when none has
    /// @param original whether its bytes are still what came: `sound`, `missing`, `altered`; `unchecked` when they were not read back yet
    record Detail(
            int frames, boolean hdr, @Nullable String colourProfile, @Nullable Panorama panorama, @Nullable Double framesPerSecond,
            @Nullable String codec, @Nullable String audioCodec, List<String> tags, List<Face> faces, int factsVersion, String original) {
        static Detail of(Picture.Detail detail, Health health) {
            var panorama = detail.panorama();
            return new Detail(detail.frames(), detail.hdr(), detail.colourProfile(),
                    panorama == null ? null : new Panorama(panorama.projection().name().toLowerCase(Locale.ROOT), panorama.fullWidth(),
                            panorama.fullHeight(), panorama.left(), panorama.top(), panorama.headingDegrees()),
                    detail.framesPerSecond(), detail.codec(), detail.audioCodec(), detail.tags(),
                    detail.faces().stream().map(face -> new Face(face.name(), face.centreX(), face.centreY(), face.width(), face.height())).toList(),
                    detail.factsVersion(), health.text());
        }
    }

    /// A picture that wraps around whoever looks, or a part of one.
    ///
    /// @param projection `equirectangular` or `cylindrical`
    record Panorama(String projection, int fullWidth, int fullHeight, int left, int top, @Nullable Double headingDegrees) {}

    /// Parts of the picture as shown, 0 to 1.
    record Face(@Nullable String name, double centreX, double centreY, double width, double height) {}

    static PictureJson of(Picture picture, @Nullable Town town, Health health, List<Items.Part> parts, List<Sidecar> sidecars) {
        var camera = picture.camera();
        var trashedAt = picture.trashedAt();
        return new PictureJson(
                picture.id(), picture.state().text(), picture.reason(), picture.kind().video() ? "video" : "photo", picture.kind().mediaType(),
                picture.fileName(), picture.digest().hex(), picture.sizeBytes(), picture.width(), picture.height(),
                TakenAtText.of(picture.takenAt(), picture.takenOffsetSeconds()), picture.takenAtSource(),
                picture.latitude(), picture.longitude(), picture.altitude(), town,
                new Camera(camera.make(), camera.model(), camera.lens(), camera.iso(), camera.exposureSeconds(), camera.fNumber(), camera.focalLengthMm()),
                picture.durationMs(), Detail.of(picture.detail(), health), picture.description(), picture.rating(), picture.favourite(), picture.archived(), picture.locked(), picture.thumbHash(),
                picture.renditions().stream().map(file -> file.substring(0, file.indexOf('.'))).toList(), picture.item().edited(), Edit.of(picture), picture.item().partOf(),
                parts.stream().map(Part::of).toList(), sidecars.stream().map(SidecarJson::of).toList(), picture.version(), picture.addedAt(), trashedAt, trashedAt == null ? null : trashedAt.plus(Trash.KEPT));
    }
}
