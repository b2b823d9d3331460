import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What Linux says about the machine and about a tree of processes.
final class Machine {
    private static final double TICKS = 100; // USER_HZ, the same on every Linux that Java runs on

    private Machine() {}

    static List<String> describe(Path root, List<String> sections) throws Exception {
        return List.of(
                "when: " + java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                "commit: " + output(root, "git", "rev-parse", "--short", "HEAD"),
                "command: `./picup bench " + String.join(" ", sections) + "`",
                "processor: " + line("/proc/cpuinfo", "model name") + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "memory: " + line("/proc/meminfo", "MemTotal"),
                "kernel: " + output(root, "uname", "-sr") + ", file system " + output(root, "stat", "-f", "-c", "%T", "."),
                "java: " + System.getProperty("java.vendor.version") + " " + System.getProperty("java.version"),
                "load before: " + Files.readString(Path.of("/proc/loadavg")).strip() + " (above 1 somebody else was at work too)");
    }

    private static String line(String file, String key) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("?");
        }
    }

    /// @throws IllegalStateException when the command fails
    static String output(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    static double seconds(Path folder, String... command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        output(folder, command);
        return (System.nanoTime() - began) / 1e9;
    }

    /// What `times` of bash says at the end: its last line is of the children, `0m1.234s 0m0.567s`.
    static double cpuOfChildren(String times) {
        double seconds = 0;
        for (var part : times.lines().toList().getLast().split(" ")) {
            seconds += Double.parseDouble(part.replaceAll(".*m|s", "")) + 60 * Double.parseDouble(part.replaceAll("m.*", ""));
        }
        return seconds;
    }

    private static Stream<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    /// Proportional set size: shared pages count once, divided among those that share them.
    static double pssMegabytes(ProcessHandle root) {
        return tree(root).mapToDouble(process -> pssMegabytes(process.pid())).sum();
    }

    /// Of the process alone, without those below it.
    static double pssOf(ProcessHandle process) {
        return pssMegabytes(process.pid());
    }

    private static double pssMegabytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:")).mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended meanwhile
        }
    }

    /// By what they are: the server, PostgreSQL, decoders.
    static String pssByKind(ProcessHandle root) {
        double postgres = 0, decoders = 0;
        for (var process : root.descendants().toList()) {
            var command = command(process.pid());
            if (command.contains("postgres")) {
                postgres += pssMegabytes(process.pid());
            } else {
                decoders += pssMegabytes(process.pid());
            }
        }
        return "server %.0f, PostgreSQL %.0f, decoders %.0f MB".formatted(pssMegabytes(root.pid()), postgres, decoders);
    }

    /// Stopped, not killed: work that is given to them waits. They end with the server.
    static void holdDecoders(ProcessHandle root) throws IOException, InterruptedException {
        for (var process : root.descendants().toList()) {
            if (command(process.pid()).contains("DecoderMain")) {
                new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor();
            }
        }
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /// Of the process and everything below it, those that have ended included.
    static Duration cpu(ProcessHandle root) {
        return Duration.ofMillis((long) (tree(root).mapToDouble(process -> ticks(process.pid())).sum() * 1000 / TICKS));
    }

    private static double ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Stream.of(11, 12, 13, 14).mapToDouble(field -> Double.parseDouble(fields[field])).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Could not delete " + folder + ": " + e);
        }
    }
}
