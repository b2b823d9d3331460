package picup.decoder;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The kinds of file that Picup takes in, decided by content, never by name.
///
/// Whatever doesn't start with the magic of a kind is refused: SVG, HTML, PDF, scripts, and files that are a picture only
/// from some later offset. A file that is a picture and something else as well counts as the picture it starts with, and
/// is never served as anything else.
///
/// What is harder to tell than by its first bytes has a type of its own: [TiffHead], [SidecarHead].
public enum FileKind {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    GIF("image/gif", "gif"),
    HEIC("image/heic", "heic"),
    AVIF("image/avif", "avif"),
    JXL("image/jxl", "jxl"),
    TIFF("image/tiff", "tif"),
    BMP("image/bmp", "bmp"),
    ICO("image/x-icon", "ico"),
    JP2("image/jp2", "jp2"),
    PSD("image/vnd.adobe.photoshop", "psd"),
    /// What a sensor saw, in whatever its maker wraps it: CR2, CR3, CRW, NEF, ARW, DNG, RAF, ORF, RW2, PEF, SRW, 3FR, IIQ, X3F, MRW.
    RAW("image/x-raw", "raw"),
    MP4("video/mp4", "mp4"),
    MOV("video/quicktime", "mov"),
    MKV("video/x-matroska", "mkv"),
    WEBM("video/webm", "webm"),
    AVI("video/x-msvideo", "avi"),
    /// MPEG-2 transport stream, of camcorders (AVCHD) and television.
    MTS("video/mp2t", "mts"),
    /// MPEG-1 or MPEG-2 program stream, of old cameras and DVDs.
    MPEG("video/mpeg", "mpg"),
    WMV("video/x-ms-wmv", "wmv"),
    /// Facts beside a picture, as Lightroom, digiKam and darktable keep them.
    XMP("application/rdf+xml", "xmp"),
    /// Facts beside a picture, as Google Takeout writes them.
    TAKEOUT("application/json", "json");

    /// How many bytes [#of] wants to see; fewer are fine for a shorter file. The first directory of nearly every TIFF lies
    /// within; what comes later than that can't make it a RAW for us.
    public static final int HEAD_BYTES = 65_536;

    /// The brands of ISO base media files, from the registry at mp4ra.org. A file's major brand decides; when it says
    /// nothing (`mif1`: some picture), the first compatible brand that does.
    private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis", "avio");
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");
    private static final Set<String> PICTURE_BRANDS = Set.of("mif1", "mif2", "msf1", "miaf", "mif3", "jpeg", "unif");
    private static final Set<String> MP4_BRANDS = Set.of("mp41", "mp42", "mp4v", "isom", "iso2", "iso3", "iso4", "iso5", "iso6",
            "iso7", "iso8", "iso9", "avc1", "hvc1", "av01", "dash", "mmp4", "MSNV", "M4V ", "M4VH", "M4VP", "F4V ", "f4v ", "XAVC",
            "3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "3g2b", "3g2c", "3gr6", "3gs7", "NDSC", "cmfc", "msdh");

    /// Plain sound claims to be `isom` as well, but has no picture.
    private static final Set<String> REFUSED_BRANDS = Set.of("M4A ", "M4B ", "M4P ", "F4A ", "aax ");

    /// Canon's RAW since 2018 (CR3).
    private static final String RAW_BRAND = "crx ";

    /// Old QuickTime files have no `ftyp`: they start with one of these atoms (QuickTime File Format, "Movie atoms").
    private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

    /// Sizes of the second header of a bitmap, from OS/2's of 1987 to Windows 98's.
    private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

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

    /// Not a picture itself: it says something about one.
    public boolean sidecar() {
        return this == XMP || this == TAKEOUT;
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
        if (startsWith(head, 0, "RIFF")) {
            return startsWith(head, 8, "WEBPVP8") ? Optional.of(WEBP) : startsWith(head, 8, "AVI ") ? Optional.of(AVI) : Optional.empty();
        }
        return ofBitmap(head)
                .or(() -> TiffHead.kind(head))
                .or(() -> ofRaw(head))
                .or(() -> ofBox(head))
                .or(() -> ofStream(head))
                .or(() -> SidecarHead.kind(head));
    }

    private static Optional<FileKind> ofBitmap(byte[] head) {
        if (startsWith(head, 0, "\u00ff\n") || startsWith(head, 0, "\0\0\0\fJXL \r\n\u0087\n")) {
            return Optional.of(JXL);
        }
        if (startsWith(head, 0, "\0\0\0\fjP  \r\n\u0087\n") || startsWith(head, 0, "\u00ffO\u00ffQ")) {
            return Optional.of(JP2);
        }
        if (startsWith(head, 0, "8BPS\0\1") || startsWith(head, 0, "8BPS\0\2")) {
            return Optional.of(PSD);
        }
        // "BM" alone begins many a text. The size of the second header follows, and is one of seven.
        if (startsWith(head, 0, "BM") && head.length > 18 && BMP_HEADERS.contains(head[14] & 255) && startsWith(head, 15, "\0\0\0")) {
            return Optional.of(BMP);
        }
        boolean icons = startsWith(head, 0, "\0\0\1\0") && head.length > 22 && head[4] != 0 && head[5] == 0 && head[9] == 0;
        return icons ? Optional.of(ICO) : Optional.empty();
    }

    /// Those that aren't TIFF. Sources: ExifTool's and LibRaw's identification of files.
    private static Optional<FileKind> ofRaw(byte[] head) {
        boolean raw = startsWith(head, 0, "FUJIFILMCCD-RAW ") || startsWith(head, 0, "FOVb") || startsWith(head, 0, "\0MRM")
                || startsWith(head, 6, "HEAPCCDR") && (startsWith(head, 0, "II") || startsWith(head, 0, "MM"));
        return raw ? Optional.of(RAW) : Optional.empty();
    }

    private static Optional<FileKind> ofStream(byte[] head) {
        if (startsWith(head, 0, "\u001aE\u00df\u00a3")) {
            // The document type is one of a handful of small elements that come first.
            String first = new String(head, 0, Math.min(head.length, 128), StandardCharsets.ISO_8859_1);
            return first.contains("webm") ? Optional.of(WEBM) : first.contains("matroska") ? Optional.of(MKV) : Optional.empty();
        }
        if (startsWith(head, 0, "0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel")) {
            return Optional.of(WMV);
        }
        if (startsWith(head, 0, "\0\0\1\u00ba") || startsWith(head, 0, "\0\0\1\u00b3")) {
            return Optional.of(MPEG);
        }
        return transportStream(head, 0, 188) || transportStream(head, 4, 192) ? Optional.of(MTS) : Optional.empty();
    }

    /// Packets of one length that each begin with `G` (ISO/IEC 13818-1, "sync_byte"); those of camcorders with a time before it.
    private static boolean transportStream(byte[] head, int first, int packetBytes) {
        for (int i = 0; i < 4; i++) {
            if (!startsWith(head, first + i * packetBytes, "G")) {
                return false;
            }
        }
        return true;
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
        if (RAW_BRAND.equals(ascii(head, 8))) {
            return Optional.of(RAW);
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

    static boolean startsWith(byte[] head, int from, String magic) {
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
