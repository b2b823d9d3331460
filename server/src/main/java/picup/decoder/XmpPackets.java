package picup.decoder;

import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPIterator;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.XMPPathFactory;
import com.adobe.internal.xmp.options.IteratorOptions;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.properties.XMPProperty;
import com.adobe.internal.xmp.properties.XMPPropertyInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The XMP of one file: usually one packet, sometimes several. Asked for a property, they answer in order; a property that is
/// broken, or isn't what it should be, isn't there.
record XmpPackets(List<Packet> packets) {

    static final String EXIF = "http://ns.adobe.com/exif/1.0/";
    static final String EXIF_EX = "http://cipa.jp/exif/1.0/";
    static final String AUX = "http://ns.adobe.com/exif/1.0/aux/";
    static final String TIFF = "http://ns.adobe.com/tiff/1.0/";
    static final String XMP = "http://ns.adobe.com/xap/1.0/";
    static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
    static final String DC = "http://purl.org/dc/elements/1.1/";
    static final String LIGHTROOM = "http://ns.adobe.com/lightroom/1.0/";
    static final String DIGIKAM = "http://www.digikam.org/ns/1.0/";
    static final String MICROSOFT = "http://ns.microsoft.com/photo/1.0/";

    /// As ExifTool writes the same.
    static final String MICROSOFT_BARE = "http://ns.microsoft.com/photo/1.0";

    static final String VIDEO = "http://www.video/";
    static final String CAMERA = "http://ns.google.com/photos/1.0/camera/";
    static final String PANORAMA = "http://ns.google.com/photos/1.0/panorama/";
    static final String REGIONS = "http://www.metadataworkinggroup.com/schemas/regions/";
    static final String AREA = "http://ns.adobe.com/xmp/sType/Area#";
    static final String DIMENSIONS = "http://ns.adobe.com/xap/1.0/sType/Dimensions#";
    static final String MICROSOFT_PEOPLE = "http://ns.microsoft.com/photo/1.2/";
    static final String MICROSOFT_REGIONS = "http://ns.microsoft.com/photo/1.2/t/RegionInfo#";
    static final String MICROSOFT_REGION = "http://ns.microsoft.com/photo/1.2/t/Region#";

    private static final String CDATA = "<![CDATA[";
    private static final String CDATA_END = "]]>";

    /// Paths into structures are made of prefixes, and those must be known before a file has named them.
    private static final String[][] PREFIXES = {
        {LIGHTROOM, "lr"}, {DIGIKAM, "digiKam"}, {MICROSOFT, "MicrosoftPhoto"}, {MICROSOFT_BARE, "MicrosoftPhotoBare"}, {VIDEO, "video"}, {CAMERA, "GCamera"}, {PANORAMA, "GPano"},
        {REGIONS, "mwg-rs"}, {AREA, "stArea"}, {DIMENSIONS, "stDim"}, {MICROSOFT_PEOPLE, "MP"}, {MICROSOFT_REGIONS, "MPRI"},
        {MICROSOFT_REGION, "MPReg"}, {EXIF_EX, "exifEX"}, {AUX, "aux"}};

