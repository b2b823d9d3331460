package picup.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that writes H.264: a chip where there is one that this process may use, else x264.
///
/// @param device  without it there is no use in trying; none for x264
/// @param before  arguments before the input
/// @param filters that bring frames to where it takes them from, with a comma in front
/// @param options quality above all: x264's `crf` of 23, or what its chip calls so
record Encoder(String name, @Nullable Path device, List<String> before, String filters, List<String> options) {

    /// At 720p `veryfast` encodes at three times the speed of `medium`, for files a sixth larger. More than 6 Mbit/s no picture of
    /// that size needs, and not every home uploads so much.
    static final Encoder SOFTWARE = new Encoder("libx264", null, List.of(), "",
            List.of("-preset", "veryfast", "-crf", "23", "-maxrate", "6M", "-bufsize", "12M", "-profile:v", "high"));

    private static final Path RENDER_NODE = Path.of("/dev/dri/renderD128");

    /// NVIDIA's, Intel's, and what Linux offers for Intel's and AMD's: in the order of their speed.
    static final List<Encoder> CHIPS = List.of(
            new Encoder("h264_nvenc", Path.of("/dev/nvidiactl"), List.of(), "",
                    List.of("-rc", "vbr", "-cq", "24", "-b:v", "0", "-maxrate", "6M", "-bufsize", "12M", "-forced-idr", "1")),
            new Encoder("h264_qsv", RENDER_NODE, List.of("-init_hw_device", "qsv=hw"), ",format=nv12",
                    List.of("-global_quality", "24", "-maxrate", "6M", "-forced_idr", "1")),
            new Encoder("h264_vaapi", RENDER_NODE, List.of("-vaapi_device", RENDER_NODE.toString()), ",format=nv12,hwupload",
                    List.of("-rc_mode", "CQP", "-qp", "24")));

    private static final Duration TRIAL = Duration.ofSeconds(10);

    private static @Nullable Encoder best;

    interface Trial {
        boolean works(Encoder encoder) throws IOException, InterruptedException;
    }

    /// Tried once in the life of a decoder: a driver that is there and doesn't work is more usual than one that does.
    static Encoder best() throws IOException, InterruptedException {
        if (best == null) {
            best = best(CHIPS, Encoder::works);
        }
        return best;
    }

    static Encoder best(List<Encoder> chips, Trial trial) throws IOException, InterruptedException {
        for (Encoder chip : chips) {
            if (trial.works(chip)) {
                return chip;
            }
        }
        return SOFTWARE;
    }

    /// It failed on a real video: not to be tried again.
    static void distrust() {
        best = SOFTWARE;
    }

    boolean software() {
        return device == null;
    }

    /// A key frame every two seconds of whatever frame rate: where seeking can land.
    List<String> arguments() {
        return Probe.join(List.of("-c:v", name), options, List.of("-force_key_frames", "expr:gte(t,n_forced*2)"));
    }

    private static boolean works(Encoder encoder) throws IOException, InterruptedException {
        if (encoder.device() == null || !Files.isReadable(encoder.device())) {
            return false;
        }
        try {
            return Program.run(Probe.join(List.of("ffmpeg", "-nostdin", "-v", "error"), encoder.before(),
                    List.of("-f", "lavfi", "-i", "color=gray:s=640x360:r=25:d=0.2", "-vf", "format=yuv420p" + encoder.filters()),
                    encoder.arguments(), List.of("-f", "null", "-")), TRIAL).exit() == 0;
        } catch (Refusal tooSlow) {
            return false;
        }
    }
}
