package picup.decoder;

import java.io.IOException;

/// How much memory a file is going to take, told before anything of it is decoded: from its header, in plain Java, within
/// microseconds. The parent takes so much from what all decoders share.
///
/// An estimate, and no promise: a decoder that outgrows it gets more where there is more. So what matters is that large ones
/// are known as large. Bytes a pixel of each route, measured with libvips 8.14 as the growth of the resident size:
///
/// | kind                    | bytes a pixel                                                              |
/// |-------------------------|----------------------------------------------------------------------------|
/// | JPEG                    | none: a few lines at a time                                                |
/// | progressive JPEG        | 2 for each coefficient of each component                                   |
/// | PNG                     | none; interlaced: the whole picture                                        |
/// | HEIC, AVIF              | 8: planes of YUV with 10 bits, and RGB                                     |
/// | WebP, GIF, PSD, bitmaps | 8: two canvases of RGBA                                                    |
/// | TIFF                    | the whole picture and half of it, as a strip may be all of it              |
/// | JPEG 2000               | 4 for each component, twice                                                |
final class Appetite {

    /// Java, libvips and ExifTool before the first pixel: 82 + 35 MB and what results take.
    static final long BASE_BYTES = 160L << 20;

    /// An animated preview has 40 megapixels of RGBA at most.
    private static final long ANIMATION_BYTES = 200L << 20;

    /// ffmpeg on 4K with sixteen frames to look back on, and x264 with forty of 720p to look ahead.
    private static final long VIDEO_BYTES = 384L << 20;

    /// Of what doesn't tell its size in a way that is cheap to read: JPEG XL keeps floats (16 bytes a pixel, 24 megapixels); a
    /// RAW mostly has a JPEG inside, and is developed otherwise.
    private static final long UNTOLD_BYTES = 384L << 20;

    /// With an edit the whole picture is decoded into memory; what decoding took is free then, and it is there upright, turned, and as it came out.
    private static final long UPRIGHT_BYTES_A_PIXEL = 4;
    private static final long RETOUCHED_BYTES_A_PIXEL = 3 * UPRIGHT_BYTES_A_PIXEL;

    private Appetite() {}

    /// Resident bytes, of the decoder and what it starts.
    static long of(DecodeRequest request) throws IOException {
        return switch (request.task()) {
            case DESCRIBE, FACTS -> BASE_BYTES;
            case PLAYABLE -> BASE_BYTES + VIDEO_BYTES;
            case EDIT -> BASE_BYTES + Math.max(still(request) + UPRIGHT_BYTES_A_PIXEL * pixels(request), RETOUCHED_BYTES_A_PIXEL * pixels(request));
            case RENDER -> BASE_BYTES + (request.kind().video() ? VIDEO_BYTES : still(request));
        };
    }

    /// Of what is decoded for an edit; as many as are taken at most, where the header doesn't tell.
    private static long pixels(DecodeRequest request) throws IOException {
        long told = HeaderSize.of(request.input(), request.kind()).pixels();
        return told > 0 ? Math.min(told, (long) Renditions.FULL_PIXELS) : (long) Renditions.FULL_PIXELS;
    }

    private static long still(DecodeRequest request) throws IOException {
        HeaderSize size = HeaderSize.of(request.input(), request.kind());
        return switch (request.kind()) {
            case JPEG -> size.progressive() ? 2 * size.samples() : 0;
            case PNG -> size.progressive() ? size.samples() : 0;
            case GIF -> 8 * size.pixels() + ANIMATION_BYTES;
            case WEBP -> 8 * size.pixels() + (size.animated() ? ANIMATION_BYTES : 0);
            case HEIC, AVIF, BMP, ICO, PSD -> 8 * size.pixels();
            case TIFF -> size.samples() * 3 / 2;
            case JP2 -> 8 * size.samples();
            default -> UNTOLD_BYTES;
        };
    }
}
