package picup.decoder;

import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.properties.XMPProperty;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where in a photo a video lies. Three ways of saying so are known, none is believed: the bytes must look like a video.
///
/// - Samsung's trailer (`SEFH` … `SEFT`) lists what was appended, by name: ExifTool's Samsung.pm
/// - Google's "Motion Photo format 1.0" lists the parts in XMP (`Container:Directory`), of which a gain map is another; the last
///   ends where the file does. Its predecessor has the distance from the end (`MicroVideoOffset`)
/// - In HEIC and AVIF the video lies in a box of its own (`mpvd`)
///
/// @param start of the video, from the beginning of the file
/// @param end   of the video, or of what follows it
record MotionPhoto(long start, long end) {

    /// A few seconds at the highest quality of any phone.
    static final long MAX_VIDEO_BYTES = 256L << 20;

    private static final int MIN_VIDEO_BYTES = 256;
    private static final int MAX_SEGMENTS = 200;
    private static final int MAX_ITEMS = 32;
    private static final int MAX_SAMSUNG_ENTRIES = 128;

    /// An APP1 segment of JPEG.
    private static final int MAX_XMP_BYTES = 65_536;
    private static final String XMP_HEADER = "http://ns.adobe.com/xap/1.0/\0";
    private static final String CAMERA = "http://ns.google.com/photos/1.0/camera/";
    private static final String CONTAINER = "http://ns.google.com/photos/1.0/container/";
    private static final String ITEM = "http://ns.google.com/photos/1.0/container/item/";