    static {
        for (String[] prefix : PREFIXES) {
            try {
                XMPMetaFactory.getSchemaRegistry().registerNamespace(prefix[0], prefix[1]);
            } catch (XMPException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /// @param namespaces of its properties. Forty properties are asked for and most packets have two or three namespaces: no path
    ///                   is made of a question that has no answer
    record Packet(XMPMeta xmp, Set<String> namespaces) {

        static Packet of(XMPMeta xmp) {
            Set<String> namespaces = new HashSet<>();
            try {
                XMPIterator schemas = xmp.iterator(new IteratorOptions().setJustChildren(true));
                while (schemas.hasNext()) {
                    namespaces.add(((XMPPropertyInfo) schemas.next()).getNamespace());
                }
            } catch (XMPException broken) {
                throw new IllegalStateException(broken);
            }
            return new Packet(xmp, namespaces);
        }

        private <T> @Nullable T ask(String namespace, Question<T> question) {
            try {
                return namespaces.contains(namespace) ? question.ask(xmp) : null;
            } catch (XMPException | RuntimeException brokenProperty) {
                return null;
            }
        }

        private int count(String namespace, String property) {
            Integer count = ask(namespace, xmp -> xmp.countArrayItems(namespace, property));
            return count == null ? 0 : count;
        }
    }

    XmpPackets {
        packets = List.copyOf(packets);
    }

    static XmpPackets of(List<XMPMeta> packets) {
        return new XmpPackets(packets.stream().map(Packet::of).toList());
    }

    /// @throws Refusal `UNREADABLE` when it isn't XMP, or declares entities
    static XmpPackets parse(byte[] packet) throws Refusal {
        try {
            return of(List.of(XMPMetaFactory.parseFromBuffer(escaped(packet), new ParseOptions().setDisallowDoctype(true))));
        } catch (XMPException | RuntimeException | StackOverflowError broken) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "XMP: " + broken);
        }
    }

    /// Adobe's parser stumbles over `<![CDATA[…]]>`, which XML allows: the same is said in the other way.
    private static byte[] escaped(byte[] packet) {
        // Every byte is kept, whatever the encoding: what is looked for and what is escaped is ASCII.
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        if (!text.contains(CDATA)) {
            return packet;
        }
        StringBuilder escaped = new StringBuilder(text.length());
        int at = 0;
        for (int from = text.indexOf(CDATA); from >= 0; from = text.indexOf(CDATA, at)) {
            int to = text.indexOf(CDATA_END, from);
            if (to < 0) {
                break;
            }
            escaped.append(text, at, from)
                    .append(text.substring(from + CDATA.length(), to).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
            at = to + CDATA_END.length();
        }
        return escaped.append(text, at, text.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Nullable String text(String namespace, String property) {
        return first(namespace, xmp -> xmp.getPropertyString(namespace, property));
    }

    @Nullable Double number(String namespace, String property) {
        return Numbers.of(text(namespace, property));
    }

    /// Of a text in several languages the one that is for everybody, or else the first.
    @Nullable String localised(String namespace, String property) {
        return first(namespace, xmp -> {
            XMPProperty found = xmp.getLocalizedText(namespace, property, null, "x-default");
            return found == null ? null : found.getValue();
        });
    }

    /// @param limit how many at most
    List<String> texts(String namespace, String property, int limit) {
        List<String> texts = new ArrayList<>();
        for (Packet packet : packets) {
            int count = Math.min(packet.count(namespace, property), limit);
            for (int i = 1; i <= count; i++) {
                int index = i;
                String text = packet.ask(namespace, xmp -> xmp.getArrayItem(namespace, property, index).getValue());
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /// A field of a structure inside of a structure.
    @Nullable String field(String namespace, String property, String outerNamespace, String outer, String innerNamespace, String inner) {
        return text(namespace, field(field(property, outerNamespace, outer), innerNamespace, inner));
    }

    /// The structures in the list that is a field of a structure: regions of faces are kept so.
    List<Structure> structures(String namespace, String property, String fieldNamespace, String field, int limit) {
        List<Structure> structures = new ArrayList<>();
        String list = field(property, fieldNamespace, field);
        for (Packet packet : packets) {
            int count = Math.min(packet.count(namespace, list), limit);
            for (int i = 1; i <= count; i++) {
                structures.add(new Structure(packet, namespace, list + "[" + i + "]"));
            }
        }
        return structures;
    }

    record Structure(Packet packet, String namespace, String path) {
        @Nullable String text(String fieldNamespace, String name) {
            return packet.ask(namespace, xmp -> xmp.getPropertyString(namespace, field(path, fieldNamespace, name)));
        }

        @Nullable Double number(String fieldNamespace, String name, String innerNamespace, String inner) {
            return Numbers.of(packet.ask(namespace, xmp ->
                    xmp.getPropertyString(namespace, field(field(path, fieldNamespace, name), innerNamespace, inner))));
        }
    }

    private static String field(String path, String namespace, String name) {
        try {
            return path + XMPPathFactory.composeStructFieldPath(namespace, name);
        } catch (XMPException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private interface Question<T> {
        @Nullable T ask(XMPMeta xmp) throws XMPException;
    }

    private @Nullable String first(String namespace, Question<String> question) {
        for (Packet packet : packets) {
            String answer = packet.ask(namespace, question);
            if (answer != null && !answer.isBlank()) {
                return answer;
            }
        }
        return null;
    }
}
