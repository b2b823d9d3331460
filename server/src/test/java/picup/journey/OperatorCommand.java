package picup.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One of the commands for who owns the machine, as a process of its own.
record OperatorCommand(int code, String output) {
    static Process start(String main, String... words) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static OperatorCommand run(String main, String... words) throws IOException, InterruptedException {
        var process = start(main, words);
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new OperatorCommand(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /// `take`, `verify`, `restore` and `recover`, as the launcher calls them.
    static OperatorCommand backup(String... words) throws IOException, InterruptedException {
        return run("picup.backup.BackupCommand", words);
    }
}
