import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picup.decoder.FileKind;

/// A video that browsers don't play made playable, beside ffmpeg given the same work.
final class VideoSection implements Bench.Section {
    private static final int SECONDS = 20;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var out = Files.createDirectories(setup.scratch().resolve("video"));
        var clip = out.resolve("clip.mov");
        Machine.output(out, "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30,noise=alls=6:allf=t", "-f", "lavfi", "-i",
                "sine=frequency=440", "-t", "" + SECONDS, "-c:v", "mpeg4", "-q:v", "4", "-c:a", "pcm_s16le", clip.toString());
        results.say("%d seconds of 1080p (MPEG-4 part 2, %.0f MB) to H.264 of 720p and AAC. Aim: 1× ffmpeg alone.\n".formatted(SECONDS, Files.size(clip) / 1e6));
        results.table("what", "seconds", "CPU-seconds", "times real time");
        plain(clip, out, results);
        try (var decoder = new PlainDecoder()) {
            double before = decoder.cpuSeconds();
            long began = System.nanoTime();
            decoder.playable(clip, out, FileKind.MOV);
            double seconds = (System.nanoTime() - began) / 1e9;
            results.row("**Picup's decoder**", seconds, decoder.cpuSeconds() - before, SECONDS / seconds);
        }
    }

    /// With the settings that the decoder gives it, and as many threads.
    private static void plain(Path clip, Path out, Results results) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", clip.toString(), "-vf", "scale=1280:720,setsar=1",
                "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads", "1", "-c:a", "aac", "-b:a", "128k",
                "-ac", "2", "-movflags", "+faststart", "-y", out.resolve("plain.mp4").toString()));
        var words = new ArrayList<>(List.of("bash", "-c", "\"$@\"; times", "bash"));
        words.addAll(command);
        long began = System.nanoTime();
        var times = Machine.output(out, words.toArray(String[]::new));
        double seconds = (System.nanoTime() - began) / 1e9;
        results.row("ffmpeg alone", seconds, Machine.cpuOfChildren(times), SECONDS / seconds);
    }
}
