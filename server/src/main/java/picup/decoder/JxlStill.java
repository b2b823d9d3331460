package picup.decoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// JPEG XL. libjxl 0.7 stumbles over containers that it needn't: whatever fails is tried once more as the bare
/// codestream, taken out of its boxes (ISO/IEC 18181-2). libvips asks it for every channel at once, which it refuses beyond
/// four; ffmpeg asks it for the colours only, so that spot inks are in them and the black of CMYK is not.
///
/// @param many more channels than libvips gets
record JxlStill(Path input, Path folder, Renditions.Size size, boolean many) implements Still {

    private static final String LOADER = "jxlload";
    private static final int MOST_BOXES = 4096;
    private static final int MOST_CHANNELS = 4;

    /// ffmpeg makes the sides of its buffers multiples of this.
    private static final long PADDING_PX = 64;

    private static final Duration LIMIT = Duration.ofSeconds(40);

    static Still open(Path input, Path folder) throws IOException, Refusal {
        try {
            return ofFile(input, folder);
        } catch (Refusal refused) {
            Path bare = folder.resolve("codestream.jxl");
            if (!unwrap(input, bare)) {
                throw refused;
            }
            return ofFile(bare, folder);
        }
    }

    private static JxlStill ofFile(Path file, Path folder) throws Refusal {
        Source source = Source.of(file, LOADER);
        try (VipsImage header = source.load(Map.of())) {
            return new JxlStill(file, folder, VipsStill.size(source, false), header.bands() > MOST_CHANNELS);
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }

    @Override
    public Source source() throws Refusal, IOException, InterruptedException {
        if (!many) {
            return Source.of(input, LOADER);
        }
        Path png = folder.resolve("colours.png");
        Program.Ended ended = Program.run(List.of("ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file",
                "-max_pixels", Long.toString((size.width() + PADDING_PX) * (size.height() + PADDING_PX)), "-f", "jpegxl_pipe", "-i", input.toString(),
                "-frames:v", "1", "-c:v", "png", "-compression_level", "1", "-f", "image2", "-update", "1", "-y", png.toString()), LIMIT);
        if (ended.exit() != 0 || !Files.exists(png)) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "ffmpeg: " + ended.complaint());
        }
        return Source.of(png, "pngload");
    }

    private static boolean unwrap(Path input, Path to) throws IOException {
        boolean found = false;
        try (FileBytes file = FileBytes.of(input);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            if (file.size() < 12 || file.be32(0) != 12) {
                return false;
            }
            long at = 0;
            for (int boxes = 0; boxes < MOST_BOXES && at + 8 <= file.size(); boxes++) {
                long size = file.be32(at);
                String type = file.ascii(at + 4, 4);
                int head = size == 1 ? 16 : 8;
                size = size == 1 ? file.be64(at + 8) : size == 0 ? file.size() - at : size;
                if (size < head || size > file.size() - at) {
                    break;
                }
                // The partial ones are counted by four bytes first.
                int skip = type.equals("jxlp") ? 4 : 0;
                if ((type.equals("jxlc") || skip > 0) && size >= head + skip) {
                    file.copy(at + head + skip, size - head - skip, out);
                    found = true;
                }
                at += size;
            }
        }
        return found;
    }
}
