package picup.library;

import java.text.Normalizer;
import java.util.ArrayList;

/// The folder in which a file lay, as its sender wrote it: hostile text by which files of one folder are told from those of
/// another. Never used as a path.
public final class FolderName {
    static final int LONGEST_CHARS = 1024;

    private FolderName() {}

    /// Relative, with `/` between levels, without steps to nowhere; empty for none. What is too long keeps its end, which
    /// tells folders apart.
    public static String clean(String path) {
        var levels = new ArrayList<String>();
        for (var level : Normalizer.normalize(path, Normalizer.Form.NFC).split("[/\\\\]+")) {
            var cleaned = level.isBlank() ? "unnamed" : FileName.clean(level);
            if (!cleaned.equals("unnamed")) {
                levels.add(cleaned);
            }
        }
        var folder = String.join("/", levels);
        if (folder.length() <= LONGEST_CHARS) {
            return folder;
        }
        int from = folder.length() - LONGEST_CHARS;
        return folder.substring(Character.isLowSurrogate(folder.charAt(from)) ? from + 1 : from);
    }
}
