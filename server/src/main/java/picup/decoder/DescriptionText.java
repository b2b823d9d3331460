package picup.decoder;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what somebody wrote about a picture from what a camera puts there by itself.
final class DescriptionText {

    /// As found in the wild: programs' marks, and the abbreviations by which Huawei's phones say how they processed it (`edf`: extended
    /// depth of field…).
    private static final Set<String> OF_CAMERAS = Set.of(
            "sony dsc", "samsung", "samsung csc", "samsung camera pictures", "panasonic dsc", "exif_jpeg_picture", "exif jpeg", "jpeg_picture",
            "default", "untitled", "unknown", "binary comment", "image description", "charset=ascii", "ascii", "user comments", "dcim", "camera", "photo",
            "hisilicon k3", "created with gimp", "lead technologies inc. v1.01", "cof", "dav", "edf", "ozedf", "oznor", "ozhdr", "oznorwo", "nor", "hdr", "hdrpl",
            "rhdr", "sdr", "mde", "rbt", "bty", "btr", "qrf", "fbt", "vft", "ptr", "hrscd", "hypercube", "fav", "hdrpl_h", "rptr", "ozcof", "ozbty", "cdav");

    private static final Pattern MADE_UP = Pattern.compile("(?is)" + String.join("|",
            "[\\w .-]{0,40}digital (still )?camera", // OLYMPUS DIGITAL CAMERA and its like
            "DCIM[\\\\/].{1,200}+", // DCIM\100MEDIA\DJI_0001.JPG of drones and action cameras
            "<[^<>]{1,80}+>", // <Digimax i5, Samsung #1>
            "(DSC|DSCN|DSCF|IMG|MVI|PICT|P|GOPR)[-_]?\\d{3,8}(\\.jpe?g)?", "0\\d{4,9}", // a name of the file, a counter
            "\\{.*+", // a program's data
            "[^\\p{L}\\p{N}]*+")); // no letter at all

    /// EXIF 2.32, "UserComment": eight bytes that say how the rest is encoded.
    private static final int CHARSET_BYTES = 8;

    private DescriptionText() {}

    /// @return none where nobody wrote it
    static @Nullable String of(@Nullable String hostile) {
        String text = CleanText.description(hostile);
        if (text == null || OF_CAMERAS.contains(text.toLowerCase(Locale.ROOT)) || MADE_UP.matcher(text).matches()) {
            return null;
        }
        return text;
    }

    /// Only where the charset is said: the rest is what phones' own programs keep there for themselves, as is what looks like
    /// a program's data.
    static @Nullable String ofComment(byte @Nullable [] comment) {
        if (comment == null || comment.length <= CHARSET_BYTES + 1) {
            return null;
        }
        // Its order of bytes ought to be the file's, and often isn't: half of the letters of most languages begin with 0.
        boolean littleEndian = comment[CHARSET_BYTES] != 0 && comment[CHARSET_BYTES + 1] == 0;
        Charset charset = switch (new String(comment, 0, CHARSET_BYTES, StandardCharsets.ISO_8859_1)) {
            // Some programs write UTF-8 and call it ASCII; where it isn't that, it becomes signs that nobody mistakes.
            case "ASCII\0\0\0" -> StandardCharsets.UTF_8;
            case "UNICODE\0" -> littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            default -> null;
        };
        String text = charset == null ? null : of(new String(comment, CHARSET_BYTES, comment.length - CHARSET_BYTES, charset));
        return text == null || text.startsWith("<") || text.contains("=") ? null : text;
    }
}
