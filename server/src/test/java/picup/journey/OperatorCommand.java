package picup.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picup.platform.PreparedPostgres;

/// One of the commands for who owns the machine, as a process of its own: of the built product, if there is one (see [Instance]), or else of the
/// compiled classes. The first of them leaves the others what Java found out about the classes, and they find PostgreSQL unpacked.
record OperatorCommand(int code, String output) {
    private static final @Nullable String BUILT = System.getProperty("picup.server-command");

    static List<String> java(String main, String... words) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xlog:disable", "--enable-native-access=ALL-UNNAMED", "-Dpicup.postgres-programs=" + PreparedPostgres.programs()));
        if (BUILT == null) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        } else {
            command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + PreparedPostgres.programs().resolveSibling("commands.jsa"), "-cp", builtJar()));
        }
        command.add(main);
        command.addAll(List.of(words));
        return command;
    }

    private static String builtJar() {
        try {
            return Files.readAllLines(Path.of(String.valueOf(BUILT))).getLast();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Process start(String main, String... words) throws IOException {
        return new ProcessBuilder(java(main, words)).redirectErrorStream(true).start();
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
