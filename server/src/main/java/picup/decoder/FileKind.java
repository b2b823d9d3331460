package picup.decoder;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The kinds of file that Picup takes in, decided by content, never by name.
///
/// Whatever doesn't start with the magic of a kind is refused: SVG, HTML, PDF, scripts, and files that are a picture only
/// from some later offset. A file that is a picture and something else as well counts as the picture it starts with, and
/// is never served as anything else.
public enum FileKind {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    GIF("image/gif", "gif"),
    HEIC("image/heic", "heic"),
    AVIF("image/avif", "avif"),
    MP4("video/mp4", "mp4"),
    MOV("video/quicktime", "mov");

    /// How many bytes [#of] wants to see; fewer are fine for a shorter file.
    public static final int HEAD_BYTES = 256;

    /// The brands of ISO base media files, from the registry at mp4ra.org. A file's major brand decides; when it says
    /// nothing (`mif1`: some picture), the first compatible brand that does.
    private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis", "avio");
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");
    private static final Set<String> PICTURE_BRANDS = Set.of("mif1", "mif2", "msf1", "miaf", "mif3");
    private static final Set<String> MP4_BRANDS = Set.of("mp41", "mp42", "mp4v", "isom", "iso2", "iso3", "iso4", "iso5", "iso6",
            "iso7", "iso8", "iso9", "avc1", "hvc1", "av01", "dash", "mmp4", "MSNV", "M4V ", "M4VH", "M4VP", "F4V ", "f4v ", "XAVC",
            "3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "3g2b", "3g2c", "3gr6", "3gs7", "NDSC", "cmfc", "msdh");

    /// Canon's RAW (CR3) and plain sound claim to be `isom` as well, but have no picture that a browser or libvips could show.
    private static final Set<String> REFUSED_BRANDS = Set.of("crx ", "M4A ", "M4B ", "M4P ", "F4A ", "aax ");

    /// Old QuickTime files have no `ftyp`: they start with one of these atoms (QuickTime File Format, "Movie atoms").
    private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

    private final String mediaType;
    private final String extension;

    FileKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /// Without the dot.
    public String extension() {
        return extension;
    }

    public boolean video() {
        return mediaType.startsWith("video/");
    }

    /// @param head the first bytes of the file, [#HEAD_BYTES] of them if it has so many
    public static Optional<FileKind> of(byte[] head) {
        if (startsWith(head, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (startsWith(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (startsWith(head, 0, "GIF87a") || startsWith(head, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBPVP8")) {
            return Optional.of(WEBP);
        }
        return ofBox(head);
    }

    private static Optional<FileKind> ofBox(byte[] head) {
        if (head.length < 12) {
            return Optional.empty();
        }
        String type = ascii(head, 4);
        if (!type.equals("ftyp")) {
            return QUICKTIME_ATOMS.contains(type) && plausibleSize(head) ? Optional.of(MOV) : Optional.empty();
        }
        if (REFUSED_BRANDS.contains(ascii(head, 8))) {
            return Optional.empty();
        }
        Optional<FileKind> major = ofBrand(ascii(head, 8));
        int end = (int) Math.min(head.length, sizeOf(head));
        for (int at = 16; major.isEmpty() && at + 4 <= end; at += 4) {
            major = ofBrand(ascii(head, at));
        }
        return major.or(() -> PICTURE_BRANDS.contains(ascii(head, 8)) ? Optional.of(HEIC) : Optional.empty());
    }

    private static Optional<FileKind> ofBrand(String brand) {
        if (AVIF_BRANDS.contains(brand)) {
            return Optional.of(AVIF);
        }
        if (HEIC_BRANDS.contains(brand)) {
            return Optional.of(HEIC);
        }
        if (brand.equals("qt  ")) {
            return Optional.of(MOV);
        }
        return MP4_BRANDS.contains(brand) ? Optional.of(MP4) : Optional.empty();
    }

    /// Atoms are at least their own header long; 0 means "to the end" and 1 "the length follows in eight bytes".
    private static boolean plausibleSize(byte[] head) {
        long size = sizeOf(head);
        return size == 0 || size == 1 || size >= 8;
    }

    private static long sizeOf(byte[] head) {
        return (head[0] & 0xffL) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
    }

    private static String ascii(byte[] head, int from) {
        return new String(head, from, 4, StandardCharsets.ISO_8859_1);
    }

    private static boolean startsWith(byte[] head, int from, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < from + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
