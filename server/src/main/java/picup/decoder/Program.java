package picup.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A program that the decoder starts: ffprobe, ffmpeg, ExifTool. No shell is involved, and no argument comes from a file.
final class Program {

    /// ffprobe's answer on a file with a hundred streams is 200 KB.
    private static final int MAX_OUTPUT_BYTES = 4 << 20;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    /// The program dies with this process, however that ends. It is tied to the thread that starts it, so only the main
    /// thread, which lives as long as the process, may start programs.
    private static final List<String> TIE = Files.isExecutable(Path.of("/usr/bin/setpriv"))
            ? List.of("/usr/bin/setpriv", "--pdeathsig", "KILL", "--")
            : List.of();

    private Program() {}

    /// @param output of standard output
    record Ended(int exit, String output, String complaint) {}

    static Process start(List<String> command) throws IOException, Refusal {
        if (!installed(command.getFirst())) {
            throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, command.getFirst() + " isn't installed here");
        }
        List<String> tied = new ArrayList<>(TIE);
        tied.addAll(command);
        Process process = new ProcessBuilder(tied).start();
        RUNNING.add(process);
        return process;
    }

    /// @param limit of work, see [Patience]
    static Ended run(List<String> command, Duration limit) throws IOException, Refusal, InterruptedException {
        Process process = start(command);
        try {
            Patience patience = Patience.with(process, limit);
            process.getOutputStream().close();
            Gathered output = Gathered.from(process.getInputStream(), MAX_OUTPUT_BYTES);
            Gathered complaint = Gathered.from(process.getErrorStream(), 4096);
            Integer exit = patience.await((time, unit) -> process.waitFor(time, unit) ? process.exitValue() : null);
            if (exit == null) {
                throw new Refusal(DecodeAnswer.Reason.TOO_SLOW, command.getFirst() + " took longer than " + limit);
            }
            return new Ended(exit, output.text(), complaint.text());
        } finally {
            kill(process);
        }
    }

    static void kill(Process process) {
        process.destroyForcibly();
        RUNNING.remove(process);
    }

    static void killAll() {
        RUNNING.forEach(Process::destroyForcibly);
    }

    private static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (String folder : path.split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// Takes everything, so that the program never waits, and keeps the first part.
    private static final class Gathered {
        private final Thread thread;
        private byte[] kept = {};

        private Gathered(InputStream from, int maxBytes) {
            thread = new Thread(() -> {
                try (from) {
                    kept = from.readNBytes(maxBytes);
                    from.skipNBytes(Long.MAX_VALUE);
                } catch (IOException ended) {
                    // It was killed, or has said everything: what is kept is kept.
                    return;
                }
            }, "output");
            thread.setDaemon(true);
            thread.start();
        }

        static Gathered from(InputStream stream, int maxBytes) {
            return new Gathered(stream, maxBytes);
        }

        String text() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            return new String(kept, StandardCharsets.UTF_8);
        }
    }
}
