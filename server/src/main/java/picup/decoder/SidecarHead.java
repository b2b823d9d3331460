package picup.decoder;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells the two kinds of sidecar from all other text. Both are read by a decoder only; this looks for a few words.
final class SidecarHead {

    private SidecarHead() {}

    static Optional<FileKind> kind(byte[] head) {
        String text = text(head);
        if (text.startsWith("<")) {
            boolean xmp = text.startsWith("<?xpacket") || text.contains("adobe:ns:meta/") || text.contains("<rdf:RDF");
            boolean page = text.contains("<svg") || text.contains("<html") || text.contains("<!DOCTYPE") || text.contains("<!ENTITY");
            return xmp && !page ? Optional.of(FileKind.XMP) : Optional.empty();
        }
        boolean takeout = text.startsWith("{") && text.contains("\"title\"")
                && (text.contains("\"photoTakenTime\"") || text.contains("\"googlePhotosOrigin\"") || text.contains("\"geoData\""));
        return takeout ? Optional.of(FileKind.TAKEOUT) : Optional.empty();
    }

    private static String text(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return (text.startsWith("\ufeff") ? text.substring(1) : text).stripLeading();
    }
}
