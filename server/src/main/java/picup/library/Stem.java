package picup.library;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A file's name without its ending, by which files that belong together are told. As the function `storage.stem` of the
/// database has it.
public final class Stem {
    /// `PXL_1.RAW-01.COVER.jpg` and `PXL_1.RAW-02.ORIGINAL.dng` are a pair.
    private static final Pattern PIXEL = Pattern.compile("\\.raw-\\d\\d(\\.(cover|original))?$");

    private Stem() {}

    public static String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return shortened(Normalizer.normalize(dot < 0 ? fileName : fileName.substring(0, dot), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }

    /// @param stem lower case, without an ending
    public static String shortened(String stem) {
        return PIXEL.matcher(stem).replaceFirst("");
    }
}