    static Optional<MotionPhoto> in(Path photo, FileKind kind) throws IOException {
        if (kind != FileKind.JPEG && kind != FileKind.HEIC && kind != FileKind.AVIF) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(photo)) {
            List<MotionPhoto> said = new ArrayList<>(samsungs(file));
            if (kind == FileKind.JPEG) {
                said.addAll(googles(file));
            } else {
                said.addAll(boxed(photo));
            }
            for (MotionPhoto one : said) {
                if (one.holdsVideo(file)) {
                    return Optional.of(one);
                }
            }
            return said.isEmpty() ? Optional.empty() : search(file);
        }
    }

    private boolean holdsVideo(FileChannel file) throws IOException {
        if (start < 1 || end > file.size() || end - start < MIN_VIDEO_BYTES || end - start > MAX_VIDEO_BYTES) {
            return false;
        }
        byte[] head = read(file, start, 64).array();
        return FileKind.startsWith(head, 4, "ftyp") && FileKind.of(head).filter(FileKind::video).isPresent();
    }

    /// From the end of the file: `SEFH`, version, count, entries of a type, a distance back from `SEFH` and a size; the length
    /// of all this; `SEFT`. What an entry points to begins with the type, and a name with its length.
    private static List<MotionPhoto> samsungs(FileChannel file) throws IOException {
        ByteBuffer tail = read(file, file.size() - 8, 8).order(ByteOrder.LITTLE_ENDIAN);
        if (tail.limit() < 8 || !ascii(tail, 4, 4).equals("SEFT")) {
            return List.of();
        }
        long directory = file.size() - 8 - (tail.getInt(0) & 0xffffffffL);
        ByteBuffer entries = read(file, directory, 12 + 12 * MAX_SAMSUNG_ENTRIES).order(ByteOrder.LITTLE_ENDIAN);
        if (entries.limit() < 12 || !ascii(entries, 0, 4).equals("SEFH")) {
            return List.of();
        }
        List<MotionPhoto> found = new ArrayList<>();
        int count = Math.clamp(entries.getInt(8), 0, (entries.limit() - 12) / 12);
        for (int i = 0; i < count; i++) {
            long start = directory - (entries.getInt(12 + 12 * i + 4) & 0xffffffffL);
            long size = entries.getInt(12 + 12 * i + 8) & 0xffffffffL;
            ByteBuffer name = read(file, start, 8 + 32).order(ByteOrder.LITTLE_ENDIAN);
            int nameBytes = name.limit() < 40 ? 0 : name.getInt(4);
            if (nameBytes > 0 && nameBytes <= 32 && ascii(name, 8, nameBytes).equals("MotionPhoto_Data")) {
                found.add(new MotionPhoto(start + 8 + nameBytes, start + size));
            }
        }
        return found;
    }

    private static List<MotionPhoto> boxed(Path photo) throws IOException {
        try (Boxes boxes = new Boxes(photo)) {
            return boxes.top().stream().filter(box -> box.type().equals("mpvd")).map(box -> new MotionPhoto(box.start(), box.end())).toList();
        }
    }

    private static List<MotionPhoto> googles(FileChannel file) throws IOException {
        for (ByteBuffer packet : packets(file)) {
            String text = ascii(packet, 0, packet.limit());
            // Most photos have a packet and none of this: parsing it would take longer than everything else here.
            if (text.contains("MicroVideo") || text.contains("MotionPhoto")) {
                try {
                    return googles(XMPMetaFactory.parseFromBuffer(packet.array(), new ParseOptions().setDisallowDoctype(true)), file.size());
                } catch (XMPException | RuntimeException | StackOverflowError broken) {
                    return List.of();
                }
            }
        }
        return List.of();
    }

    private static List<MotionPhoto> googles(XMPMeta xmp, long fileBytes) throws XMPException {
        List<MotionPhoto> said = new ArrayList<>();
        // Whoever wrote the packet may have called the namespace anything; a path wants the name that it got here.
        String container = XMPMetaFactory.getSchemaRegistry().registerNamespace(CONTAINER, "Container");
        XMPMetaFactory.getSchemaRegistry().registerNamespace(CAMERA, "GCamera");
        XMPMetaFactory.getSchemaRegistry().registerNamespace(ITEM, "Item");
        long fromEnd = 0;
        // From the last to the first, as each ends where the next begins.
        for (int i = Math.min(MAX_ITEMS, xmp.countArrayItems(CONTAINER, "Directory")); i > 1; i--) {
            String item = "Directory[" + i + "]/" + container + "Item";
            long end = fileBytes - fromEnd;
            fromEnd += number(xmp, item, "Length");
            if ("MotionPhoto".equals(field(xmp, item, "Semantic"))) {
                said.add(new MotionPhoto(fileBytes - fromEnd, end));
            }
        }
        String offset = xmp.getPropertyString(CAMERA, "MicroVideoOffset");
        if (offset != null && offset.matches("\\d{1,12}")) {
            said.add(new MotionPhoto(fileBytes - Long.parseLong(offset), fileBytes));
        }
        return said;
    }

    private static long number(XMPMeta xmp, String item, String field) throws XMPException {
        String text = field(xmp, item, field);
        return text != null && text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }

    private static @Nullable String field(XMPMeta xmp, String item, String field) throws XMPException {
        XMPProperty property = xmp.getStructField(CONTAINER, item, ITEM, field);
        return property == null ? null : property.getValue();
    }

    /// The XMP of a JPEG: segments up to the first that has pixels (JPEG, B.1.1.3).
    private static List<ByteBuffer> packets(FileChannel file) throws IOException {
        List<ByteBuffer> packets = new ArrayList<>();
        long at = 2;
        for (int segments = 0; segments < MAX_SEGMENTS; segments++) {
            ByteBuffer head = read(file, at, 4 + XMP_HEADER.length());
            if (head.limit() < 4 || head.get(0) != (byte) 0xff || (head.get(1) & 255) == 0xda) {
                break;
            }
            int length = head.getShort(2) & 0xffff;
            if ((head.get(1) & 255) == 0xe1 && head.limit() == 4 + XMP_HEADER.length() && ascii(head, 4, XMP_HEADER.length()).equals(XMP_HEADER)
                    && length > 2 + XMP_HEADER.length()) {
                packets.add(read(file, at + head.limit(), Math.min(MAX_XMP_BYTES, length - 2 - XMP_HEADER.length())));
            }
            at += 2 + length;
        }
        return packets;
    }

    /// Somebody said that there is one, but not where: programs that change the picture forget to change the distances.
    private static Optional<MotionPhoto> search(FileChannel file) throws IOException {
        int window = 1 << 16;
        long last = Math.min(file.size(), MAX_VIDEO_BYTES);
        for (long at = 4; at + 8 < last; at += window) {
            ByteBuffer bytes = read(file, at, window + 3);
            for (int i = 0; i + 4 <= bytes.limit(); i++) {
                if (bytes.get(i) == 'f' && bytes.get(i + 1) == 't' && bytes.get(i + 2) == 'y' && bytes.get(i + 3) == 'p') {
                    MotionPhoto found = new MotionPhoto(at + i - 4, file.size());
                    if (found.start() > 0 && found.holdsVideo(file)) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer read(FileChannel file, long at, int maxBytes) throws IOException {
        int length = (int) Math.clamp(file.size() - Math.max(0, at), 0, maxBytes);
        ByteBuffer bytes = ByteBuffer.allocate(at < 0 ? 0 : length);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    private static String ascii(ByteBuffer bytes, int from, int length) {
        return new String(bytes.array(), from, length, StandardCharsets.ISO_8859_1);
    }
}
