package picup.library.archive;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.decoder.Recipe;
import picup.library.Picture;
import picup.library.TakenAtText;

/// What Picup knows of a picture, as the archive's JSON says it.
///
/// @param file    its path in the archive
/// @param takenAt local time of the place, with the offset where it is known
/// @param edited  names of what a person set
/// @param edit    what a person made of its pixels, which the file beside does not show
/// @param albums  their names
/// @param partOf  the id of the picture whose item it is a part of
/// @param partRole `live`, `raw` or `burst`
record PictureFacts(
        UUID id, String file, String fileName, String mediaType, String sha256, long sizeBytes, @Nullable Integer width, @Nullable Integer height,
        String takenAt, String takenAtSource, @Nullable Double latitude, @Nullable Double longitude, @Nullable Double altitude,
        Picture.Camera camera, @Nullable Long durationMs, @Nullable String description, @Nullable Integer rating, boolean favourite,
        boolean archived, boolean locked, List<String> tags, List<String> edited, @Nullable Recipe edit, List<String> albums, @Nullable UUID partOf, @Nullable String partRole,
        Instant addedAt, @Nullable Instant trashedAt) {

    static PictureFacts of(Picture picture, String file, List<String> albums) {
        var role = picture.item().role();
        return new PictureFacts(picture.id(), file, picture.fileName(), picture.kind().mediaType(), picture.digest().hex(), picture.sizeBytes(),
                picture.originalWidth(), picture.originalHeight(), TakenAtText.of(picture.takenAt(), picture.takenOffsetSeconds()), picture.takenAtSource(),
                picture.latitude(), picture.longitude(), picture.altitude(), picture.camera(), picture.durationMs(), picture.description(),
                picture.rating(), picture.favourite(), picture.archived(), picture.locked(), picture.detail().tags(), picture.item().edited(), picture.edit().wanted(), albums, picture.item().partOf(),
                role == null ? null : role.text(), picture.addedAt(), picture.trashedAt());
    }
}
