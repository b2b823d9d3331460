package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all kinds but JPEG, PNG, WebP and GIF say about themselves.
///
/// Time, in order: QuickTime's `CreationDate`, which is the wall clock of the place with its offset; then as [EmbeddedFacts]; what
/// makers of cameras write in places of their own; and last what the container says of itself, which is UTC by the specification
/// (ISO/IEC 14496-12, `mvhd`), zero where the camera had no idea, and local time where it had no idea of zones
/// ([#LOCAL_CLOCKS]). Decision 24 has the whole order, of all kinds.
final class ExifToolFacts {

    /// Makers whose times are taken as local though UTC belongs there. GoPro's are so by its owners' reports (gopro/labs, 5; pulsejet/memories,
    /// 1256); of the others it is an assumption, held against no file. ExifTool (`QuickTimeUTC`) names no makers, only that cameras differ.
    private static final List<String> LOCAL_CLOCKS = List.of("gopro", "dji", "insta360", "fujifilm", "olympus", "casio", "kodak", "pentax", "ricoh");

    /// AVCHD numbers its makers: ExifTool, "H264 Make".
    private static final Map<String, String> AVCHD_MAKERS = Map.of("259", "Panasonic", "264", "Sony", "4113", "Canon", "4356", "JVC");

    private final Json tags;
    private final XmpFacts xmp;

    private ExifToolFacts(Json tags, XmpFacts xmp) {
        this.tags = tags;
        this.xmp = xmp;
    }

    /// Metadata that can't be read is no reason to refuse a picture.
    static void addTo(FactsDraft draft, Path input) throws InterruptedException {
        try {
            Json tags = ExifTool.tags(input);
            new ExifToolFacts(tags, xmp(tags)).addTo(draft);
        } catch (IOException | Refusal broken) {
            ExifTool.close();
            System.err.println("metadata can't be read: " + broken.getMessage());
        }
    }

    private static XmpFacts xmp(Json tags) {
        byte[] packet = ExifTool.bytes(tags.text("XMP:XMP"));
        try {
            return new XmpFacts(packet == null ? new XmpPackets(List.of()) : XmpPackets.parse(packet));
        } catch (Refusal broken) {
            System.err.println("metadata can't be read: " + broken.getMessage());
            return new XmpFacts(new XmpPackets(List.of()));
        }
    }

    private void addTo(FactsDraft draft) {
        addCamera(draft);
        addTaken(draft);
        draft.place(number("Composite:GPSLatitude"), number("Composite:GPSLongitude"), number("Composite:GPSAltitude"));
        xmp.addPlace(draft);
        addWords(draft);
        draft.liveId(first("ContentIdentifier"));
        draft.liveId(first("MediaGroupUUID"));
        draft.burstId(first("BurstUUID"));
        xmp.addTies(draft);
        xmp.addPanorama(draft);
        draft.colourProfile(text("ICC_Profile:ProfileDescription"));
    }

    private void addTaken(FactsDraft draft) {
        draft.taken(time("QuickTime:CreationDate"));
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", text("EXIF:DateTimeOriginal"), text("EXIF:SubSecTimeOriginal"),
                or(text("EXIF:OffsetTimeOriginal"), text("EXIF:OffsetTime"))));
        draft.takenInUtc(TakenText.of("EXIF:GPSDateTime", joined("EXIF:GPSDateStamp", "EXIF:GPSTimeStamp"), null, "Z"));
        draft.taken(time("QuickTime:DateTimeOriginal"));
        draft.taken(time("XML:CreationDateValue"));
        draft.taken(TakenText.of("MakerNotes:DateTimeOriginal", text("MakerNotes:DateTimeOriginal"), null, null));
        draft.taken(time("H264:DateTimeOriginal"));
        draft.taken(time("RIFF:DateTimeOriginal"));
        addContainerTime(draft, "QuickTime:CreateDate");
        addContainerTime(draft, "Matroska:DateTimeOriginal");
        addContainerTime(draft, "ASF:CreationDate");
        xmp.addOriginal(draft);
        draft.taken(TakenText.of("IPTC:DateCreated", joined("IPTC:DateCreated", "IPTC:TimeCreated"), null, null));
        draft.taken(TakenText.of("EXIF:CreateDate", text("EXIF:CreateDate"), text("EXIF:SubSecTimeDigitized"),
                or(text("EXIF:OffsetTimeDigitized"), text("EXIF:OffsetTime"))));
        xmp.addCreated(draft);
    }

    private void addContainerTime(FactsDraft draft, String tag) {
        if (localClock()) {
            draft.taken(time(tag));
        } else {
            draft.takenInUtc(TakenText.of(tag, text(tag), null, "Z"));
        }
    }

    /// GoPro's have no tag for the maker: the name is that of their encoder.
    private boolean localClock() {
        String maker = (first("Make") + " " + text("QuickTime:HandlerDescription") + " " + text("QuickTime:CompressorName"))
                .toLowerCase(Locale.ROOT);
        return LOCAL_CLOCKS.stream().anyMatch(maker::contains);
    }

    private Facts.@Nullable Taken time(String tag) {
        return TakenText.of(tag, text(tag), null, null);
    }

    private @Nullable String joined(String day, String time) {
        return text(day) == null || text(time) == null ? null : text(day) + " " + text(time);
    }

    private void addCamera(FactsDraft draft) {
        String avchd = text("H264:Make");
        draft.make(avchd == null ? first("Make") : AVCHD_MAKERS.getOrDefault(avchd, avchd));
        draft.model(first("Model"));
        draft.lens(first("LensModel"));
        xmp.addCamera(draft);
        draft.iso(Numbers.of(first("ISO")));
        draft.exposureSeconds(Numbers.of(first("ExposureTime")));
        draft.fNumber(Numbers.of(first("FNumber")));
        draft.focalLengthMm(Numbers.of(first("FocalLength")));
    }

    private void addWords(FactsDraft draft) {
        xmp.addWords(draft);
        draft.rating(number("EXIF:Rating"));
        draft.ratingPercent(number("EXIF:RatingPercent"));
        draft.ratingPercent(number("QuickTime:RatingPercent"));
        for (String tag : List.of("QuickTime:Description", "IPTC:Caption-Abstract", "EXIF:ImageDescription", "EXIF:XPComment")) {
            draft.description(text(tag));
        }
        for (String tag : List.of("IPTC:Keywords", "QuickTime:Keywords")) {
            tags.items(tag).forEach(keyword -> draft.keyword(ExifTool.text(keyword.text())));
        }
        String windows = text("EXIF:XPKeywords");
        for (String keyword : windows == null ? new String[0] : windows.split(";")) {
            draft.keyword(keyword);
        }
    }

    /// Whatever ExifTool thinks best when several groups have it: it answered with one.
    private @Nullable String first(String tag) {
        for (String group : new String[] {"EXIF", "QuickTime", "XMP", "MakerNotes", "H264", "Composite"}) {
            String value = text(group + ":" + tag);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String text(String tag) {
        return ExifTool.text(tags.text(tag));
    }

    private @Nullable Double number(String tag) {
        return tags.number(tag);
    }

    private static @Nullable String or(@Nullable String text, @Nullable String otherwise) {
        return text == null ? otherwise : text;
    }
}
