package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {

    @ParameterizedTest
    @CsvSource({
        "heic mif1 heic, HEIC", "mif1 mif1 heic, HEIC", "mif1 mif1 avif, AVIF", "avif mif1 miaf, AVIF", "avis msf1 avif, AVIF",
        "mif1 mif1 miaf, HEIC", "'qt   qt  ', MOV", "isom iso2 mp41, MP4", "'M4V  M4V ', MP4", "3gp5 3gp5 isom, MP4", "msf1 hevc msf1, HEIC",
    })
    void theBrandDecidesAboutIsoMedia(String brands, FileKind kind) {
        String major = brands.substring(0, 4);
        String compatible = brands.substring(5).replaceAll("(.{4}) ?", "$1");
        assertThat(FileKind.of(ftyp(major, compatible))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"M4A ", "M4B "})
    void isoMediaWithoutAPictureThatCanBeShownIsRefused(String major) {
        assertThat(FileKind.of(ftyp(major, "isom"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moov", "mdat", "wide", "free", "skip", "pnot"})
    void oldQuickTimeNeedsNoBrand(String atom) {
        assertThat(FileKind.of(bytes("\0\0\0\u0010" + atom + "\0\0\0\0\0\0\0\0"))).contains(FileKind.MOV);
    }

    @Test
    void picturesAreKnownByTheirMagic() {
        assertThat(FileKind.of(bytes("\u00ff\u00d8\u00ff\u00e1"))).contains(FileKind.JPEG);
        assertThat(FileKind.of(bytes("\u0089PNG\r\n\u001a\n"))).contains(FileKind.PNG);
        assertThat(FileKind.of(bytes("GIF89a"))).contains(FileKind.GIF);
        assertThat(FileKind.of(bytes("RIFF\0\0\0\0WEBPVP8X"))).contains(FileKind.WEBP);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void everyKindIsKnownByItsContent(FileKind kind, byte[] head) {
        assertThat(FileKind.of(head)).contains(kind);
    }

    static Stream<Arguments> heads() {
        String packet = "G" + "x".repeat(187);
        return Stream.of(
                arguments(FileKind.JXL, bytes("\u00ff\n\u00fa")),
                arguments(FileKind.JXL, bytes("\0\0\0\fJXL \r\n\u0087\n")),
                arguments(FileKind.JP2, bytes("\0\0\0\fjP  \r\n\u0087\n")),
                arguments(FileKind.PSD, bytes("8BPS\0\1\0\0\0\0\0\0")),
                arguments(FileKind.BMP, bytes("BMF\0\0\0\0\0\0\0>\0\0\0(\0\0\0\1\0")),
                arguments(FileKind.TIFF, tiff(0, 262, 2)),
                arguments(FileKind.RAW, tiff(0, 262, 32803)),
                arguments(FileKind.RAW, tiff(0, 259, 34713)),
                arguments(FileKind.RAW, tiff(0, 50706, 0x104)),
                arguments(FileKind.TIFF, tiff(0, 271, 9)),
                arguments(FileKind.RAW, tiff(1, 271, 9, 330, 9)),
                arguments(FileKind.RAW, bytes("II*\0\u0010\0\0\0CR\2\0")),
                arguments(FileKind.RAW, bytes("IIU\0\u0018\0\0\0")),
                arguments(FileKind.RAW, bytes("FUJIFILMCCD-RAW 0201")),
                arguments(FileKind.RAW, bytes("II\u001a\0\0\0HEAPCCDR")),
                arguments(FileKind.RAW, ftyp("crx ", "isom")),
                arguments(FileKind.MKV, bytes("\u001aE\u00df\u00a3\u0093\u0042\u0082\u0088matroska")),
                arguments(FileKind.WEBM, bytes("\u001aE\u00df\u00a3\u0093\u0042\u0082\u0084webm")),
                arguments(FileKind.AVI, bytes("RIFF\0\0\0\0AVI LIST")),
                arguments(FileKind.MTS, bytes(packet.repeat(5))),
                arguments(FileKind.MTS, bytes(("time" + packet).repeat(5))),
                arguments(FileKind.MPEG, bytes("\0\0\1\u00ba\u0044\0\4\0\4\1")),
                arguments(FileKind.WMV, bytes("0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel")),
                arguments(FileKind.XMP, bytes("<x:xmpmeta xmlns:x='adobe:ns:meta/'>")),
                arguments(FileKind.XMP, bytes("<?xpacket begin='' id='W5M0'?>")),
                arguments(FileKind.TAKEOUT, bytes("{\n  \"title\": \"a.jpg\",\n  \"photoTakenTime\": {")));
    }

    /// @param pairs tags and their values, all of four bytes
    private static byte[] tiff(int subfileType, int... pairs) {
        ByteBuffer tiff = ByteBuffer.allocate(10 + 12 * (1 + pairs.length / 2)).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(bytes("II*\0")).putInt(8).putShort((short) (1 + pairs.length / 2));
        tiff.putShort((short) 254).putShort((short) 4).putInt(1).putInt(subfileType);
        for (int i = 0; i < pairs.length; i += 2) {
            tiff.putShort((short) pairs[i]).putShort((short) 4).putInt(1).putInt(pairs[i + 1]);
        }
        return tiff.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BM is a unit of measurement", "{\"title\": \"no\"}", "GGGG", "<?xml version='1.0'?><svg><rdf:RDF/></svg>", "<svg xmlns=", "<!DOCTYPE html>", "%PDF-1.7", "#!/bin/sh\n", "#EXTM3U\n#EXT-X", "ffconcat version 1.0", "PK\u0003\u0004",
        " \u00ff\u00d8\u00ff", "RIFF\0\0\0\0WAVEfmt ", "RIFF\0\0\0\0WEBP", "push graphic-context\nviewbox", "moov by the shore"})
    void everythingElseIsRefused(String head) {
        assertThat(FileKind.of(bytes(head))).isEmpty();
    }

    @Test
    void noHeadIsTooShortOrTooWild() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] head = new byte[random.nextInt(64)];
            random.nextBytes(head);
            if (head.length >= 8 && i % 2 == 0) {
                System.arraycopy(bytes("ftyp"), 0, head, 4, 4);
            }
            assertThat(FileKind.of(head)).isNotNull();
        }
    }

    private static byte[] ftyp(String major, String compatible) {
        return bytes("\0\0\0" + (char) (16 + compatible.length()) + "ftyp" + major + "\0\0\0\0" + compatible);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
