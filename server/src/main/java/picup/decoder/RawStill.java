package picup.decoder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a sensor saw. The JPEG that the camera made of it is inside nearly always, looks as its photographer saw it on the
/// display, and costs nothing: ExifTool takes it out. Where there is none, or only a tiny one, libraw develops the rest.
///
/// @param previews largest first
/// @param raw      size of the picture as its maker counts it, turned upright
/// @param orientation of the RAW, which its previews lack or repeat
final class RawStill implements Still {

    /// Short side of a preview that is as good as the RAW for everything but "all pixels": a little less than that of the
    /// rendition, as Canon's and Sony's are 1080 px.
    private static final int GOOD_PREVIEW_PX = 1000;

    /// Developing half size needs 80 bytes for each four pixels of the sensor, all of it four times as much: more than these
    /// would not fit into the memory of a decoder.
    private static final long MAX_FULL_PIXELS = 30_000_000;

    /// ExifTool needs 0.2 s, libraw 0.1 s a megapixel on slow cores; both spin on some hostile files.
    private static final Duration EXIF_TOOL_LIMIT = Duration.ofSeconds(15);
    private static final Duration LIBRAW_LIMIT = Duration.ofSeconds(40);

    private static final List<String> PREVIEWS = List.of("-JpgFromRaw", "-JpgFromRaw2", "-PreviewImage", "-OtherImage", "-ThumbnailImage");
    private static final int MOST_PREVIEWS = 16;

    private record Preview(Path file, int width, int height) {
        long pixels() {
            return (long) width * height;
        }
    }

    private final Path input;
    private final Path folder;
    private final List<Preview> previews;
    private final int orientation;
    private final Renditions.Size size;

    private RawStill(Path input, Path folder, List<Preview> previews, Map<String, String> tags) throws Refusal {
        this.input = input;
        this.folder = folder;
        this.previews = previews;
        int said = (int) number(tags.get("Orientation"));
        orientation = said >= 1 && said <= 8 ? said : 1;
        size = size(tags.getOrDefault("ImageSize", ""));
    }

    static RawStill open(Path input, Path folder) throws Refusal, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("exiftool", "-config", "", "-n", "-S", "-ImageSize", "-Orientation", input.toString(),
                "-execute", "-a", "-b", "-W", folder + "/camera-%t%-c.jpg"));
        command.addAll(PREVIEWS);
        command.add(input.toString());
        Program.Ended ended = Program.run(command, EXIF_TOOL_LIMIT);
        Map<String, String> tags = new HashMap<>();
        for (String line : ended.output().split("\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                tags.putIfAbsent(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        }
        return new RawStill(input, folder, previews(folder), tags);
    }

    private static List<Preview> previews(Path folder) throws IOException {
        List<Preview> previews = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "camera-*.jpg")) {
            for (Path file : files) {
                Preview preview = previews.size() < MOST_PREVIEWS ? preview(file) : null;
                if (preview != null) {
                    previews.add(preview);
                }
            }
        }
        previews.sort(Comparator.comparingLong(Preview::pixels).reversed());
        return previews;
    }

    private static @Nullable Preview preview(Path file) {
        try (VipsImage header = Vips.operation("jpegload").set("filename", file).image()) {
            return new Preview(file, header.width(), header.height());
        } catch (Vips.Failure notAJpeg) {
            return null;
        }
    }

    @Override
    public Renditions.Size size() {
        return size;
    }

    @Override
    public Source source(boolean all) throws Refusal, IOException, InterruptedException {
        Preview best = previews.isEmpty() ? null : previews.getFirst();
        boolean good = best != null && (all
                ? best.pixels() >= 0.8 * size.width() * size.height()
                : Math.min(best.width, best.height) >= Math.min(GOOD_PREVIEW_PX, Math.min(size.width(), size.height())));
        if (good) {
            return camera(best);
        }
        Path developed = folder.resolve("developed.tiff");
        Program.Ended ended = develop(developed, all && (long) size.width() * size.height() <= MAX_FULL_PIXELS);
        if (Files.exists(developed) && Files.size(developed) > 0) {
            return Source.of(developed, "tiffload");
        }
        if (best == null) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "no preview inside, and libraw says: " + ended.complaint());
        }
        return camera(best);
    }

    /// With the camera's white balance, in sRGB, turned by itself. It ends with 0 whatever happens: the file tells.
    private Program.Ended develop(Path to, boolean full) throws Refusal, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dcraw_emu", "-w", "-o", "1", "-T", "-Z", to.toString()));
        command.addAll(full ? List.of("-q", "2") : List.of("-h"));
        command.add(input.toString());
        try {
            return Program.run(command, LIBRAW_LIMIT);
        } catch (Refusal missingOrSlow) {
            if (previews.isEmpty()) {
                throw missingOrSlow;
            }
            return new Program.Ended(1, "", missingOrSlow.getMessage());
        }
    }

    /// Some cameras and programs turn the preview before they store it: then its shape is that of the turned picture.
    private Source camera(Preview preview) {
        boolean quarter = orientation >= 5;
        boolean landscape = preview.width >= preview.height;
        boolean turnedAlready = quarter && landscape == (size.width() >= size.height());
        return Source.of(preview.file, "jpegload").turned(turnedAlready ? 1 : orientation);
    }

    /// The size that ExifTool knows, unless the largest preview shows that it means something else: of some kinds it is
    /// that of a thumbnail.
    private Renditions.Size size(String said) throws Refusal {
        String[] numbers = said.split("[ x]");
        int width = numbers.length == 2 ? (int) number(numbers[0]) : 0;
        int height = numbers.length == 2 ? (int) number(numbers[1]) : 0;
        boolean quarter = orientation >= 5;
        if (!previews.isEmpty()) {
            Preview best = previews.getFirst();
            if ((long) width * height < best.pixels()) {
                width = best.width;
                height = best.height;
            }
        }
        if (width < 1 || height < 1) {
            return developedSize();
        }
        return new Renditions.Size(quarter ? height : width, quarter ? width : height, orientation, 1, false);
    }

    private Renditions.Size developedSize() throws Refusal {
        throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "neither a preview nor the size of the picture is inside");
    }

    private static double number(@Nullable String text) {
        try {
            double number = text == null ? 0 : Double.parseDouble(text.strip());
            return number >= 0 && number < 1e6 ? number : 0;
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
