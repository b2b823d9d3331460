package picup.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/// Somebody's browser that listens to `/api/live`.
final class LiveStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> end;

    /// Returns when the server has said hello.
    LiveStream(Person person) {
        var request = HttpRequest.newBuilder(URI.create(person.address() + "/api/live")).header("Authorization", "Bearer " + person.token()).build();
        end = http.sendAsync(request, BodyHandlers.ofLines()).thenApplyAsync(answer -> {
            answer.body().forEach(lines::add);
            return answer.statusCode();
        });
        awaitLine("event:hello");
    }

    void awaitLine(String part) {
        Awaitility.await("news with " + part).atMost(PATIENCE).until(() -> {
            if (end.isDone()) {
                throw new AssertionError("The stream has ended with " + end + ": " + lines);
            }
            return heard(part);
        });
    }

    boolean heard(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /// So far.
    List<String> heard() {
        return List.copyOf(lines);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    void awaitEnd() {
        Awaitility.await("the end of the stream").atMost(PATIENCE).until(this::hasEnded);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
