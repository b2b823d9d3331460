package picup.library.web;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.library.Picture;
import picup.library.TakenAtText;
import picup.library.Trash;

/// A picture as clients see it.
///
/// @param kind       `photo` or `video`
/// @param takenAt    local time of the place, with the offset where it is known
/// @param purgeAt    when the trash lets it go; null outside of the trash
record PictureJson(
        UUID id, String state, @Nullable String reason, String kind, String mediaType, String fileName, String sha256, long sizeBytes,
        @Nullable Integer width, @Nullable Integer height, String takenAt, String takenAtSource,
        @Nullable Double latitude, @Nullable Double longitude, @Nullable Double altitude, Camera camera, @Nullable Long durationMs,
        @Nullable String description, @Nullable Integer rating, boolean favourite, boolean archived, @Nullable String thumbHash,
        int version, Instant addedAt, @Nullable Instant trashedAt, @Nullable Instant purgeAt) {

    record Camera(
            @Nullable String make, @Nullable String model, @Nullable String lens, @Nullable Integer iso,
            @Nullable Double exposureSeconds, @Nullable Double fNumber, @Nullable Double focalLengthMm) {}

    static PictureJson of(Picture picture) {
        var camera = picture.camera();
        var trashedAt = picture.trashedAt();
        return new PictureJson(
                picture.id(), picture.state().text(), picture.reason(), picture.kind().video() ? "video" : "photo", picture.kind().mediaType(),
                picture.fileName(), picture.digest().hex(), picture.sizeBytes(), picture.width(), picture.height(),
                TakenAtText.of(picture.takenAt(), picture.takenOffsetSeconds()), picture.takenAtSource(),
                picture.latitude(), picture.longitude(), picture.altitude(),
                new Camera(camera.make(), camera.model(), camera.lens(), camera.iso(), camera.exposureSeconds(), camera.fNumber(), camera.focalLengthMm()),
                picture.durationMs(), picture.description(), picture.rating(), picture.favourite(), picture.archived(), picture.thumbHash(),
                picture.version(), picture.addedAt(), trashedAt, trashedAt == null ? null : trashedAt.plus(Trash.KEPT));
    }
}
