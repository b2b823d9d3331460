package picup.decoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes over the pipes: frames of a length (four bytes, big endian), a version byte, a type byte and the fields.
///
/// Neither side trusts the other: a length is checked before anything is allocated, every number passes the check of the
/// record it ends up in, and bytes left over are an error. Both sides always come from the same build; the version byte
/// says so plainly when they don't.
public final class Wire {

    /// The largest answer has a description of 16,384 characters, a hundred tags and a hundred faces of 200 each.
    public static final int MAX_FRAME_BYTES = 256 << 10;

    private static final byte VERSION = 3;
    private static final byte REQUEST = 'Q';
    private static final byte READY = 'R';
    private static final byte NEEDS = 'N';
    private static final byte GO = 'G';
    private static final byte DECODED = 'D';
    private static final byte DESCRIBED = 'S';
    private static final byte EDITED = 'E';
    private static final byte REFUSED = 'X';

    private static final int MAX_PATH_BYTES = 4096;

    /// Base64 of the 25 bytes that a ThumbHash has at most, and room.
    private static final int MAX_HASH_BYTES = 64;
    private static final int MAX_RENDITIONS = RenditionFile.Name.values().length;

    private Wire() {}

    /// The other side doesn't keep to this.
    public static final class Malformed extends IOException {
        Malformed(String message) {
            super(message);
        }

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public static byte[] ready() {
        return frame(READY, out -> {});
    }

    public static byte[] request(DecodeRequest request) {
        return frame(REQUEST, out -> {
            writeText(out, request.task().name());
            writeText(out, request.input().toString());
            writeText(out, request.outputFolder().toString());
            writeText(out, request.kind().name());
            out.writeLong(request.limits().maxPixels());
            out.writeInt(request.limits().maxFrames());
            out.writeLong(request.limits().maxMemoryBytes());
            out.writeLong(request.limits().deadline().toMillis());
            optional(out, request.recipe(), recipe -> RecipeOnTheWire.write(out, recipe));
        });
    }

    /// Between the request and its answer: how much memory the file is going to take. The decoder waits for [#go].
    public static byte[] needs(long bytes) {
        return frame(NEEDS, out -> out.writeLong(bytes));
    }

    public static byte[] go() {
        return frame(GO, out -> {});
    }

    public static byte[] answer(DecodeAnswer answer) {
        return switch (answer) {
            case DecodeAnswer.Refused refused -> frame(REFUSED, out -> {
                writeText(out, refused.reason().name());
                writeText(out, refused.detail());
            });
            case DecodeAnswer.Described described -> frame(DESCRIBED, out -> FactsOnTheWire.write(out, described.facts()));
            case DecodeAnswer.Decoded decoded -> frame(DECODED, out -> {
                FactsOnTheWire.write(out, decoded.facts());
                writeRenditions(out, decoded.renditions());
            });
            case DecodeAnswer.Edited edited -> frame(EDITED, out -> {
                out.writeInt(edited.width());
                out.writeInt(edited.height());
                writeText(out, edited.thumbHash());
                writeRenditions(out, edited.renditions());
            });
        };
    }

    private static void writeRenditions(DataOutputStream out, List<RenditionFile> renditions) throws IOException {
        out.writeByte(renditions.size());
        for (RenditionFile file : renditions) {
            writeText(out, file.name().name());
            writeText(out, file.mediaType());
            out.writeInt(file.width());
            out.writeInt(file.height());
            out.writeLong(file.sizeBytes());
        }
    }

    /// @throws EOFException when the other side is gone
    public static void readReady(InputStream from) throws IOException {
        read(from, in -> {
            expect(in, READY);
            return READY;
        });
    }

    /// @throws EOFException when the other side is gone
    public static DecodeRequest readRequest(InputStream from) throws IOException {
        return read(from, in -> {
            expect(in, REQUEST);
            return new DecodeRequest(
                    DecodeRequest.Task.valueOf(readText(in, 64)),
                    Path.of(readText(in, MAX_PATH_BYTES)),
                    Path.of(readText(in, MAX_PATH_BYTES)),
                    FileKind.valueOf(readText(in, 64)),
                    new Limits(in.readLong(), in.readInt(), in.readLong(), Duration.ofMillis(in.readLong())),
                    optional(in, () -> RecipeOnTheWire.read(in)));
        });
    }

