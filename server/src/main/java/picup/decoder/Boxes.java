package picup.decoder;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The boxes of MP4, MOV and HEIC (ISO/IEC 14496-12, 4.2), found without reading what is inside.
final class Boxes implements Closeable {

    /// A dozen boxes are usual, a track more for each stream; a file of a million empty ones isn't worth the reading.
    private static final int MAX_BOXES = 256;

    private final RandomAccessFile file;

    Boxes(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
    }

    /// @param start of its content
    /// @param end   of its content; of a file that was cut off, where the file ends
    record Box(String type, long start, long end) {
        long length() {
            return end - start;
        }
    }

    List<Box> top() throws IOException {
        return within(0, file.length());
    }

    List<Box> in(Box parent) throws IOException {
        return within(parent.start(), parent.end());
    }

    Optional<Box> first(Box parent, String type) throws IOException {
        return in(parent).stream().filter(box -> box.type().equals(type)).findFirst();
    }

    byte[] content(Box box, int maxBytes) throws IOException {
        byte[] content = new byte[(int) Math.min(box.length(), maxBytes)];
        file.seek(box.start());
        file.readFully(content);
        return content;
    }

    /// Whether a player finds the index (`moov`) before the frames (`mdat`), and finds all of it: of a film in fragments each
    /// has an index of its own (`moof`), and a player that wants to seek has to look for them.
    static boolean indexInFront(Path path) throws IOException {
        try (Boxes boxes = new Boxes(path)) {
            List<String> order = boxes.top().stream().map(Box::type).filter(List.of("moov", "mdat", "moof")::contains).toList();
            return !order.isEmpty() && order.getFirst().equals("moov") && !order.contains("moof");
        }
    }

    static boolean fragmented(Path path) throws IOException {
        try (Boxes boxes = new Boxes(path)) {
            return boxes.top().stream().anyMatch(box -> box.type().equals("moof"));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private List<Box> within(long from, long to) throws IOException {
        List<Box> boxes = new ArrayList<>();
        byte[] header = new byte[16];
        long at = from;
        while (boxes.size() < MAX_BOXES && at + 8 <= to) {
            file.seek(at);
            int read = file.read(header, 0, (int) Math.min(16, to - at));
            if (read < 8) {
                break;
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            long size = fields.getInt(0) & 0xffffffffL;
            String type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
            int headerBytes = size == 1 ? 16 : 8;
            size = size == 1 && read == 16 ? fields.getLong(8) : size == 0 ? to - at : size;
            if (size < headerBytes) {
                break;
            }
            long end = size > to - at ? to : at + size;
            boxes.add(new Box(type, Math.min(end, at + headerBytes), end));
            at = end;
        }
        return boxes;
    }
}
