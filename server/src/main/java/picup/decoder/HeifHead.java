package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The structure of a HEIC or AVIF, for what libvips doesn't tell: what its numbers mean as light, whether there is a map of
/// brightness beside the picture, whether it moves, and what the picture is made of when libheif can't read it.
///
/// Source: ISO/IEC 23008-12 (HEIF) and 14496-12 (boxes).
final class HeifHead {

    private static final int MOST_BOXES = 4096;
    private static final int MOST_ITEMS = 20_000;

    /// @param type of the box, four letters
    private record Box(String type, long from, long end) {}

    private record Extent(long at, long bytes) {}

    private final FileBytes file;
    private final Map<Long, String> itemTypes = new HashMap<>();
    private final Map<Long, List<Integer>> itemProperties = new HashMap<>();
    private final Map<Long, List<Extent>> itemExtents = new HashMap<>();
    private final Map<Long, Long> firstTiles = new HashMap<>();
    private final List<Box> properties = new ArrayList<>();
    private final Set<String> auxiliaries = new HashSet<>();
    private long primary;
    private int trackFrames;
    private int tracks;
    private int boxes;

    private HeifHead(FileBytes file) {
        this.file = file;
    }

    static HeifHead of(FileBytes file) throws IOException {
        HeifHead head = new HeifHead(file);
        try {
            head.read(0, file.size());
        } catch (EOFException cutOff) {
            // What was read so far is what there is.
            return head;
        }
        return head;
    }

    /// `hvc1`, `av01`, `grid`, `jpeg`, `unci`; empty where nothing is the picture.
    String codec() {
        return itemTypes.getOrDefault(primary, "");
    }

    boolean gainMap() {
        return itemTypes.containsValue("tmap") || auxiliaries.stream().anyMatch(type -> type.toLowerCase(Locale.ROOT).contains("hdrgainmap"));
    }

    /// Of the first track with pictures; 0 where there is none.
    int trackFrames() {
        return trackFrames;
    }

    /// A second one is the opacity of the first.
    int tracks() {
        return tracks;
    }

    @Nullable Signal signal() throws IOException {
        Signal own = signal(primary);
        return own == null && firstTiles.containsKey(primary) ? signal(firstTiles.get(primary)) : own;
    }

    private @Nullable Signal signal(long item) throws IOException {
        for (int index : itemProperties.getOrDefault(item, List.of())) {
            Box property = index >= 1 && index <= properties.size() ? properties.get(index - 1) : null;
            if (property != null && property.type.equals("colr") && file.ascii(property.from, 4).equals("nclx")) {
                return new Signal(file.be16(property.from + 4), file.be16(property.from + 6));
            }
        }
        return null;
    }

