package picup.decoder;

import org.jspecify.annotations.Nullable;

/// What a file beside a picture says about it: an XMP sidecar, or Google Takeout's JSON. As little to be trusted as [Facts].
///
/// @param title     name of the picture's file, where the sidecar knows it (Takeout shortens its own name)
/// @param favourite as Takeout has it
public record SidecarFacts(
        @Nullable String title, Facts.@Nullable Taken taken, Facts.@Nullable Place place, Facts.Words words, boolean favourite) {
    public SidecarFacts {
        if (title != null && (title.isEmpty() || title.length() > Facts.MAX_NAME_CHARS)) {
            throw new IllegalArgumentException("impossible title: empty or too long");
        }
    }
}
