package picup.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/// Which way into a file each kind of picture takes ([decision 22](../../../../../../docs/decisions/0022-who-opens-what.md)).
///
/// | kind            | opened by                                                                |
/// |-----------------|--------------------------------------------------------------------------|
/// | JPEG            | libvips (libjpeg-turbo)                                                  |
/// | PNG             | libvips (libpng); frames by ffmpeg                                       |
/// | WebP, GIF, JPEG 2000 | libvips                                                             |
/// | TIFF            | libvips (libtiff), else as RAW                                           |
/// | HEIC, AVIF      | libvips (libheif), light by [Signal]; frames of sequences by ffmpeg      |
/// | JPEG XL         | libvips (libjxl), if need be without its container, or by ffmpeg (libjxl) |
/// | BMP, ICO, PSD   | code of our own, as rows for libvips: [Bitmap], [PhotoshopStill]         |
/// | RAW             | the camera's JPEG inside, by ExifTool; else libraw                       |
final class Stills {

    private Stills() {}

    /// Reads the header and checks it against the limits; nothing is decoded yet.
    ///
    /// @param folder for what has to be taken out of the file first
    static Still open(Path input, FileKind kind, Path folder, Limits limits) throws Refusal, IOException, InterruptedException {
        Vips.takeError();
        Still still;
        try {
            still = route(input, kind, folder);
        } catch (EOFException cutOff) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "the file ends before its picture: " + cutOff.getMessage());
        }
        Renditions.Size size = still.size();
        if ((long) size.width() * size.height() > limits.maxPixels()) {
            throw new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS,
                    size.width() + " × " + size.height() + " pixels: at most " + limits.maxPixels() + " are decoded");
        }
        return still;
    }

    private static Still route(Path input, FileKind kind, Path folder) throws Refusal, IOException, InterruptedException {
        return switch (kind) {
            case JPEG -> JpegStill.open(input);
            case PNG -> VipsStill.png(input);
            case HEIC, AVIF -> HeifStill.open(input, folder, kind);
            case JXL -> JxlStill.open(input, folder);
            case BMP -> BitmapStill.open(input, folder);
            case ICO -> IconStill.open(input, folder);
            case PSD -> PhotoshopStill.open(input, folder);
            case RAW -> RawStill.open(input, folder);
            case TIFF -> tiff(input, folder);
            default -> VipsStill.open(input, kind);
        };
    }

    /// What libvips can't read may be a RAW that doesn't say so in its first directory; then its preview is inside.
    private static Still tiff(Path input, Path folder) throws Refusal, IOException, InterruptedException {
        try {
            return VipsStill.open(input, FileKind.TIFF);
        } catch (Refusal refused) {
            try {
                return RawStill.open(input, folder);
            } catch (Refusal neither) {
                throw refused;
            }
        }
    }

    /// Whether all pixels are needed in another format, because browsers can't show this one. BMP they can, but its originals are
    /// forty times as large.
    static boolean needFull(FileKind kind) {
        return switch (kind) {
            case HEIC, TIFF, JXL, JP2, BMP, PSD, RAW -> true;
            default -> false;
        };
    }
}
