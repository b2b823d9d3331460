package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the pictures of a picture: preview, thumbnail and placeholder from one decode.
///
/// | rendition   | short side | as                                          |
/// |-------------|-----------:|---------------------------------------------|
/// | preview     |    1440 px | JPEG; WebP where something is transparent   |
/// | preview     |     720 px | animated WebP of an animation               |
/// | thumb       |     256 px | JPEG or WebP, the first frame               |
/// | full        |        all | as the preview, of what browsers can't show  |
/// | placeholder |     100 px | [ThumbHash], long side                      |
///
/// Nothing is ever enlarged. Everything is sRGB without metadata: a rendition must not tell where it was taken.
/// How each kind of file is opened is the business of [Stills], how its pixels become upright sRGB that of [Pixels].
final class Renditions {

    static final int PREVIEW_PX = 1440;
    static final int THUMB_PX = 256;

    /// Panoramas are long: a preview of 16 by 1 would have 33 megapixels, and WebP ends at 16,383.
    static final int LONGEST_PX = 8192;

    /// Of a `full` rendition: what the largest usual phone takes, and about what a browser can hold as one picture. WebP ends
    /// at the same length.
    private static final int LONGEST_FULL_PX = 16_383;
    static final double FULL_PIXELS = 50_000_000;

    /// A little less than a preview, which is looked at as a whole: these are as large as their originals otherwise.
    private static final int FULL_QUALITY = 75;

    private static final int QUALITY = 80;

    private final Path folder;
    private final Limits limits;
    private final List<RenditionFile> written = new ArrayList<>();

    Renditions(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// What the header says, as shown.
    ///
    /// @param profile whether colours are to be converted: without a profile in the file they are sRGB, and libvips would
    ///                spend a third of the time on converting them into themselves
    /// @param hdr     brighter than ordinary white
    /// @param profileName of the ICC profile
    record Size(int width, int height, int orientation, int frames, boolean profile, boolean hdr, @Nullable String profileName) {

        Size(int width, int height, int orientation, int frames, boolean profile) {
            this(width, height, orientation, frames, profile, false, null);
        }

        static Size of(int width, int height) {
            return new Size(width, height, 1, 1, false);
        }

        Size coloured(byte @Nullable [] icc) {
            return new Size(width, height, orientation, frames, icc != null, hdr, ProfileName.of(icc));
        }

        Size bright(boolean hdr) {
            return new Size(width, height, orientation, frames, profile, hdr, profileName);
        }

        Size moving(int frames) {
            return new Size(width, height, orientation, frames, profile, hdr, profileName);
        }
    }

    record Made(Size size, List<RenditionFile> files, String thumbHash, double brightness) {}

    /// Reads the header only.
    Size sizeOf(Path input, FileKind kind) throws Refusal, IOException, InterruptedException {
        return Stills.open(input, kind, folder, limits).size();
    }

    Made make(Path input, FileKind kind) throws Refusal, IOException, InterruptedException {
        Still still = Stills.open(input, kind, folder, limits);
        try (VipsImage preview = Stills.needFull(kind) ? previewOfFull(still) : Pixels.of(still, PREVIEW_PX, LONGEST_PX)) {
            boolean seeThrough = Pixels.seeThrough(preview);
            if (still.motion() == Still.Motion.NONE || !writeAnimation(still)) {
                write(RenditionFile.Name.PREVIEW, preview, seeThrough, QUALITY);
            }
            return made(still.size(), preview, seeThrough);
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }

    /// Of what a recipe makes, which no original shows: all its pixels are in `full`, or in the preview where they fit. The size is theirs.
    Made edit(Path input, FileKind kind, Recipe recipe) throws Refusal, IOException, InterruptedException {
        try (VipsImage upright = all(Stills.open(input, kind, folder, limits)); VipsImage full = Retouched.of(upright, recipe)) {
            Size size = Size.of(full.width(), full.height());
            try (VipsImage preview = previewOf(full)) {
                boolean seeThrough = Pixels.seeThrough(preview);
                write(RenditionFile.Name.PREVIEW, preview, seeThrough, QUALITY);
                return made(size, preview, seeThrough);
            }
        } catch (Vips.Failure failure) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, failure.getMessage());
        }
    }

