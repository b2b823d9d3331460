import java.util.List;

/// From the start of the process to the first 200 of `/health/ready`.
final class StartSection implements Bench.Section {
    private static final int RUNS = 5;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("Seconds from the start of the process to ready; median and all of " + RUNS + ". Aim: warm under 3 s.\n");
        results.table("start", "median s", "all");
        var data = setup.scratch().resolve("start");
        var first = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            Machine.delete(data);
            first[i] = once(setup.server(), setup, data);
        }
        report(results, "empty data folder (makes the database)", first);
        var warm = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            warm[i] = once(setup.server(), setup, data);
        }
        report(results, "warm", warm);
        var withoutCache = setup.server().stream().filter(word -> !word.startsWith("-XX:AOTCache=")).toList();
        var plain = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            plain[i] = once(withoutCache, setup, data);
        }
        report(results, "warm, without the AOT cache", plain);
    }

    private static double once(List<String> command, Bench.Setup setup, java.nio.file.Path data) throws Exception {
        try (var running = new Running(command, data)) {
            return running.readySeconds;
        }
    }

    private static void report(Results results, String what, double[] seconds) {
        results.row(what, Results.median(seconds), String.join(" ", java.util.Arrays.stream(seconds).mapToObj(Results::number).toList()));
    }
}
