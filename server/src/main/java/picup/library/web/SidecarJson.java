package picup.library.web;

import java.util.Locale;
import java.util.UUID;
import picup.library.sidecar.Sidecar;

/// A file beside a picture, or one that waits for its picture.
///
/// @param kind `xmp` or `takeout`
record SidecarJson(UUID id, String fileName, String folder, String kind, String sha256, long sizeBytes) {
    static SidecarJson of(Sidecar sidecar) {
        return new SidecarJson(sidecar.id(), sidecar.fileName(), sidecar.folder(), sidecar.kind().name().toLowerCase(Locale.ROOT),
                sidecar.digest().hex(), sidecar.sizeBytes());
    }
}
