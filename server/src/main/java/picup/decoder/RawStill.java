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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a sensor saw. The JPEG that the camera made of it is inside nearly always, looks as its photographer saw it on the
/// display, and costs nothing: ExifTool takes it out. Where there is none, or only a tiny one, libraw develops the rest.
///
/// Last, the first directory of a file that is a TIFF too, if it has three colours: a mosaic would have one.
final class RawStill implements Still {

    /// Short side of a preview that is as good as the RAW: a little less than that of the
    /// rendition, as Canon's and Sony's are 1080 px.
    private static final int GOOD_PREVIEW_PX = 1000;

    /// The tightest compression of a sensor's numbers, of any camera, is some four bits a pixel. A file of less has lost them, and libraw would
    /// make noise of what follows.
    private static final double LEAST_BYTES_PER_PIXEL = 0.125;

    /// ExifTool needs 0.2 s, libraw 0.1 s a megapixel on slow cores; both spin on some hostile files.
    private static final Duration EXIF_TOOL_LIMIT = Duration.ofSeconds(25);
    private static final Duration LIBRAW_LIMIT = Duration.ofSeconds(30);

    private static final List<String> PREVIEWS = List.of("-JpgFromRaw", "-JpgFromRaw2", "-PreviewImage", "-OtherImage", "-ThumbnailImage");
    private static final int MOST_PREVIEWS = 16;

    /// Decoded once to see whether it can be; previews in first directories are mostly thumbnails.
    private static final long MOST_DIRECTORY_PIXELS = 12_000_000;

    /// What libraw says of a file whose end is missing: it fills the rest with noise.
    private static final Pattern BROKEN = Pattern.compile("(?i)unexpected end|corrupt|unsupported|cannot");

    private static final Pattern OUTPUT_SIZE = Pattern.compile("Output size:\\s*(\\d{1,5}) x (\\d{1,5})");

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

    private RawStill(Path input, Path folder, List<Preview> previews, Map<String, String> tags)
            throws Refusal, IOException, InterruptedException {
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
    public Source source() throws Refusal, IOException, InterruptedException {
        Preview best = previews.isEmpty() ? null : previews.getFirst();
        boolean good = best != null && goodEnough(Renditions.Size.of(best.width, best.height));
        boolean sensor = (double) Files.size(input) / size.width() / size.height() >= LEAST_BYTES_PER_PIXEL;
        Source next = best != null ? camera(best) : firstDirectory(input);
        good |= best == null && next != null && goodEnough(VipsStill.size(next, false));
        if (good || !sensor && next != null) {
            return next;
        }
        Path developed = folder.resolve("developed.tiff");
        String complaint = develop(developed).complaint();
        boolean done = Files.exists(developed) && Files.size(developed) > 0;
        if (done && (next == null || !BROKEN.matcher(complaint).find())) {
            return Source.of(developed, "tiffload");
        }
        if (next == null) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "no preview inside, and libraw says: " + complaint);
        }
        return next;
    }

    private boolean goodEnough(Renditions.Size preview) {
        return Math.min(preview.width(), preview.height()) >= Math.min(GOOD_PREVIEW_PX, Math.min(size.width(), size.height()));
    }

    /// Some converters of DNG keep their preview there. Sixteen bits would be linear light, which isn't for showing.
    private static @Nullable Source firstDirectory(Path input) {
        Source source = Source.of(input, "tiffload");
        try (VipsImage promise = source.load(Map.of())) {
            if (promise.bands() != 3 || promise.sixteenBits() || (long) promise.width() * promise.height() > MOST_DIRECTORY_PIXELS) {
                return null;
            }
            promise.inMemory().close();
            return source;
        } catch (Vips.Failure unreadable) {
            return null;
        }
    }

    /// With the camera's white balance, in sRGB, turned by itself, at half size: four numbers of the sensor make one pixel, a
    /// quarter of the work and the memory. It ends with 0 whatever happens: the file tells.
    private Program.Ended develop(Path to) throws Refusal, IOException, InterruptedException {
        try {
            // It would take every core there is.
            return Program.run(List.of("env", "OMP_NUM_THREADS=1", "dcraw_emu", "-w", "-h", "-o", "1", "-T", "-Z", to.toString(), input.toString()),
                    LIBRAW_LIMIT);
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
    /// that of a thumbnail, or of one of two sensors. Then libraw's, or what there is.
    private Renditions.Size size(String said) throws Refusal, IOException, InterruptedException {
        String[] numbers = said.split("[ x]");
        int width = numbers.length == 2 ? (int) number(numbers[0]) : 0;
        int height = numbers.length == 2 ? (int) number(numbers[1]) : 0;
        Preview best = previews.isEmpty() ? null : previews.getFirst();
        if (width > 0 && height > 0 && (best == null || best.pixels() <= (long) width * height && alike(width, height, best))) {
            return turned(width, height);
        }
        Matcher libraw = OUTPUT_SIZE.matcher(identified());
        if (libraw.find()) {
            // Turned already.
            return new Renditions.Size(Integer.parseInt(libraw.group(1)), Integer.parseInt(libraw.group(2)), orientation, 1, false);
        }
        if (best != null) {
            return turned(best.width, best.height);
        }
        Source directory = firstDirectory(input);
        if (directory == null) {
            throw new Refusal(DecodeAnswer.Reason.UNREADABLE, "neither a preview nor the size of the picture is inside");
        }
        return VipsStill.size(directory, false);
    }

    private Renditions.Size turned(int width, int height) {
        return new Renditions.Size(orientation >= 5 ? height : width, orientation >= 5 ? width : height, orientation, 1, false);
    }

    /// Previews are 4:3 where the sensor is 3:2, but never another shape altogether.
    private static boolean alike(int width, int height, Preview preview) {
        double shape = (double) Math.max(width, height) / Math.min(width, height);
        double shown = (double) Math.max(preview.width, preview.height) / Math.min(preview.width, preview.height);
        return shape / shown < 1.4 && shown / shape < 1.4;
    }

    private String identified() throws IOException, InterruptedException {
        try {
            return Program.run(List.of("raw-identify", "-v", input.toString()), EXIF_TOOL_LIMIT).output();
        } catch (Refusal missingOrSlow) {
            return "";
        }
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
