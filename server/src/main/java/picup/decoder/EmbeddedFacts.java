package picup.decoder;

import com.adobe.internal.xmp.XMPMeta;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.gif.GifMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegSegmentMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.makernotes.AppleMakernoteDirectory;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.icc.IccReader;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.iptc.IptcReader;
import com.drew.metadata.photoshop.PhotoshopReader;
import com.drew.metadata.xmp.XmpDirectory;
import com.drew.metadata.xmp.XmpReader;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What JPEG, PNG, WebP and GIF say about themselves, read in this process in about a millisecond.
///
/// Time, in order: EXIF's original, GPS, XMP's original, IPTC's, EXIF's digitised, XMP's created. The time a file was changed isn't
/// when it was taken. Decision 24 has the whole order, of all kinds.
final class EmbeddedFacts {

    /// IPTC lies in Photoshop's segment, or bare.
    private static final List<JpegSegmentMetadataReader> IN_JPEG =
            List.of(new ExifReader(), new XmpReader(), new IccReader(), new PhotoshopReader(), new IptcReader());

    /// What most cameras write before the picture, but for its preview.
    private static final int BUFFER_BYTES = 16_384;

    private final Metadata metadata;
    private final XmpFacts xmp;

    private EmbeddedFacts(Metadata metadata) {
        this.metadata = metadata;
        List<XMPMeta> packets = new ArrayList<>();
        for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
            XMPMeta packet = directory.getXMPMeta();
            if (packet != null) {
                packets.add(packet);
            }
        }
        this.xmp = new XmpFacts(XmpPackets.of(packets));
    }

    /// @return false when the metadata is broken, or breaks off: the file may still be a picture, and ExifTool more patient
    static boolean addTo(FactsDraft draft, Path input, FileKind kind) {
        try {
            Metadata metadata = switch (kind) {
                case JPEG -> jpeg(input);
                case PNG -> PngMetadataReader.readMetadata(input.toFile());
                case WEBP -> WebpMetadataReader.readMetadata(input.toFile());
                case GIF -> GifMetadataReader.readMetadata(input.toFile());
                default -> throw new IllegalArgumentException(kind + " is for ExifTool");
            };
            new EmbeddedFacts(metadata).addTo(draft);
            return true;
        } catch (IOException | ImageProcessingException | RuntimeException broken) {
            System.err.println("metadata can't be read: " + broken);
            return false;
        } catch (OutOfMemoryError | StackOverflowError attack) {
            // By a length or a depth that a stranger wrote: the picture itself is decoded outside of Java's heap. ExifTool is spared it.
            System.err.println("metadata can't be read: " + attack);
            return true;
        }
    }

    /// Only of the segments that are asked below: tables and thumbnails are passed over. Their lengths are read byte by byte.
    private static Metadata jpeg(Path input) throws IOException, ImageProcessingException {
        try (InputStream in = new BufferedInputStream(new FileInputStream(input.toFile()), BUFFER_BYTES)) {
            return JpegMetadataReader.readMetadata(in, IN_JPEG);
        }
    }

    private void addTo(FactsDraft draft) {
        addTaken(draft);
        for (GpsDirectory gps : metadata.getDirectoriesOfType(GpsDirectory.class)) {
            new EmbeddedGps(gps).addPlace(draft);
        }
        xmp.addPlace(draft);
        addCamera(draft);
        addWords(draft);
        draft.liveId(text(AppleMakernoteDirectory.class, AppleMakernoteDirectory.TAG_CONTENT_IDENTIFIER));
        draft.burstId(text(AppleMakernoteDirectory.class, AppleMakernoteDirectory.TAG_BURST_UUID));
        xmp.addTies(draft);
        xmp.addPanorama(draft);
        draft.colourProfile(IccName.of(bytes(IccDirectory.class, IccDirectory.TAG_TAG_desc)));
    }

    private void addTaken(FactsDraft draft) {
        // A camera has one clock: the offset of the file's time is good for the picture's when that has none of its own.
        String clock = exif(ExifDirectoryBase.TAG_TIME_ZONE);
        draft.taken(TakenText.of("EXIF:DateTimeOriginal", exif(ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
                exif(ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL), or(exif(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL), clock)));
        for (GpsDirectory gps : metadata.getDirectoriesOfType(GpsDirectory.class)) {
            draft.takenInUtc(new EmbeddedGps(gps).taken());
        }
        xmp.addOriginal(draft);
        draft.taken(iptcTaken());
        draft.taken(TakenText.of("EXIF:CreateDate", exif(ExifDirectoryBase.TAG_DATETIME_DIGITIZED),
                exif(ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED), or(exif(ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED), clock)));
        xmp.addCreated(draft);
    }

    private Facts.@Nullable Taken iptcTaken() {
        String day = text(IptcDirectory.class, IptcDirectory.TAG_DATE_CREATED);
        String time = text(IptcDirectory.class, IptcDirectory.TAG_TIME_CREATED);
        return day == null || time == null ? null : TakenText.of("IPTC:DateCreated", day + " " + time, null, null);
    }

    private void addCamera(FactsDraft draft) {
        draft.make(exif(ExifDirectoryBase.TAG_MAKE));
        draft.model(exif(ExifDirectoryBase.TAG_MODEL));
        draft.lens(exif(ExifDirectoryBase.TAG_LENS_MODEL));
        xmp.addCamera(draft);
        draft.iso(number(ExifDirectoryBase.TAG_ISO_EQUIVALENT));
        draft.exposureSeconds(number(ExifDirectoryBase.TAG_EXPOSURE_TIME));
        draft.fNumber(number(ExifDirectoryBase.TAG_FNUMBER));
        draft.focalLengthMm(number(ExifDirectoryBase.TAG_FOCAL_LENGTH));
    }

    private void addWords(FactsDraft draft) {
        xmp.addWords(draft);
        draft.rating(number(ExifDirectoryBase.TAG_RATING));
        draft.ratingPercent(number(ExifDirectoryBase.TAG_RATING_PERCENT));
        draft.description(text(IptcDirectory.class, IptcDirectory.TAG_CAPTION));
        draft.description(exif(ExifDirectoryBase.TAG_IMAGE_DESCRIPTION));
        draft.description(windows(ExifDirectoryBase.TAG_WIN_COMMENT));
        draft.description(DescriptionText.ofComment(bytes(ExifSubIFDDirectory.class, ExifDirectoryBase.TAG_USER_COMMENT)));
        for (IptcDirectory iptc : metadata.getDirectoriesOfType(IptcDirectory.class)) {
            String[] keywords = iptc.getStringArray(IptcDirectory.TAG_KEYWORDS);
            for (String keyword : keywords == null ? new String[0] : keywords) {
                draft.keyword(keyword);
            }
        }
        String keywords = windows(ExifDirectoryBase.TAG_WIN_KEYWORDS);
        for (String keyword : keywords == null ? new String[0] : keywords.split(";")) {
            draft.keyword(keyword);
        }
    }

    /// Windows Explorer's own tags are UTF-16, whatever the file's order of bytes.
    private @Nullable String windows(int tag) {
        byte[] bytes = bytes(ExifIFD0Directory.class, tag);
        return bytes == null ? null : CleanText.description(new String(bytes, StandardCharsets.UTF_16LE));
    }

    private static @Nullable String or(@Nullable String text, @Nullable String otherwise) {
        return text == null ? otherwise : text;
    }

    private @Nullable String exif(int tag) {
        return or(text(ExifSubIFDDirectory.class, tag), text(ExifIFD0Directory.class, tag));
    }

    private @Nullable String text(Class<? extends Directory> type, int tag) {
        for (Directory directory : directories(type)) {
            String text = directory.getString(tag);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private byte @Nullable [] bytes(Class<? extends Directory> type, int tag) {
        for (Directory directory : directories(type)) {
            byte[] bytes = directory.getByteArray(tag);
            if (bytes != null) {
                return bytes;
            }
        }
        return null;
    }

    private Collection<? extends Directory> directories(Class<? extends Directory> type) {
        return metadata.getDirectoriesOfType(type);
    }

    private @Nullable Double number(int tag) {
        for (Directory directory : directories(ExifDirectoryBase.class)) {
            Double number = directory.getDoubleObject(tag);
            if (number != null) {
                return number;
            }
        }
        return null;
    }
}
