package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The moving preview of a picture that moves: a WebP, which every browser shows and repeats.
final class Animation {

    private static final int ANIMATION_PX = 720;

    /// Frames times size: as much to encode as fifteen ordinary previews.
    private static final long ANIMATION_PIXELS = 40_000_000;

    /// Of ffmpeg: the limit above takes 8 s on a slow core.
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Still still;
    private final Limits limits;
    private final double scale;
    private int width;
    private int height;

    Animation(Still still, Limits limits) {
        this.still = still;
        this.limits = limits;
        scale = Pixels.scale(still.size().width(), still.size().height(), ANIMATION_PX, Renditions.LONGEST_PX);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// @return false when there is nothing that moves after all
    boolean write(Path to) throws Refusal, IOException, InterruptedException {
        try {
            boolean made = switch (still.motion()) {
                case NONE -> false;
                case PAGES -> pages(to);
                case APNG -> frames(to, List.of("-f", "apng"), false);
                case TRACK -> frames(to, List.of("-f", "mov"), HeifStill.trackOfOpacity(still.source().file()));
            };
            return made && measure(to);
        } catch (Vips.Failure failure) {
            System.err.println("the animation can't be made: " + failure.getMessage());
            return false;
        }
    }

    private long frameCount() {
        Renditions.Size size = still.size();
        long shownPixels = Math.max(1, (long) (size.width() * scale * size.height() * scale));
        long framePixels = (long) size.width() * size.height();
        return Math.clamp(Math.min(ANIMATION_PIXELS / shownPixels, limits.maxPixels() / framePixels),
                1, Math.min(size.frames(), limits.maxFrames()));
    }

    private boolean pages(Path to) throws Vips.Failure, Refusal, IOException, InterruptedException {
        Path input = still.source().file();
        try (VipsImage animation = Pixels.fit(Vips.operation("thumbnail").set("filename", input + "[n=" + frameCount() + "]"),
                still.size(), scale, still.size().profile()).image()) {
            Vips.operation("webpsave").set("in", animation).set("filename", to).set("Q", 75).set("effort", 2).set("strip", true).run();
            return true;
        }
    }

    /// By ffmpeg, which knows how frames lie upon each other, and whose encoder is the same libwebp.
    private boolean frames(Path to, List<String> demuxer, boolean opacityBeside) throws Refusal, IOException, InterruptedException {
        Renditions.Size size = still.size();
        String scaled = "scale=" + Math.max(1, Math.round(size.width() * scale)) + ":" + Math.max(1, Math.round(size.height() * scale));
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-threads", "1",
                "-protocol_whitelist", "file", "-max_pixels", Long.toString(limits.maxPixels())));
        command.addAll(demuxer);
        command.addAll(List.of("-i", still.source().file().toString()));
        command.addAll(opacityBeside
                ? List.of("-filter_complex", "[0:v:1]format=gray[a];[0:v:0]format=rgb24[c];[c][a]alphamerge," + scaled + ",format=bgra")
                : List.of("-map", "0:v:0", "-vf", scaled + ",format=bgra"));
        command.addAll(List.of("-frames:v", Long.toString(frameCount()), "-map_metadata", "-1", "-c:v", "libwebp_anim", "-quality", "75",
                "-compression_level", "2", "-loop", "0", "-f", "webp", "-y", to.toString()));
        Program.Ended ended = Program.run(command, LIMIT);
        if (ended.exit() != 0 || !Files.exists(to) || Files.size(to) == 0) {
            System.err.println("the animation can't be made: " + ended.complaint());
            return false;
        }
        return true;
    }

    private boolean measure(Path made) throws Vips.Failure {
        try (VipsImage header = Vips.operation("webpload").set("filename", made).set("n", -1).image()) {
            width = header.width();
            height = header.header("page-height", header.height());
            return true;
        }
    }
}
