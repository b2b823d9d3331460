package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidecarsTest {

    private static final String XMP = """
            <?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
            <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
            <rdf:Description rdf:about='' xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'
                xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:lr='http://ns.adobe.com/lightroom/1.0/' xmlns:digiKam='http://www.digikam.org/ns/1.0/'
                xmlns:r='http://www.metadataworkinggroup.com/schemas/regions/' xmlns:a='http://ns.adobe.com/xmp/sType/Area#'
                exif:DateTimeOriginal='2020-05-04T18:39:11' exif:SubSecTimeOriginal='24' exif:GPSLatitude='50,5.375249N' exif:GPSLongitude='28,23,50.6W'
                exif:GPSAltitude='123/10' exif:GPSAltitudeRef='1' xmp:Rating='4'>
              <dc:description><rdf:Alt><rdf:li xml:lang='de'>Hund</rdf:li><rdf:li xml:lang='x-default'>A <![CDATA[dog & a cat]]></rdf:li></rdf:Alt></dc:description>
              <dc:subject><rdf:Bag><rdf:li>dog</rdf:li><rdf:li>Germany</rdf:li><rdf:li>Berlin</rdf:li></rdf:Bag></dc:subject>
              <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Germany|Berlin</rdf:li></rdf:Bag></lr:hierarchicalSubject>
              <digiKam:TagsList><rdf:Seq><rdf:li>Places/Germany/Berlin</rdf:li><rdf:li>People/Ann</rdf:li></rdf:Seq></digiKam:TagsList>
              <r:Regions rdf:parseType='Resource'><r:RegionList><rdf:Bag>
                <rdf:li rdf:parseType='Resource'><r:Name>Ann</r:Name><r:Type>Face</r:Type>
                  <r:Area a:x='0.25' a:y='0.5' a:w='0.1' a:h='0.2' a:unit='normalized'/></rdf:li>
                <rdf:li rdf:parseType='Resource'><r:Type>Focus</r:Type><r:Area a:x='0.5' a:y='0.5' a:w='0.1' a:h='0.2'/></rdf:li>
                <rdf:li rdf:parseType='Resource'><r:Name>Too wide</r:Name><r:Type>Face</r:Type><r:Area a:x='0.5' a:y='0.5' a:w='7' a:h='0.2'/></rdf:li>
              </rdf:Bag></r:RegionList></r:Regions>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end='w'?>
            """;

    private static final String TAKEOUT = """
            {"title": "IMG_1.jpg", "description": "At the sea", "photoTakenTime": {"timestamp": "1696573800", "formatted": "…"},
             "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0}, "geoDataExif": {"latitude": 48.8583736, "longitude": 2.291901, "altitude": 82.09},
             "people": [{"name": "Ann"}, {"name": "Ben"}], "favorited": true}""";

    @TempDir
    Path folder;

    @Test
    void anXmpSidecarSaysEverythingThatProgramsWriteIntoIt() throws Refusal {
        SidecarFacts facts = Sidecars.xmp(XMP.getBytes(StandardCharsets.UTF_8));
        // The place is in the Atlantic: its clock is two hours behind UTC.
        assertThat(facts.taken()).isEqualTo(new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11, 240_000_000), -7200, "XMP:DateTimeOriginal"));
        assertThat(facts.place().latitude()).isCloseTo(50 + 5.375249 / 60, within(1e-9));
        assertThat(facts.place().longitude()).isCloseTo(-(28 + 23 / 60.0 + 50.6 / 3600), within(1e-9));
        assertThat(facts.place().altitudeMetres()).isEqualTo(-12.3);
        assertThat(facts.words().rating()).isEqualTo(4);
        assertThat(facts.words().description()).isEqualTo("A dog & a cat");
        assertThat(facts.words().tags()).containsExactly("Places|Germany|Berlin", "People|Ann", "dog");
        assertThat(facts.words().faces()).containsExactly(new Facts.Face("Ann", 0.25, 0.5, 0.1, 0.2));
    }

    @Test
    void takeoutSaysWhatGooglePhotosKnew() throws Refusal {
        SidecarFacts facts = Sidecars.takeout(TAKEOUT.getBytes(StandardCharsets.UTF_8));
        assertThat(facts.title()).isEqualTo("IMG_1.jpg");
        assertThat(facts.taken()).as("UTC, as the clocks of Paris showed it")
                .isEqualTo(new Facts.Taken(LocalDateTime.of(2023, 10, 6, 8, 30), 7200, "Takeout:photoTakenTime"));
        assertThat(facts.place()).as("zeroes are no place").isEqualTo(new Facts.Place(48.8583736, 2.291901, 82.09));
        assertThat(facts.words().description()).isEqualTo("At the sea");
        assertThat(facts.words().tags()).containsExactly("Ann", "Ben");
        assertThat(facts.favourite()).isTrue();
    }

    @Test
    void entitiesAreRefusedBeforeTheyGrow() {
        String laughs = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>";
        assertThatThrownBy(() -> Sidecars.xmp((laughs + XMP.replace("Ann", "&b;&c;")).getBytes(StandardCharsets.UTF_8))).isInstanceOf(Refusal.class);
    }

    @Test
    void depthEndsInARefusal() {
        String deep = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:d='urn:d'>"
                + "<d:a rdf:parseType='Resource'>".repeat(100_000);
        assertThatThrownBy(() -> Sidecars.xmp(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Refusal.class);
    }

    @Test
    void whatIsTooLongOrNotTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("long.json"), (TAKEOUT + " ".repeat(5 << 20)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Sidecars.answer(DecodeRequest.describe(file, folder, FileKind.TAKEOUT))).isInstanceOf(Refusal.class).hasMessageContaining("bytes");
        assertThatThrownBy(() -> Sidecars.takeout(new byte[] {'{', (byte) 0xff, '}'})).isInstanceOf(Refusal.class);
    }

    @Test
    void whateverIsWrittenItIsReadOrRefused() {
        var random = new Random(4);
        int read = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = (i % 2 == 0 ? XMP : TAKEOUT).getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                var facts = i % 2 == 0 ? Sidecars.xmp(bytes) : Sidecars.takeout(bytes);
                assertThat(facts.words()).isNotNull();
                read++;
            } catch (Refusal expected) {
                assertThat(expected.answer().reason()).isEqualTo(DecodeAnswer.Reason.UNREADABLE);
            }
        }
        assertThat(read).isBetween(100, 990);
    }
}
