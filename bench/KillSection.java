import java.nio.file.Files;
import java.util.List;

/// Twenty kills at random moments while clients upload; the test fails when a receipt does not hold.
final class KillSection implements Bench.Section {
    private static final int ROUNDS = 20;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var log = setup.root().resolve(".picup/logs/kill.log");
        var process = new ProcessBuilder(List.of("mvn", "-B", "-ntp", "-f", setup.root().resolve("server/pom.xml").toString(), "test",
                "-Dtest=KillJourneyTest", "-Dpicup.kill.rounds=" + ROUNDS)).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int code = process.start().waitFor();
        try (var lines = Files.lines(log)) {
            lines.filter(line -> line.matches(".*(KillJourneyTest:|^killed|receipts;|Tests run:.*KillJourneyTest|BUILD|ERROR.*KillJourney).*"))
                    .forEach(line -> results.say("    " + line));
        }
        if (code != 0) {
            throw new IllegalStateException("The kill test failed; see " + log);
        }
    }
}