    private Made made(Size size, VipsImage preview, boolean seeThrough) throws Vips.Failure, IOException {
        try (VipsImage promise = Pixels.smaller(preview, THUMB_PX, Integer.MAX_VALUE); VipsImage thumb = promise.inMemory()) {
            write(RenditionFile.Name.THUMB, thumb, seeThrough, QUALITY);
            try (VipsImage tiny = Pixels.smaller(thumb, 0, ThumbHash.MAX_EDGE_PX)) {
                byte[] rgba = Pixels.rgba(tiny);
                String hash = Base64.getEncoder().encodeToString(ThumbHash.of(tiny.width(), tiny.height(), rgba));
                return new Made(size, List.copyOf(written), hash, Pixels.brightness(rgba));
            }
        }
    }

    private VipsImage previewOfFull(Still still) throws Vips.Failure, Refusal, IOException, InterruptedException {
        try (VipsImage full = all(still)) {
            return previewOf(full);
        }
    }

    /// All pixels there are, or as many as one picture may have.
    private static VipsImage all(Still still) throws Vips.Failure, Refusal, IOException, InterruptedException {
        Size size = still.size();
        double scale = Math.min(1, Math.sqrt(FULL_PIXELS / size.width() / size.height()));
        return Pixels.of(still, (int) Math.max(1, Math.min(size.width(), size.height()) * scale), LONGEST_FULL_PX);
    }

    /// From the same decode. Where all pixels fit into a preview, the preview has them.
    private VipsImage previewOf(VipsImage full) throws Vips.Failure, IOException {
        if (Math.min(full.width(), full.height()) <= PREVIEW_PX && Math.max(full.width(), full.height()) <= LONGEST_PX) {
            return full.another();
        }
        write(RenditionFile.Name.FULL, full, Pixels.seeThrough(full), FULL_QUALITY);
        try (VipsImage promise = Pixels.smaller(full, PREVIEW_PX, LONGEST_PX)) {
            return promise.inMemory();
        }
    }

    /// @return false when the frames can't be read: then the first one has to do
    private boolean writeAnimation(Still still) throws Refusal, IOException, InterruptedException {
        Path temporary = temporary(RenditionFile.Name.PREVIEW);
        Animation animation = new Animation(still, limits);
        if (!animation.write(temporary)) {
            Files.deleteIfExists(temporary);
            return false;
        }
        finish(RenditionFile.Name.PREVIEW, "image/webp", animation.width(), animation.height());
        return true;
    }

    /// Not progressive: that takes a second pass over all coefficients, here and in every browser, and the placeholder is
    /// there before the first scan would be.
    private void write(RenditionFile.Name name, VipsImage image, boolean seeThrough, int quality) throws Vips.Failure, IOException {
        Path temporary = temporary(name);
        if (seeThrough) {
            Vips.operation("webpsave").set("in", image).set("filename", temporary).set("Q", quality).set("effort", 2).set("strip", true).run();
            finish(name, "image/webp", image.width(), image.height());
            return;
        }
        // Screenshots have an opacity that is never used; saving as JPEG drops it.
        Vips.operation("jpegsave").set("in", image).set("filename", temporary).set("Q", quality).set("optimize-coding", true).set("strip", true).run();
        finish(name, "image/jpeg", image.width(), image.height());
    }

    private Path temporary(RenditionFile.Name name) {
        return folder.resolve(name.fileName() + ".part");
    }

    private void finish(RenditionFile.Name name, String mediaType, int width, int height) throws IOException {
        Path file = folder.resolve(name.fileName());
        Files.move(temporary(name), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        written.add(new RenditionFile(name, mediaType, width, height, Files.size(file)));
    }
}
