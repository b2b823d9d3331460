package picup.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a frame of [Wire] that is facts. What is read here is cleaned again: a decoder that a file has taken over
/// wouldn't have done it.
final class FactsOnTheWire {

    private static final int NAME_BYTES = Facts.MAX_NAME_CHARS * 4;

    private FactsOnTheWire() {}

    static void write(DataOutputStream out, Facts facts) throws IOException {
        writeImage(out, facts.image());
        Wire.optional(out, facts.taken(), taken -> writeTaken(out, taken));
        Wire.optional(out, facts.place(), place -> writePlace(out, place));
        writeCamera(out, facts.camera());
        Wire.optional(out, facts.clip(), clip -> {
            out.writeLong(clip.durationMs());
            Wire.writeText(out, clip.codec());
            writeName(out, clip.audioCodec());
            Wire.optional(out, clip.framesPerSecond(), out::writeDouble);
            out.writeBoolean(clip.playableAsIs());
        });
        writeWords(out, facts.words());
        writeName(out, facts.ties().liveId());
        writeName(out, facts.ties().burstId());
        writeName(out, facts.thumbHash());
    }

    static Facts read(DataInputStream in) throws IOException {
        return new Facts(
                readImage(in),
                Wire.optional(in, () -> readTaken(in)),
                Wire.optional(in, () -> readPlace(in)),
                readCamera(in),
                Wire.optional(in, () -> new Facts.Clip(
                        in.readLong(), Wire.readText(in, NAME_BYTES), readName(in), Wire.optional(in, in::readDouble), in.readBoolean())),
                readWords(in),
                new Facts.Ties(readName(in), readName(in)),
                readName(in));
    }

    static void write(DataOutputStream out, SidecarFacts facts) throws IOException {
        writeName(out, facts.title());
        Wire.optional(out, facts.taken(), taken -> writeTaken(out, taken));
        Wire.optional(out, facts.place(), place -> writePlace(out, place));
        writeWords(out, facts.words());
        out.writeBoolean(facts.favourite());
    }

    static SidecarFacts readSidecar(DataInputStream in) throws IOException {
        return new SidecarFacts(readName(in), Wire.optional(in, () -> readTaken(in)), Wire.optional(in, () -> readPlace(in)), readWords(in),
                in.readBoolean());
    }

    private static void writeImage(DataOutputStream out, Facts.Image image) throws IOException {
        out.writeInt(image.width());
        out.writeInt(image.height());
        out.writeByte(image.orientation());
        out.writeInt(image.frames());
        out.writeBoolean(image.hdr());
        writeName(out, image.colourProfile());
        Wire.optional(out, image.panorama(), panorama -> {
            Wire.writeText(out, panorama.projection().name());
            out.writeInt(panorama.fullWidth());
            out.writeInt(panorama.fullHeight());
            out.writeInt(panorama.left());
            out.writeInt(panorama.top());
            Wire.optional(out, panorama.headingDegrees(), out::writeDouble);
        });
    }

    private static Facts.Image readImage(DataInputStream in) throws IOException {
        return new Facts.Image(in.readInt(), in.readInt(), in.readByte(), in.readInt(), in.readBoolean(), readName(in),
                Wire.optional(in, () -> new Facts.Panorama(
                        Facts.Panorama.Projection.valueOf(Wire.readText(in, 64)),
                        in.readInt(), in.readInt(), in.readInt(), in.readInt(), Wire.optional(in, in::readDouble))));
    }

    private static void writeTaken(DataOutputStream out, Facts.Taken taken) throws IOException {
        out.writeLong(taken.at().toEpochSecond(ZoneOffset.UTC));
        out.writeInt(taken.at().getNano());
        Wire.optional(out, taken.offsetSeconds(), out::writeInt);
        Wire.writeText(out, taken.source());
    }

    private static Facts.Taken readTaken(DataInputStream in) throws IOException {
        return new Facts.Taken(
                LocalDateTime.ofEpochSecond(in.readLong(), in.readInt(), ZoneOffset.UTC), Wire.optional(in, in::readInt), Wire.readText(in, NAME_BYTES));
    }

    private static void writePlace(DataOutputStream out, Facts.Place place) throws IOException {
        out.writeDouble(place.latitude());
        out.writeDouble(place.longitude());
        Wire.optional(out, place.altitudeMetres(), out::writeDouble);
    }

    private static Facts.Place readPlace(DataInputStream in) throws IOException {
        return new Facts.Place(in.readDouble(), in.readDouble(), Wire.optional(in, in::readDouble));
    }

    private static void writeCamera(DataOutputStream out, Facts.Camera camera) throws IOException {
        writeName(out, camera.make());
        writeName(out, camera.model());
        writeName(out, camera.lens());
        Wire.optional(out, camera.iso(), out::writeInt);
        Wire.optional(out, camera.exposureSeconds(), out::writeDouble);
        Wire.optional(out, camera.fNumber(), out::writeDouble);
        Wire.optional(out, camera.focalLengthMm(), out::writeDouble);
    }

    private static Facts.Camera readCamera(DataInputStream in) throws IOException {
        return new Facts.Camera(readName(in), readName(in), readName(in), Wire.optional(in, in::readInt),
                Wire.optional(in, in::readDouble), Wire.optional(in, in::readDouble), Wire.optional(in, in::readDouble));
    }

    private static void writeWords(DataOutputStream out, Facts.Words words) throws IOException {
        Wire.optional(out, words.rating(), out::writeInt);
        Wire.optional(out, words.description(), text -> Wire.writeText(out, text));
        out.writeByte(words.tags().size());
        for (String tag : words.tags()) {
            Wire.writeText(out, tag);
        }
        out.writeByte(words.faces().size());
        for (Facts.Face face : words.faces()) {
            writeName(out, face.name());
            out.writeDouble(face.centreX());
            out.writeDouble(face.centreY());
            out.writeDouble(face.width());
            out.writeDouble(face.height());
        }
    }

    private static Facts.Words readWords(DataInputStream in) throws IOException {
        Integer rating = Wire.optional(in, in::readInt);
        String description = Wire.optional(in, () -> CleanText.description(Wire.readText(in, Facts.MAX_DESCRIPTION_CHARS * 4)));
        List<String> tags = new ArrayList<>();
        for (int left = atMost(in.readUnsignedByte(), Facts.MAX_TAGS, "tags"); left > 0; left--) {
            String tag = CleanText.name(Wire.readText(in, NAME_BYTES));
            if (tag != null) {
                tags.add(tag);
            }
        }
        List<Facts.Face> faces = new ArrayList<>();
        for (int left = atMost(in.readUnsignedByte(), Facts.MAX_FACES, "faces"); left > 0; left--) {
            faces.add(new Facts.Face(readName(in), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return new Facts.Words(rating, description, tags, faces);
    }

    private static int atMost(int count, int most, String what) throws Wire.Malformed {
        if (count > most) {
            throw new Wire.Malformed(count + " " + what + ": at most " + most);
        }
        return count;
    }

    private static void writeName(DataOutputStream out, @Nullable String name) throws IOException {
        Wire.optional(out, name, text -> Wire.writeText(out, text));
    }

    private static @Nullable String readName(DataInputStream in) throws IOException {
        return Wire.optional(in, () -> CleanText.name(Wire.readText(in, NAME_BYTES)));
    }
}
