package picup.decoder;

import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.properties.XMPProperty;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.gif.GifMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.makernotes.AppleMakernoteDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What JPEG, PNG, WebP and GIF say about themselves, read in this process in about a millisecond.
///
/// Time, in order: EXIF's original, XMP's original, IPTC's, EXIF's digitised, XMP's created. The time a file was changed
/// or the clock of the satellites isn't when it was taken.
final class EmbeddedFacts {

    private static final String EXIF = "http://ns.adobe.com/exif/1.0/";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/";
    private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
    private static final String TIFF = "http://ns.adobe.com/tiff/1.0/";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final int TAG_RATING = 0x4746;
    private static final int TAG_APPLE_CONTENT_ID = 0x0011;

    private static final Pattern XMP_DEGREES = Pattern.compile("(\\d{1,3}),(\\d{1,2}(?:\\.\\d{1,12})?)(?:,(\\d{1,2}(?:\\.\\d{1,12})?))?([NSEW])");

    private final Metadata metadata;

    private EmbeddedFacts(Metadata metadata) {
        this.metadata = metadata;
    }

    /// A file whose metadata is broken is still a picture: then there is nothing to add.
    static void addTo(FactsDraft draft, Path input, FileKind kind) throws IOException {
        try {
            Metadata metadata = switch (kind) {
                case JPEG -> JpegMetadataReader.readMetadata(input.toFile());
                case PNG -> PngMetadataReader.readMetadata(input.toFile());
                case WEBP -> WebpMetadataReader.readMetadata(input.toFile());
                case GIF -> GifMetadataReader.readMetadata(input.toFile());
                default -> throw new IllegalArgumentException(kind + " is for ExifTool");
            };
            new EmbeddedFacts(metadata).addTo(draft);
        } catch (ImageProcessingException | RuntimeException | OutOfMemoryError | StackOverflowError broken) {
            // Out of memory by a length that a stranger wrote: the picture itself is decoded outside of Java's heap.
            System.err.println("metadata can't be read: " + broken);
        }
    }

    private void addTo(FactsDraft draft) {
        addTaken(draft);
        addPlace(draft);
        draft.make(exif(ExifDirectoryBase.TAG_MAKE));
        draft.make(xmp(TIFF, "Make"));
        draft.model(exif(ExifDirectoryBase.TAG_MODEL));
        draft.model(xmp(TIFF, "Model"));
        draft.lens(exif(ExifDirectoryBase.TAG_LENS_MODEL));
        draft.iso(number(ExifDirectoryBase.TAG_ISO_EQUIVALENT));
        draft.exposureSeconds(number(ExifDirectoryBase.TAG_EXPOSURE_TIME));
        draft.fNumber(number(ExifDirectoryBase.TAG_FNUMBER));
        draft.focalLengthMm(number(ExifDirectoryBase.TAG_FOCAL_LENGTH));
        draft.rating(number(xmp(XMP, "Rating")));
        draft.rating(number(TAG_RATING));
        draft.description(xmpLocalised(DC, "description"));
        draft.description(text(metadata.getDirectoriesOfType(IptcDirectory.class), IptcDirectory.TAG_CAPTION));
        draft.description(exif(ExifDirectoryBase.TAG_IMAGE_DESCRIPTION));
        draft.liveId(text(metadata.getDirectoriesOfType(AppleMakernoteDirectory.class), TAG_APPLE_CONTENT_ID));
    }

