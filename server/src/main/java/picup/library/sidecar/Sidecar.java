package picup.library.sidecar;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;
import picup.platform.MemberId;
import picup.storage.Digest;

/// A file beside a picture, as its row says.
///
/// @param titleTarget name of its picture, as its content says
/// @param picture     null while it waits
/// @param facts       null until it has been read, and for what cannot be
public record Sidecar(
        MemberId owner, UUID id, Digest digest, FileKind kind, String fileName, String folder, long sizeBytes, @Nullable String titleTarget,
        @Nullable UUID picture, @Nullable SidecarFacts facts, Instant addedAt) {

    SidecarTarget target() {
        return SidecarTarget.of(kind, fileName);
    }
}
