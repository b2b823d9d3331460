package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A JPEG: of an MPO the first picture, of an Ultra HDR the one that every screen can show.
///
/// libjpeg-turbo decodes baseline and progressive, Huffman and arithmetic, of 8 bits. What it can't is said here, in words.
/// Source: ITU-T T.81, annex B.
final class JpegStill {

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;

    /// Enough for 30 megabytes of profiles and notes.
    private static final int MOST_SEGMENTS = 1000;

    /// Google's and Adobe's gain map in XMP, ISO 21496-1 in a segment of its own, Apple's in the XMP of the second picture.
    private static final String GAIN_MAP_XMP = "hdrgm:Version";
    private static final String GAIN_MAP_ISO = "urn:iso:std:iso:ts:21496:-1\0";
    private static final String GAIN_MAP_APPLE = "HDRGainMapVersion";
    private static final String MULTI_PICTURE = "MPF\0";

    private JpegStill() {}

    static Still open(Path input) throws IOException, Refusal {
        boolean hdr = false;
        try (FileBytes file = FileBytes.of(input)) {
            hdr = gainMap(file, 0, true);
        } catch (EOFException cutOff) {
            System.err.println("the list of pictures is broken: " + cutOff.getMessage());
        }
        Still.Source source = Still.Source.of(input, "jpegload");
        return new Still.Plain(VipsStill.size(source, false).bright(hdr), source, Still.Motion.NONE);
    }

    /// @param first of several pictures in the file
    private static boolean gainMap(FileBytes file, long start, boolean first) throws IOException, Refusal {
        boolean found = false;
        long at = start + 2;
        for (int i = 0; i < MOST_SEGMENTS && at + 4 <= file.size(); i++) {
            if (file.u8(at) != 0xff) {
                break;
            }
            int marker = file.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                break;
            }
            int bytes = file.be16(at + 2);
            if (bytes < 2 || at + 2 + bytes > file.size()) {
                break;
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc && first) {
                check(marker, file.u8(at + 4));
            }
            if (marker == APP1 || marker == APP2) {
                String text = new String(file.bytes(at + 4, bytes - 2), StandardCharsets.ISO_8859_1);
                found |= text.startsWith(GAIN_MAP_ISO) || text.contains(GAIN_MAP_XMP) || !first && text.contains(GAIN_MAP_APPLE);
                if (!found && first && text.startsWith(MULTI_PICTURE)) {
                    found = gainMapBehind(file, at + 8);
                }
            }
            at += 2 + bytes;
        }
        return found;
    }

    private static void check(int marker, int precision) throws Refusal {
        int process = marker & 15;
        if (precision != 8) {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "a JPEG of " + precision + " bits: browsers and libjpeg read those of 8");
        }
        if (process == 3 || process == 7 || process == 11 || process == 15) {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "a lossless JPEG, which is kept for documents and sensors");
        }
    }

    /// The other pictures, by CIPA DC-007 ("Multi-Picture Format"): a small TIFF with an entry of 16 bytes for each.
    ///
    /// @param tiff where it begins, which is where all its offsets count from
    private static boolean gainMapBehind(FileBytes file, long tiff) throws IOException, Refusal {
        boolean little = file.u8(tiff) == 'I';
        long ifd = tiff + number(file, tiff + 4, little);
        int entries = little ? file.le16(ifd) : file.be16(ifd);
        for (int i = 0; i < Math.min(entries, 16); i++) {
            long entry = ifd + 2 + 12L * i;
            if ((little ? file.le16(entry) : file.be16(entry)) == 0xb002) {
                long pictures = Math.min(number(file, entry + 4, little) / 16, 8);
                long list = tiff + number(file, entry + 8, little);
                for (int p = 1; p < pictures; p++) {
                    long start = tiff + number(file, list + 16L * p + 8, little);
                    if (start + 4 < file.size() && file.be16(start) == 0xffd8 && gainMap(file, start, false)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static long number(FileBytes file, long at, boolean little) throws IOException {
        return little ? file.le32(at) : file.be32(at);
    }
}
