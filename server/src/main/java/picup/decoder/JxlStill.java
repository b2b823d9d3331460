package picup.decoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// JPEG XL. libjxl 0.7 stumbles over containers that it needn't: whatever fails is tried once more as the bare
/// codestream, taken out of its boxes (ISO/IEC 18181-2).
final class JxlStill {

    private static final String LOADER = "jxlload";
    private static final int MOST_BOXES = 4096;

    private JxlStill() {}

    static Still open(Path input, Path folder) throws IOException, Refusal {
        Still.Source source = Still.Source.of(input, LOADER);
        try {
            return new Still.Plain(VipsStill.size(source, false), source, Still.Motion.NONE);
        } catch (Refusal refused) {
            Path bare = folder.resolve("codestream.jxl");
            if (!unwrap(input, bare)) {
                throw refused;
            }
            Still.Source inner = Still.Source.of(bare, LOADER);
            return new Still.Plain(VipsStill.size(inner, false), inner, Still.Motion.NONE);
        }
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
