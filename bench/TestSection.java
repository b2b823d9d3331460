import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// A class of the tests that measures, or that kills more often than `./picup test` has the time for: it prints, and it fails when a promise
/// does not hold.
///
/// @param test  name of the class
/// @param shown the lines of it that are worth keeping, as a regular expression
/// @param more  words for Maven
record TestSection(String test, String shown, String... more) implements Bench.Section {
    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var log = setup.root().resolve(".picup/logs/" + test + ".log");
        var command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-f", setup.root().resolve("server/pom.xml").toString(), "test", "-Dtest=" + test,
                "-Dpicup.server-command=" + setup.root().resolve(".picup/server-command")));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var running = process.start();
        // Who stops the bench means the tests, too.
        var stop = new Thread(() -> {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        int code = running.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
        try (var lines = Files.lines(log)) {
            lines.filter(line -> line.matches(shown)).forEach(line -> results.say(line.startsWith("|") ? line : "    " + line));
        }
        if (code != 0) {
            throw new IllegalStateException(test + " failed; see " + log);
        }
    }
}