    /// Copies the bytes of the picture into a file of their own.
    boolean copyPrimary(Path to) throws IOException {
        List<Extent> extents = itemExtents.getOrDefault(primary, List.of());
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (Extent extent : extents) {
                file.copy(extent.at, extent.bytes == 0 ? file.size() - extent.at : extent.bytes, out);
            }
        }
        return !extents.isEmpty();
    }

    private void read(long from, long end) throws IOException {
        for (Box box : boxes(from, end)) {
            switch (box.type) {
                case "meta" -> read(box.from + 4, box.end);
                case "moov", "mdia", "minf", "stbl", "iprp" -> read(box.from, box.end);
                case "trak" -> readTrack(box);
                case "pitm" -> primary = file.u8(box.from) == 0 ? file.be16(box.from + 4) : file.be32(box.from + 4);
                case "iinf" -> read(box.from + (file.u8(box.from) == 0 ? 6 : 8), box.end);
                case "infe" -> readItem(box);
                case "iloc" -> readLocations(box);
                case "iref" -> readReferences(box);
                case "ipco" -> {
                    for (Box property : boxes(box.from, box.end)) {
                        properties.add(property);
                        if (property.type.equals("auxC")) {
                            auxiliaries.add(file.ascii(property.from + 4, (int) Math.min(64, property.end - property.from - 4)));
                        }
                    }
                }
                case "ipma" -> readAssociations(box);
                default -> { }
            }
        }
    }

    private List<Box> boxes(long from, long end) throws IOException {
        List<Box> found = new ArrayList<>();
        for (long at = from; at + 8 <= end && boxes < MOST_BOXES; boxes++) {
            long size = file.be32(at);
            String type = file.ascii(at + 4, 4);
            int head = 8;
            if (size == 1) {
                size = file.be64(at + 8);
                head = 16;
            } else if (size == 0) {
                size = end - at;
            }
            if (size < head || size > end - at) {
                break;
            }
            found.add(new Box(type, at + head, at + size));
            at += size;
        }
        return found;
    }

    /// Frames are counted by the table of their sizes.
    private void readTrack(Box track) throws IOException {
        Box at = track;
        for (String inner : List.of("mdia", "minf", "stbl")) {
            at = child(at, inner);
            if (at == null) {
                return;
            }
        }
        Box sizes = child(at, "stsz");
        sizes = sizes == null ? child(at, "stz2") : sizes;
        if (sizes != null) {
            tracks++;
            int frames = (int) Math.min(Integer.MAX_VALUE, file.be32(sizes.from + 8));
            trackFrames = trackFrames == 0 ? frames : trackFrames;
        }
    }

    private @Nullable Box child(Box box, String type) throws IOException {
        return boxes(box.from, box.end).stream().filter(inner -> inner.type.equals(type)).findFirst().orElse(null);
    }

    private void readItem(Box box) throws IOException {
        int version = file.u8(box.from);
        if (version >= 2 && itemTypes.size() < MOST_ITEMS) {
            int idBytes = version == 2 ? 2 : 4;
            itemTypes.put(number(box.from + 4, idBytes), file.ascii(box.from + 4 + idBytes + 2, 4));
        }
    }

    private void readLocations(Box box) throws IOException {
        int version = file.u8(box.from);
        int sizes = file.be16(box.from + 4);
        int offsetBytes = sizes >> 12;
        int lengthBytes = sizes >> 8 & 15;
        int baseBytes = sizes >> 4 & 15;
        int indexBytes = version == 0 ? 0 : sizes & 15;
        int idBytes = version < 2 ? 2 : 4;
        long count = number(box.from + 6, idBytes);
        long at = box.from + 6 + idBytes;
        for (long i = 0; i < Math.min(count, MOST_ITEMS); i++) {
            long item = number(at, idBytes);
            at += idBytes;
            int method = 0;
            if (version > 0) {
                method = file.be16(at) & 15;
                at += 2;
            }
            long base = number(at + 2, baseBytes);
            int extents = file.be16(at + 2 + baseBytes);
            at += 4 + baseBytes;
            for (int e = 0; e < extents; e++) {
                long offset = number(at + indexBytes, offsetBytes);
                long length = number(at + indexBytes + offsetBytes, lengthBytes);
                at += indexBytes + offsetBytes + lengthBytes;
                if (method == 0 && itemExtents.size() < MOST_ITEMS) {
                    itemExtents.computeIfAbsent(item, _ -> new ArrayList<>()).add(new Extent(base + offset, length));
                }
            }
        }
    }

    /// Of what a grid is made: its tiles look alike.
    private void readReferences(Box box) throws IOException {
        int idBytes = file.u8(box.from) == 0 ? 2 : 4;
        for (Box reference : boxes(box.from + 4, box.end)) {
            if (reference.type.equals("dimg") && file.be16(reference.from + idBytes) > 0) {
                firstTiles.put(number(reference.from, idBytes), number(reference.from + idBytes + 2, idBytes));
            }
        }
    }

    private void readAssociations(Box box) throws IOException {
        int idBytes = file.u8(box.from) == 0 ? 2 : 4;
        boolean wide = (file.u8(box.from + 3) & 1) == 1;
        long count = file.be32(box.from + 4);
        long at = box.from + 8;
        for (long i = 0; i < Math.min(count, MOST_ITEMS); i++) {
            long item = number(at, idBytes);
            int associations = file.u8(at + idBytes);
            at += idBytes + 1;
            List<Integer> indices = itemProperties.computeIfAbsent(item, _ -> new ArrayList<>());
            for (int a = 0; a < associations; a++) {
                indices.add(wide ? file.be16(at) & 0x7fff : file.u8(at) & 0x7f);
                at += wide ? 2 : 1;
            }
        }
    }

    private long number(long at, int bytes) throws IOException {
        return switch (bytes) {
            case 0 -> 0;
            case 2 -> file.be16(at);
            case 4 -> file.be32(at);
            case 8 -> file.be64(at);
            default -> throw new EOFException("a number of " + bytes + " bytes");
        };
    }
}
