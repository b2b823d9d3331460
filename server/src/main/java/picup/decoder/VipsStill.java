package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// What libvips opens as it lies there.
final class VipsStill {

    private VipsStill() {}

    static Still open(Path input, FileKind kind) throws Refusal {
        boolean animates = kind == FileKind.GIF || kind == FileKind.WEBP;
        Still.Source source = Still.Source.of(input, switch (kind) {
            case WEBP -> "webpload";
            case GIF -> "gifload";
            case TIFF -> "tiffload";
            case JP2 -> "jp2kload";
            default -> throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "nothing here reads " + kind);
        });
        Renditions.Size size = size(source, animates);
        return new Still.Plain(size, source, size.frames() > 1 ? Still.Motion.PAGES : Still.Motion.NONE);
    }

    /// A PNG may have frames, in chunks that come before the first pixels ("APNG", now part of PNG's third edition).
    static Still png(Path input) throws Refusal, IOException {
        Still.Source source = Still.Source.of(input, "pngload");
        Renditions.Size size = size(source, false);
        int frames = 1;
        try (FileBytes file = FileBytes.of(input)) {
            long at = 8;
            for (int chunks = 0; chunks < 1000 && at + 12 <= file.size(); chunks++) {
                String type = file.ascii(at + 4, 4);
                if (type.equals("acTL")) {
                    frames = (int) Math.clamp(file.be32(at + 8), 1, Integer.MAX_VALUE);
                }
                if (type.equals("acTL") || type.equals("IDAT")) {
                    break;
                }
                at += 12 + file.be32(at);
            }
        }
        return new Still.Plain(frames > 1 ? size.moving(frames) : size, source, frames > 1 ? Still.Motion.APNG : Still.Motion.NONE);
    }

    /// As shown, from the header alone.
    ///
    /// @param pages whether several of them are frames
    static Renditions.Size size(Still.Source source, boolean pages) throws Refusal {
        try (VipsImage header = source.load(Map.of())) {
            int orientation = header.header("orientation", 1);
            int frames = pages ? header.header("n-pages", 1) : 1;
            int width = header.width();
            int height = pages ? header.header("page-height", header.height()) : header.height();
            boolean turned = orientation >= 5 && orientation <= 8;
            return new Renditions.Size(turned ? height : width, turned ? width : height,
                    orientation >= 1 && orientation <= 8 ? orientation : 1, Math.max(1, frames), false).coloured(header.blob("icc-profile-data"));
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }
}