    private void addTaken(FactsDraft draft) {
        // A camera has one clock: the offset of the file's time is good for the picture's when that has none of its own.
        String clock = exif(ExifDirectoryBase.TAG_TIME_ZONE);
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", exif(ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
                exif(ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL), or(exif(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL), clock)));
        draft.taken(TakenText.of("XMP:DateTimeOriginal", xmp(EXIF, "DateTimeOriginal"), null, null));
        draft.taken(iptcTaken());
        draft.taken(TakenText.of("EXIF:CreateDate", exif(ExifDirectoryBase.TAG_DATETIME_DIGITIZED),
                exif(ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED), or(exif(ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED), clock)));
        draft.taken(TakenText.of("XMP:CreateDate", xmp(XMP, "CreateDate"), null, null));
        draft.taken(TakenText.of("XMP:DateCreated", xmp(PHOTOSHOP, "DateCreated"), null, null));
    }

    private Facts.@Nullable Taken iptcTaken() {
        Collection<IptcDirectory> iptc = metadata.getDirectoriesOfType(IptcDirectory.class);
        String day = text(iptc, IptcDirectory.TAG_DATE_CREATED);
        String time = text(iptc, IptcDirectory.TAG_TIME_CREATED);
        return day == null || time == null ? null : TakenText.of("IPTC:DateCreated", day + " " + time, null, null);
    }

    private void addPlace(FactsDraft draft) {
        for (GpsDirectory gps : metadata.getDirectoriesOfType(GpsDirectory.class)) {
            Double latitude = degrees(gps, GpsDirectory.TAG_LATITUDE, GpsDirectory.TAG_LATITUDE_REF, "N", "S");
            Double longitude = degrees(gps, GpsDirectory.TAG_LONGITUDE, GpsDirectory.TAG_LONGITUDE_REF, "E", "W");
            draft.place(latitude, longitude, altitude(gps));
        }
        draft.place(xmpDegrees("GPSLatitude"), xmpDegrees("GPSLongitude"), null);
    }

    /// `50,5.3752490N` or `50,5,22N`: XMP specification part 2, "GPSCoordinate".
    private @Nullable Double xmpDegrees(String property) {
        String text = xmp(EXIF, property);
        Matcher m = XMP_DEGREES.matcher(text == null ? "" : text.strip());
        if (!m.matches()) {
            return null;
        }
        double degrees = Double.parseDouble(m.group(1)) + Double.parseDouble(m.group(2)) / 60
                + (m.group(3) == null ? 0 : Double.parseDouble(m.group(3)) / 3600);
        return m.group(4).equals("S") || m.group(4).equals("W") ? -degrees : degrees;
    }

    /// A hemisphere that isn't given isn't guessed: half the guesses would be on the other side of the world.
    private static @Nullable Double degrees(GpsDirectory gps, int tag, int refTag, String positive, String negative) {
        Rational[] parts = gps.getRationalArray(tag);
        String ref = CleanText.of(gps.getString(refTag), 8);
        if (parts == null || parts.length == 0 || parts.length > 3 || ref == null) {
            return null;
        }
        double degrees = 0;
        for (int i = 0; i < parts.length; i++) {
            // A missing part is written as 0/0 by some: only the degrees must be there.
            boolean missing = parts[i].getDenominator() == 0;
            if (missing && (i == 0 || parts[i].getNumerator() != 0)) {
                return null;
            }
            degrees += missing ? 0 : parts[i].doubleValue() / Math.pow(60, i);
        }
        String hemisphere = ref.substring(0, 1).toUpperCase(Locale.ROOT);
        return hemisphere.equals(positive) ? Double.valueOf(degrees) : hemisphere.equals(negative) ? Double.valueOf(-degrees) : null;
    }

    private static @Nullable Double altitude(GpsDirectory gps) {
        Rational metres = gps.getRational(GpsDirectory.TAG_ALTITUDE);
        if (metres == null || metres.getDenominator() == 0) {
            return null;
        }
        Integer belowSea = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
        return belowSea != null && belowSea == 1 ? -metres.doubleValue() : metres.doubleValue();
    }

    private static @Nullable String or(@Nullable String text, @Nullable String otherwise) {
        return text == null ? otherwise : text;
    }

    private @Nullable String exif(int tag) {
        String inSubIfd = text(metadata.getDirectoriesOfType(ExifSubIFDDirectory.class), tag);
        return inSubIfd != null ? inSubIfd : text(metadata.getDirectoriesOfType(ExifIFD0Directory.class), tag);
    }

    private static @Nullable String text(Collection<? extends Directory> directories, int tag) {
        for (Directory directory : directories) {
            String text = directory.getString(tag);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private @Nullable Double number(int tag) {
        for (Directory directory : metadata.getDirectoriesOfType(ExifDirectoryBase.class)) {
            Double number = directory.getDoubleObject(tag);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    private static @Nullable Double number(@Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private @Nullable String xmp(String namespace, String property) {
        return fromXmp(xmp -> xmp.getPropertyString(namespace, property));
    }

    private @Nullable String xmpLocalised(String namespace, String property) {
        return fromXmp(xmp -> {
            XMPProperty found = xmp.getLocalizedText(namespace, property, null, "x-default");
            return found == null ? null : found.getValue();
        });
    }

    private interface Question {
        @Nullable String ask(XMPMeta xmp) throws XMPException;
    }

    private @Nullable String fromXmp(Question question) {
        for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
            try {
                XMPMeta xmp = directory.getXMPMeta();
                String answer = xmp == null ? null : question.ask(xmp);
                if (answer != null && !answer.isBlank()) {
                    return answer;
                }
            } catch (XMPException | RuntimeException brokenProperty) {
                // The next packet may have it.
                continue;
            }
        }
        return null;
    }
}
