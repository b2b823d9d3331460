package picup.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads what lies beside a picture: an XMP sidecar of Lightroom, digiKam, darktable and their like, or Google Takeout's JSON.
final class Sidecars {

    /// The histories that darktable and Lightroom keep reach hundreds of kilobytes.
    private static final int MAX_BYTES = 4 << 20;

    private Sidecars() {}

    static DecodeAnswer answer(DecodeRequest request) throws IOException, Refusal {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(request.input())) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "a sidecar of more than " + MAX_BYTES + " bytes");
        }
        return new DecodeAnswer.Described(request.kind() == FileKind.XMP ? xmp(bytes) : takeout(bytes));
    }

    static SidecarFacts xmp(byte[] bytes) throws Refusal {
        XmpFacts xmp = new XmpFacts(XmpPackets.parse(bytes));
        FactsDraft draft = new FactsDraft();
        xmp.addOriginal(draft);
        xmp.addCreated(draft);
        xmp.addPlace(draft);
        xmp.addWords(draft);
        return draft.sidecar(null, false);
    }

    /// Takeout's fields are told apart by their names alone: Google documents none of them. `geoData` is what somebody set, or else what the
    /// file said (`geoDataExif`); zeroes where nobody knows. Times are seconds of UTC.
    static SidecarFacts takeout(byte[] bytes) throws Refusal {
        Json json = JsonReader.read(text(bytes));
        FactsDraft draft = new FactsDraft();
        draft.takenInUtc(taken(json.text("photoTakenTime", "timestamp")));
        for (String field : new String[] {"geoData", "geoDataExif"}) {
            draft.place(json.number(field, "latitude"), json.number(field, "longitude"), json.number(field, "altitude"));
        }
        draft.description(json.text("description"));
        for (Json person : json.items("people")) {
            draft.keyword(person.text("name"));
        }
        return draft.sidecar(json.text("title"), "true".equals(json.text("favorited")));
    }

    private static Facts.@Nullable Taken taken(@Nullable String seconds) {
        if (seconds == null || !seconds.matches("-?[0-9]{1,12}")) {
            return null;
        }
        try {
            return new Facts.Taken(LocalDateTime.ofEpochSecond(Long.parseLong(seconds), 0, ZoneOffset.UTC), 0, "Takeout:photoTakenTime");
        } catch (DateTimeException | IllegalArgumentException impossible) {
            return null;
        }
    }

    private static String text(byte[] bytes) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException broken) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "not UTF-8");
        }
    }
}
