import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Sign-ups and sign-ins over HTTP. Each costs one Argon2id hash, which is meant to be slow and takes a whole core.
final class MembersSection implements Bench.Section {
    private static final int REQUESTS = 160;
    private static final int WARM_UP = 40;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        results.say(REQUESTS + " requests each, after " + WARM_UP + " of them to warm up; milliseconds until the whole answer was read.\n");
        results.table("what", "at a time", "requests/s", "p50 ms", "p95 ms", "p99 ms");
        var data = Files.createTempDirectory(setup.scratch(), "members-");
        try (var running = new Running(setup.server(), data, "--picup.sign-up=open")) {
            var newcomers = new AtomicInteger();
            IntFunction<HttpRequest> signUp = _ -> post(running, "/api/members", "newcomer-" + newcomers.incrementAndGet());
            IntFunction<HttpRequest> signIn = i -> post(running, "/api/auth/sessions", "newcomer-" + (i + 1));
            milliseconds(running, 4, WARM_UP, signUp);
            measure(results, running, "sign-up", signUp);
            milliseconds(running, 4, WARM_UP, signIn);
            measure(results, running, "sign-in", signIn);
        } finally {
            Machine.delete(data);
        }
    }

    private static void measure(Results results, Running running, String what, IntFunction<HttpRequest> requests) throws Exception {
        for (int atATime : new int[] {1, 16}) {
            long began = System.nanoTime();
            var times = milliseconds(running, atATime, REQUESTS, requests);
            double seconds = (System.nanoTime() - began) / 1e9;
            results.row(what, atATime, REQUESTS / seconds, Results.median(times), Results.percentile(times, 0.95), Results.percentile(times, 0.99));
        }
    }

    private static double[] milliseconds(Running running, int atATime, int many, IntFunction<HttpRequest> requests) throws Exception {
        try (var threads = Executors.newFixedThreadPool(atATime)) {
            var calls = new ArrayList<Callable<Double>>();
            for (int i = 0; i < many; i++) {
                int nth = i;
                calls.add(() -> {
                    long began = System.nanoTime();
                    var answer = running.http.send(requests.apply(nth), BodyHandlers.ofString());
                    if (answer.statusCode() != 201) {
                        throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
                    }
                    return (System.nanoTime() - began) / 1e6;
                });
            }
            var times = new double[many];
            int i = 0;
            for (var time : threads.invokeAll(calls)) {
                times[i++] = time.get();
            }
            return times;
        }
    }

    private static HttpRequest post(Running running, String path, String username) {
        return HttpRequest.newBuilder(URI.create(running.address + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"" + username + "\",\"password\":\"a long enough password\"}")).build();
    }
}
