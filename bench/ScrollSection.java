/// The web app with a library of a million pictures, one month of which has 70,000, in Chromium.
final class ScrollSection implements Bench.Section {
    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say("""
                In Chromium without a graphics card, on the same cores as the server. The thumbnails of the first screen come from the server; of the others, as there are no bytes behind a million rows,
                each is one picture that the browser is given. Scrolled from end to end in 4,500 frames, then by the scrubber to 20 places.
                """);
        results.table("what", "measured", "aim");
        try (var running = new Running(setup.server(), setup.scratch().resolve("scroll"))) {
            var owner = running.signUp();
            try (var database = SeededLibrary.connect(running)) {
                SeededLibrary.seed(database, owner, 0, 930_000);
                SeededLibrary.seedMonth(database, owner, 70_000);
                SeededLibrary.drawNewest(database, running.data, 300);
            }
            var node = new ProcessBuilder("node", setup.root().resolve("web/journeys/smooth.js").toString()).redirectErrorStream(true);
            node.environment().put("PICUP_URL", running.address);
            node.environment().put("USERNAME", "bench");
            node.environment().put("PASSWORD", "a long enough password");
            var process = node.start();
            try (var lines = process.inputReader().lines()) {
                lines.forEach(results::say);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("web/journeys/smooth.js failed; what it said is above");
            }
        }
    }
}
