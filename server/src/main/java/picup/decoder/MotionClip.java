package picup.decoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// The video of a [MotionPhoto], as every browser plays it.
final class MotionClip {

    /// Three seconds are usual.
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private MotionClip() {}

    /// A photo whose video can't be had is a photo all the same.
    static Optional<RenditionFile> of(DecodeRequest request) throws InterruptedException {
        Path part = request.outputFolder().resolve("motion.original");
        try {
            Optional<MotionPhoto> found = MotionPhoto.in(request.input(), request.kind());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            copy(request.input(), found.get(), part);
            VideoFile video = VideoFile.of(part, FileKind.MP4);
            Probe probe = Probe.of(video);
            PictureTrack picture = probe.picture();
            if ((long) picture.width() * picture.height() > request.limits().maxPixels()) {
                return Optional.empty();
            }
            // Three seconds of HEVC in 1080p take three on a slow core. Most of the time there is: what comes late is lost.
            Duration limit = request.limits().deadline().multipliedBy(3).dividedBy(4);
            return Optional.of(new PlayableCopy(video, probe, request.outputFolder(), limit).atMost(LONGEST).make(RenditionFile.Name.MOTION));
        } catch (Refusal | IOException | RuntimeException broken) {
            System.err.println("no motion: " + broken.getMessage());
            return Optional.empty();
        } finally {
            part.toFile().delete();
        }
    }

    private static void copy(Path photo, MotionPhoto video, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(photo);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long at = video.start();
            while (at < video.end()) {
                long copied = in.transferTo(at, video.end() - at, out);
                if (copied <= 0) {
                    break;
                }
                at += copied;
            }
        }
    }
}
