package picup.decoder;

import static picup.decoder.XmpPackets.AREA;
import static picup.decoder.XmpPackets.AUX;
import static picup.decoder.XmpPackets.CAMERA;
import static picup.decoder.XmpPackets.DC;
import static picup.decoder.XmpPackets.DIGIKAM;
import static picup.decoder.XmpPackets.DIMENSIONS;
import static picup.decoder.XmpPackets.EXIF;
import static picup.decoder.XmpPackets.EXIF_EX;
import static picup.decoder.XmpPackets.LIGHTROOM;
import static picup.decoder.XmpPackets.MICROSOFT;
import static picup.decoder.XmpPackets.MICROSOFT_BARE;
import static picup.decoder.XmpPackets.MICROSOFT_PEOPLE;
import static picup.decoder.XmpPackets.MICROSOFT_REGION;
import static picup.decoder.XmpPackets.MICROSOFT_REGIONS;
import static picup.decoder.XmpPackets.PANORAMA;
import static picup.decoder.XmpPackets.PHOTOSHOP;
import static picup.decoder.XmpPackets.REGIONS;
import static picup.decoder.XmpPackets.TIFF;
import static picup.decoder.XmpPackets.VIDEO;
import static picup.decoder.XmpPackets.XMP;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What XMP says, in a picture or in a sidecar beside it. Sources: the XMP specification, parts 1 and 2; Metadata Working Group,
/// "Guidelines" 2.0 (regions, hierarchies); Google's Photo Sphere and GCamera metadata; Microsoft's "People Tagging".
final class XmpFacts {

    private static final Pattern DEGREES = Pattern.compile("(\\d{1,3}),(\\d{1,2}(?:\\.\\d{1,12})?)(?:,(\\d{1,2}(?:\\.\\d{1,12})?))?([NSEW])");

    private final XmpPackets xmp;

    XmpFacts(XmpPackets xmp) {
        this.xmp = xmp;
    }

    /// When the picture was taken. digiKam copies the UTC of a video's header, and says so by calling it `DateUTC` as well.
    void addOriginal(FactsDraft draft) {
        String original = xmp.text(EXIF, "DateTimeOriginal");
        String inUtc = xmp.text(VIDEO, "DateUTC");
        if (inUtc != null && (original == null || original.equals(inUtc))) {
            draft.takenInUtc(TakenText.of("XMP:DateTimeOriginal", inUtc, null, "Z"));
        }
        draft.taken(TakenText.of("XMP:DateTimeOriginal", original, xmp.text(EXIF, "SubSecTimeOriginal"), null));
    }

    /// When the file was made: of a scan or an edited picture that is later.
    void addCreated(FactsDraft draft) {
        draft.taken(TakenText.of("XMP:CreateDate", xmp.text(XMP, "CreateDate"), null, null));
        draft.taken(TakenText.of("XMP:DateCreated", xmp.text(PHOTOSHOP, "DateCreated"), null, null));
    }

    void addPlace(FactsDraft draft) {
        Double altitude = xmp.number(EXIF, "GPSAltitude");
        boolean belowSea = "1".equals(xmp.text(EXIF, "GPSAltitudeRef"));
        draft.place(degrees("GPSLatitude"), degrees("GPSLongitude"), altitude != null && belowSea ? Double.valueOf(-altitude) : altitude);
    }

    void addCamera(FactsDraft draft) {
        draft.make(xmp.text(TIFF, "Make"));
        draft.model(xmp.text(TIFF, "Model"));
        draft.lens(xmp.text(EXIF_EX, "LensModel"));
        draft.lens(xmp.text(AUX, "Lens"));
    }

    void addWords(FactsDraft draft) {
        draft.rating(xmp.number(XMP, "Rating"));
        draft.ratingPercent(xmp.number(MICROSOFT, "Rating"));
        draft.ratingPercent(xmp.number(MICROSOFT_BARE, "Rating"));
        draft.description(xmp.localised(DC, "description"));
        xmp.texts(LIGHTROOM, "hierarchicalSubject", Facts.MAX_TAGS).forEach(draft::tag);
        // digiKam and Microsoft put a slash between the levels.
        xmp.texts(DIGIKAM, "TagsList", Facts.MAX_TAGS).forEach(tag -> draft.tag(tag.replace('/', '|')));
        xmp.texts(MICROSOFT, "LastKeywordXMP", Facts.MAX_TAGS).forEach(tag -> draft.tag(tag.replace('/', '|')));
        xmp.texts(MICROSOFT_BARE, "LastKeywordXMP", Facts.MAX_TAGS).forEach(tag -> draft.tag(tag.replace('/', '|')));
        xmp.texts(DC, "subject", Facts.MAX_TAGS).forEach(draft::keyword);
        addFaces(draft);
    }

    /// Programs that write both kinds of region mean the same faces.
    private void addFaces(FactsDraft draft) {
        List<XmpPackets.Structure> regions = xmp.structures(REGIONS, "Regions", REGIONS, "RegionList", Facts.MAX_FACES);
        Double appliedWidth = Numbers.of(appliedTo("w"));
        Double appliedHeight = Numbers.of(appliedTo("h"));
        boolean any = false;
        for (XmpPackets.Structure region : regions) {
            String type = region.text(REGIONS, "Type");
            if (type == null || type.equals("Face")) {
                any |= draft.face(FaceRegion.around(region.text(REGIONS, "Name"), region.number(REGIONS, "Area", AREA, "x"),
                        region.number(REGIONS, "Area", AREA, "y"), region.number(REGIONS, "Area", AREA, "w"),
                        region.number(REGIONS, "Area", AREA, "h"), appliedWidth, appliedHeight));
            }
        }
        if (!any) {
            for (XmpPackets.Structure region : xmp.structures(MICROSOFT_PEOPLE, "RegionInfo", MICROSOFT_REGIONS, "Regions", Facts.MAX_FACES)) {
                draft.face(FaceRegion.ofRectangle(region.text(MICROSOFT_REGION, "PersonDisplayName"), region.text(MICROSOFT_REGION, "Rectangle")));
            }
        }
    }

    private @Nullable String appliedTo(String side) {
        return xmp.field(REGIONS, "Regions", REGIONS, "AppliedToDimensions", DIMENSIONS, side);
    }

    void addTies(FactsDraft draft) {
        draft.burstId(xmp.text(CAMERA, "BurstID"));
    }

    /// `UsePanoramaViewer` is how a camera says that its picture is wide but flat.
    void addPanorama(FactsDraft draft) {
        if (!"false".equalsIgnoreCase(xmp.text(PANORAMA, "UsePanoramaViewer"))) {
            draft.sphere(Sphere.of(xmp.text(PANORAMA, "ProjectionType"), name -> xmp.number(PANORAMA, name)));
        }
    }

    /// `50,5.3752490N` or `50,5,22N`: XMP specification part 2, "GPSCoordinate".
    private @Nullable Double degrees(String property) {
        String text = xmp.text(EXIF, property);
        Matcher m = DEGREES.matcher(text == null ? "" : text.strip());
        if (!m.matches()) {
            return null;
        }
        double degrees = Double.parseDouble(m.group(1)) + Double.parseDouble(m.group(2)) / 60
                + (m.group(3) == null ? 0 : Double.parseDouble(m.group(3)) / 3600);
        return m.group(4).equals("S") || m.group(4).equals("W") ? -degrees : degrees;
    }
}
