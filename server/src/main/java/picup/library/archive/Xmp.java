package picup.library.archive;

import java.util.List;
import java.util.Locale;
import picup.library.FactColumns;
import picup.library.Picture;
import picup.library.TakenAtText;

/// What Picup knows of a picture as an XMP sidecar (ISO 16684-1), which photo programs read beside the file: time, place,
/// description and rating in the usual properties, albums as the collections of the Metadata Working Group. Tags are there three
/// times, as the programs want them: each alone (`dc:subject`), with its levels for Lightroom, and with its levels for digiKam.
/// What was made of its pixels is Picup's own JSON: the settings that other programs know have other scales, and would give other pictures.
/// There is no usual property for a favourite, and none for what a person set rather than a camera.
final class Xmp {
    private static final String NAMESPACE = "urn:picup:xmp:1";

    private Xmp() {}

    static String of(Picture picture, List<String> albums) {
        var properties = new StringBuilder();
        var taken = TakenAtText.of(picture.takenAt(), picture.takenOffsetSeconds());
        add(properties, "exif:DateTimeOriginal", taken);
        add(properties, "photoshop:DateCreated", taken);
        add(properties, "xmp:CreateDate", taken);
        var rating = picture.rating();
        if (rating != null) {
            add(properties, "xmp:Rating", rating.toString());
        }
        place(properties, picture);
        var description = picture.description();
        if (description != null) {
            properties.append("   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">").append(escaped(description))
                    .append("</rdf:li></rdf:Alt></dc:description>\n");
        }
        tags(properties, picture.detail().tags());
        bag(properties, "picup:Edited", picture.item().edited().stream().sorted().toList(), "rdf:Bag");
        var edit = FactColumns.json(picture.edit().wanted());
        if (edit != null) {
            add(properties, "picup:Recipe", edit);
        }
        add(properties, "picup:Favourite", picture.favourite() ? "True" : "False");
        if (!albums.isEmpty()) {
            properties.append("   <mwg-coll:Collections><rdf:Bag>\n");
            albums.forEach(album -> properties.append("    <rdf:li rdf:parseType=\"Resource\"><mwg-coll:CollectionName>").append(escaped(album))
                    .append("</mwg-coll:CollectionName></rdf:li>\n"));
            properties.append("   </rdf:Bag></mwg-coll:Collections>\n");
        }
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/">
                 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                  <rdf:Description rdf:about=""
                    xmlns:dc="http://purl.org/dc/elements/1.1/"
                    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
                    xmlns:exif="http://ns.adobe.com/exif/1.0/"
                    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
                    xmlns:mwg-coll="http://www.metadataworkinggroup.com/schemas/collections/"
                    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
                    xmlns:picup="%s"
                    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
                """.formatted(NAMESPACE) + properties + """
                  </rdf:Description>
                 </rdf:RDF>
                </x:xmpmeta>
                <?xpacket end="w"?>
                """;
    }

    /// A hierarchy is `Places|Italy`: its last level is the tag, `|` is Lightroom's separator and `/` is digiKam's.
    private static void tags(StringBuilder properties, List<String> tags) {
        bag(properties, "dc:subject", tags.stream().map(tag -> tag.substring(tag.lastIndexOf('|') + 1).strip()).filter(tag -> !tag.isEmpty()).distinct().toList(), "rdf:Bag");
        bag(properties, "lr:hierarchicalSubject", tags, "rdf:Bag");
        bag(properties, "digiKam:TagsList", tags.stream().map(tag -> tag.replace('|', '/')).toList(), "rdf:Seq");
    }

    private static void bag(StringBuilder properties, String name, List<String> values, String container) {
        if (!values.isEmpty()) {
            properties.append("   <").append(name).append("><").append(container).append(">\n");
            values.forEach(value -> properties.append("    <rdf:li>").append(escaped(value)).append("</rdf:li>\n"));
            properties.append("   </").append(container).append("></").append(name).append(">\n");
        }
    }

    private static void place(StringBuilder properties, Picture picture) {
        var latitude = picture.latitude();
        var longitude = picture.longitude();
        if (latitude == null || longitude == null) {
            return;
        }
        add(properties, "exif:GPSLatitude", coordinate(latitude, 'N', 'S'));
        add(properties, "exif:GPSLongitude", coordinate(longitude, 'E', 'W'));
        var altitude = picture.altitude();
        if (altitude != null) {
            add(properties, "exif:GPSAltitude", Math.round(Math.abs(altitude) * 100) + "/100");
            add(properties, "exif:GPSAltitudeRef", altitude < 0 ? "1" : "0");
        }
    }

    /// Degrees, minutes and their fraction, the hemisphere: `43,28.044000N`.
    private static String coordinate(double degrees, char positive, char negative) {
        double absolute = Math.abs(degrees);
        int whole = (int) absolute;
        double minutes = (absolute - whole) * 60;
        if (minutes >= 59.9999995) { // would be written as 60
            whole++;
            minutes = 0;
        }
        return String.format(Locale.ROOT, "%d,%.6f%c", whole, minutes, degrees < 0 ? negative : positive);
    }

    private static void add(StringBuilder properties, String name, String value) {
        properties.append("   <").append(name).append('>').append(escaped(value)).append("</").append(name).append(">\n");
    }

    /// Without what XML cannot have at all (XML 1.0, section 2.2).
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\r' -> escaped.append("&#13;");
                default -> {
                    if (each == '\t' || each == '\n' || each >= 0x20 && each <= 0xD7FF || each >= 0xE000 && each <= 0xFFFD || each >= 0x10000) {
                        escaped.appendCodePoint(each);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
