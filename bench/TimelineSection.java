import java.util.List;

/// The timeline of a library of 10 thousand and of 1 million pictures, over kept-alive connections.
final class TimelineSection implements Bench.Section {
    private static final int REQUESTS = 200;
    private static final int WARM_UP = 100;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("%d requests each, one after the other. Aim: under 10 ms at the median at a million.\n".formatted(REQUESTS));
        results.table("pictures", "request", "median ms", "p95 ms", "KB");
        try (var running = new Running(setup.server(), setup.scratch().resolve("timeline"))) {
            var owner = running.signUp();
            try (var database = SeededLibrary.connect(running)) {
                int there = 0;
                for (int wanted : List.of(10_000, 1_000_000)) {
                    SeededLibrary.seed(database, owner, there, wanted);
                    there = wanted;
                    measure(running, results, wanted);
                }
            }
        }
    }

    private static void measure(Running running, Results results, int pictures) throws Exception {
        var months = running.json("/api/timeline");
        var middle = months.get(months.size() / 2).get("month").asString();
        var deep = "/api/pictures?limit=100";
        for (int i = 0; i < 50; i++) {
            deep = "/api/pictures?limit=100&cursor=" + running.json(deep).get("next").asString();
        }
        time(running, results, pictures, "the months (" + months.size() + ")", "/api/timeline");
        time(running, results, pictures, "one month", "/api/timeline/" + middle);
        time(running, results, pictures, "100 newest pictures", "/api/pictures?limit=100");
        time(running, results, pictures, "100 pictures, 50 pages down", deep);
    }

    private static void time(Running running, Results results, int pictures, String what, String path) throws Exception {
        var milliseconds = new double[REQUESTS];
        int size = 0;
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long began = System.nanoTime();
            var answer = running.get(path);
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - began) / 1e6;
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
            size = answer.body().length;
        }
        results.row("%,d".formatted(pictures), what, Results.median(milliseconds), Results.percentile(milliseconds, 0.95), size / 1000.0);
    }
}
