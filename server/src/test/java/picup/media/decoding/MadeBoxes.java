package picup.media.decoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Boxes for files of ISO/IEC 14496-12, put where no tool at hand puts them.
final class MadeBoxes {

    private MadeBoxes() {}

    static byte[] box(String type, byte[]... content) {
        byte[] inside = joined(content);
        return ByteBuffer.allocate(8 + inside.length).putInt(8 + inside.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(inside).array();
    }

    /// As the last child of the box that `path` leads to, whose parents grow with it. The index has to come after the frames,
    /// whose places it lists.
    static byte[] inserted(byte[] file, byte[] box, String... path) {
        byte[] grown = file.clone();
        int from = 0;
        int end = file.length;
        for (String type : path) {
            int at = find(file, type, from, end);
            int size = ByteBuffer.wrap(file).getInt(at);
            ByteBuffer.wrap(grown).putInt(at, size + box.length);
            from = at + 8 + switch (type) {
                case "stsd" -> 8;
                case "avc1" -> 78;
                default -> 0;
            };
            end = at + size;
        }
        return joined(Arrays.copyOf(grown, end), box, Arrays.copyOfRange(grown, end, grown.length));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static int find(byte[] file, String type, int from, int end) {
        int at = from;
        while (at + 8 <= end) {
            if (new String(file, at + 4, 4, StandardCharsets.ISO_8859_1).equals(type)) {
                return at;
            }
            at += ByteBuffer.wrap(file).getInt(at);
        }
        throw new IllegalStateException("there is no box " + type);
    }
}
