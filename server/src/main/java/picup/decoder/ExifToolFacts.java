package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What HEIC, AVIF and videos say about themselves.
///
/// Time, in order: as [EmbeddedFacts]; of videos first QuickTime's `CreationDate`, which is the wall clock of the place with
/// its offset, and last its `CreateDate`, which is UTC by the specification (ISO/IEC 14496-12, `mvhd`) and zero where
/// the camera had no idea.
final class ExifToolFacts {

    private final Map<String, String> tags;

    private ExifToolFacts(Map<String, String> tags) {
        this.tags = tags;
    }

    /// Metadata that can't be read is no reason to refuse a picture.
    static void addTo(FactsDraft draft, Path input) throws InterruptedException {
        try {
            new ExifToolFacts(ExifTool.tags(input)).addTo(draft);
        } catch (IOException | Refusal broken) {
            ExifTool.close();
            System.err.println("metadata can't be read: " + broken.getMessage());
        }
    }

    private void addTo(FactsDraft draft) {
        draft.taken(TakenText.of("QuickTime:CreationDate", tags.get("QuickTime:CreationDate"), null, null));
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", tags.get("EXIF:DateTimeOriginal"), tags.get("EXIF:SubSecTimeOriginal"),
                tags.getOrDefault("EXIF:OffsetTimeOriginal", tags.get("EXIF:OffsetTime"))));
        draft.taken(TakenText.of("XMP:DateTimeOriginal", tags.get("XMP:DateTimeOriginal"), null, null));
        draft.taken(TakenText.of("QuickTime:DateTimeOriginal", tags.get("QuickTime:DateTimeOriginal"), null, null));
        draft.taken(TakenText.of("EXIF:CreateDate", tags.get("EXIF:CreateDate"), tags.get("EXIF:SubSecTimeDigitized"),
                tags.getOrDefault("EXIF:OffsetTimeDigitized", tags.get("EXIF:OffsetTime"))));
        draft.taken(TakenText.of("XMP:CreateDate", tags.get("XMP:CreateDate"), null, null));
        draft.taken(TakenText.of("QuickTime:CreateDate", tags.get("QuickTime:CreateDate"), null, "Z"));
        draft.place(number("Composite:GPSLatitude"), number("Composite:GPSLongitude"), number("Composite:GPSAltitude"));
        draft.make(first("Make"));
        draft.model(first("Model"));
        draft.lens(first("LensModel"));
        draft.iso(toNumber(first("ISO")));
        draft.exposureSeconds(toNumber(first("ExposureTime")));
        draft.fNumber(toNumber(first("FNumber")));
        draft.focalLengthMm(toNumber(first("FocalLength")));
        draft.rating(toNumber(first("Rating")));
        draft.description(tags.get("XMP:Description"));
        draft.description(tags.get("QuickTime:Description"));
        draft.description(tags.get("EXIF:ImageDescription"));
        draft.liveId(first("ContentIdentifier"));
        draft.liveId(first("MediaGroupUUID"));
    }

    /// Whatever ExifTool thinks best when several groups have it: it answered with one.
    private @Nullable String first(String tag) {
        for (String group : new String[] {"EXIF", "QuickTime", "XMP", "MakerNotes", "Composite"}) {
            String value = tags.get(group + ":" + tag);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Double number(String tag) {
        return toNumber(tags.get(tag));
    }

    private static @Nullable Double toNumber(@Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
