/// Search in a library of a million pictures, for words that many or few of them have: a first page of 100, with the count of all, over a kept-alive connection.
final class SearchSection implements Bench.Section {
    private static final int PICTURES = 1_000_000;
    private static final int REQUESTS = 20;
    private static final int WARM_UP = 3;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("%,d pictures, %d requests each, one after the other. Aim: under 100 ms at the median.\n".formatted(PICTURES, REQUESTS));
        results.table("word", "pictures that have it", "median ms", "longest ms");
        try (var running = new Running(setup.server(), setup.scratch().resolve("search"))) {
            var owner = running.signUp();
            try (var database = SeededLibrary.connect(running)) {
                SeededLibrary.seed(database, owner, 0, PICTURES);
                SeededLibrary.giveWords(database, owner);
            }
            time(running, results, "img", "all");
            time(running, results, "town0", "a quarter");
            time(running, results, "harbour", "one of a hundred");
            time(running, results, "needle", "12, in all years");
            time(running, results, "tuscany", "half of those of 2011, which is long ago");
            time(running, results, "tuscany harbour", "one of a hundred of these");
            time(running, results, "nothing", "none");
        }
    }

    private static void time(Running running, Results results, String words, String have) throws Exception {
        var milliseconds = new double[REQUESTS];
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long began = System.nanoTime();
            var answer = running.get("/api/pictures/search?limit=100&q=" + words.replace(" ", "%20"));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(words + " was answered with " + answer.statusCode());
            }
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        results.row(words, have, Results.median(milliseconds), Results.percentile(milliseconds, 1));
    }
}
