/// What Lighthouse says of sign-in, timeline and viewer, with 40 real pictures.
final class LighthouseSection implements Bench.Section {
    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var folder = setup.root().resolve("bench/lighthouse");
        await(new ProcessBuilder("npm", "--prefix", folder.toString(), "ci", "--no-audit", "--no-fund", "--silent").inheritIO().start());
        results.say("""
                Each page with a browser that has seen nothing yet, three times; the look that is in the middle by its performance. The phone and its network are simulated by Lighthouse.
                The aim is 95 in each of the three.
                """);
        results.table("page", "performance", "accessibility", "best practices", "first contentful paint", "largest contentful paint", "blocked", "layout shift", "found wanting");
        try (var running = new Running(setup.server(), setup.scratch().resolve("lighthouse"))) {
            var node = new ProcessBuilder("node", folder.resolve("measure.js").toString()).redirectErrorStream(true);
            node.environment().put("PICUP_URL", running.address);
            var process = node.start();
            try (var lines = process.inputReader().lines()) {
                lines.forEach(results::say);
            }
            await(process);
        }
    }

    private static void await(Process process) throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("It failed; what it said is above");
        }
    }
}