    /// @throws EOFException when the other side is gone
    public static long readNeeds(InputStream from) throws IOException {
        return read(from, in -> {
            expect(in, NEEDS);
            long bytes = in.readLong();
            if (bytes < 0) {
                throw new Malformed("a need of " + bytes + " bytes");
            }
            return bytes;
        });
    }

    /// @throws EOFException when the other side is gone
    public static void readGo(InputStream from) throws IOException {
        read(from, in -> {
            expect(in, GO);
            return GO;
        });
    }

    /// @throws EOFException when the other side is gone
    public static DecodeAnswer readAnswer(InputStream from) throws IOException {
        return read(from, in -> {
            byte type = readType(in);
            return switch (type) {
                case REFUSED -> new DecodeAnswer.Refused(DecodeAnswer.Reason.valueOf(readText(in, 64)), detail(readText(in, 4096)));
                case DESCRIBED -> new DecodeAnswer.Described(FactsOnTheWire.readSidecar(in));
                case DECODED -> new DecodeAnswer.Decoded(FactsOnTheWire.read(in), readRenditions(in));
                case EDITED -> new DecodeAnswer.Edited(in.readInt(), in.readInt(), readText(in, MAX_HASH_BYTES), readRenditions(in));
                default -> throw new Malformed("no answer has the type " + type);
            };
        });
    }

    private static String detail(String text) {
        String clean = CleanText.of(text, 1000);
        return clean == null ? "no reason given" : clean;
    }

    private static List<RenditionFile> readRenditions(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        if (count > MAX_RENDITIONS) {
            throw new Malformed(count + " renditions: at most " + MAX_RENDITIONS);
        }
        List<RenditionFile> renditions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            renditions.add(new RenditionFile(
                    RenditionFile.Name.valueOf(readText(in, 64)), readText(in, 64), in.readInt(), in.readInt(), in.readLong()));
        }
        if (renditions.stream().map(RenditionFile::name).distinct().count() != count) {
            throw new Malformed("the same rendition twice: " + renditions);
        }
        return renditions;
    }

    private interface Fields {
        void writeTo(DataOutputStream out) throws IOException;
    }

    interface Field<T> {
        void write(T value) throws IOException;
    }

    interface Source<T extends @Nullable Object> {
        T read() throws IOException;
    }

    private interface Parser<T> {
        T parse(DataInputStream in) throws IOException;
    }

    static <T> void optional(DataOutputStream out, @Nullable T value, Field<T> field) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            field.write(value);
        }
    }

    static <T> @Nullable T optional(DataInputStream in, Source<@Nullable T> source) throws IOException {
        return in.readBoolean() ? source.read() : null;
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in, int maxBytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > maxBytes) {
            throw new Malformed("a text of " + length + " bytes: at most " + maxBytes);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte readType(DataInputStream in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new Malformed("version " + version + ", expected " + VERSION);
        }
        return in.readByte();
    }

    private static void expect(DataInputStream in, byte type) throws IOException {
        byte actual = readType(in);
        if (actual != type) {
            throw new Malformed("type " + actual + ", expected " + type);
        }
    }

    private static byte[] frame(byte type, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            out.writeByte(VERSION);
            out.writeByte(type);
            fields.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory doesn't fail", e);
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - 4;
        if (length > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + length + " bytes: at most " + MAX_FRAME_BYTES);
        }
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (length >>> (24 - 8 * i));
        }
        return frame;
    }

    private static <T> T read(InputStream from, Parser<T> parser) throws IOException {
        byte[] head = from.readNBytes(4);
        if (head.length < 4) {
            throw new EOFException("the other side is gone");
        }
        int length = (head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255;
        if (length < 2 || length > MAX_FRAME_BYTES) {
            throw new Malformed("a frame of " + length + " bytes: 2 to " + MAX_FRAME_BYTES);
        }
        byte[] payload = from.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the other side ended in the middle of a frame");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
        try {
            T parsed = parser.parse(in);
            if (in.available() > 0) {
                throw new Malformed(in.available() + " bytes left over");
            }
            return parsed;
        } catch (EOFException e) {
            throw new Malformed("a frame that ends too early", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Malformed("a value that can't be: " + e.getMessage(), e);
        }
    }
}
