package picup.library;

import picup.decoder.FileKind;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// What is taken in: decided by the content, never by a name.
public final class KnownKind {
    private KnownKind() {}

    /// @param head the first [FileKind#HEAD_BYTES], or the whole file
    /// @throws ProblemException `not-a-picture`
    public static FileKind of(byte[] head) {
        return FileKind.of(head).orElseThrow(() -> Problem.NOT_A_PICTURE.because(head.length == 0
                ? "The file is empty."
                : "Its content is none of the kinds that Picup takes (JPEG, PNG, WebP, GIF, HEIC, AVIF, JPEG XL, TIFF, RAW, MP4, MOV, MKV and many more; XMP and the JSON of Google Takeout beside them), whatever its name says. Nothing was kept."));
    }
}
