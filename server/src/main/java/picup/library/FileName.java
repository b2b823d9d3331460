package picup.library;

/// A file's name as its sender wrote it: hostile text, shown to people and offered at download, never used as a path.
public final class FileName {
    private static final int LONGEST_CHARS = 255;

    private FileName() {}

    /// The last part of whatever path it claims, without control and direction-changing characters (which would make
    /// `gpj.exe` out of `exe.jpg` on a screen), of bounded length.
    public static String clean(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var cleaned = last.codePoints()
                .filter(FileName::visible)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString().strip();
        if (cleaned.isEmpty() || cleaned.equals(".") || cleaned.equals("..")) {
            return "unnamed";
        }
        if (cleaned.length() <= LONGEST_CHARS) {
            return cleaned;
        }
        // The end says what it is, so the middle goes.
        int tail = 20;
        var head = cleaned.substring(0, cleaned.offsetByCodePoints(0, Math.min(LONGEST_CHARS - tail - 1, cleaned.codePointCount(0, cleaned.length()) - 1)));
        head = head.length() > LONGEST_CHARS - tail - 1 ? head.substring(0, LONGEST_CHARS - tail - 2) : head;
        return head + "…" + cleaned.substring(cleaned.length() - tail);
    }

    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
