package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @ValueSource(strings = {"crx ", "M4A "})
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
    @ValueSource(strings = {"", "<svg xmlns=", "<!DOCTYPE html>", "%PDF-1.7", "#!/bin/sh\n", "#EXTM3U\n#EXT-X", "ffconcat version 1.0", "PK\u0003\u0004",
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
