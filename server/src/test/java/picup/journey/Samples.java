package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Real files to try things on: made here by ffmpeg, ExifTool and libvips, so that the project stands alone.
final class Samples {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Samples() {}

    /// A photo that no other call gives, taken on 22 October 2008 in Italy as a camera would write it.
    static byte[] photo() {
        return photo(640, 480, "-DateTimeOriginal=2008:10:22 16:28:39", "-OffsetTimeOriginal=+02:00", "-GPSLatitude=43.4674", "-GPSLatitudeRef=N",
                "-GPSLongitude=11.8851", "-GPSLongitudeRef=E", "-Make=Picup", "-Model=Test");
    }

    /// @param tags as ExifTool takes them
    static byte[] photo(int width, int height, String... tags) {
        return made("photo.jpg", file -> {
            run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=%dx%d:rate=1,drawbox=x=%d:y=10:w=30:h=30:color=red"
                    .formatted(width, height, COUNT.incrementAndGet() % (width - 40)), "-frames:v", "1", "-update", "1", file.toString());
            var command = new java.util.ArrayList<>(List.of("exiftool", "-q", "-overwrite_original", "-UserComment=" + COUNT.incrementAndGet()));
            command.addAll(List.of(tags));
            command.add(file.toString());
            run(command.toArray(String[]::new));
        });
    }

    /// Two seconds that every browser plays.
    static byte[] video() {
        return made("video.mp4", file -> run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15", "-f", "lavfi", "-i",
                "sine=frequency=440", "-t", "2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata", "comment=" + COUNT.incrementAndGet(),
                "-movflags", "+faststart", file.toString()));
    }

    /// Two seconds in a codec that browsers do not play.
    static byte[] oldVideo() {
        return made("video.mov", file -> run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15", "-t", "2", "-c:v", "mjpeg",
                "-pix_fmt", "yuvj420p", "-metadata", "comment=" + COUNT.incrementAndGet(), file.toString()));
    }

    private interface Maker {
        void make(Path file);
    }

    private static byte[] made(String name, Maker maker) {
        try {
            var folder = Files.createTempDirectory("picup-sample");
            var file = folder.resolve(name);
            try {
                maker.make(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
