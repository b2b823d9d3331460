package picup.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Picup as seen from here: requests in the name of one member, with a session that is renewed when it ends; or with
/// an API key, exchanged for an access token as often as one runs out, so that the key itself travels seldom and works
/// wherever the roles of the server run.
///
/// Refresh tokens are for one use: of several uploads that meet a 401 at once only one renews, and the others go on with
/// what it got.
final class Server implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// For answers without a file on the way.
    private static final Duration SHORT = Duration.ofSeconds(60);
    /// The server may be finishing an upload whose bytes are all there: it reads them once more, and makes them durable.
    private static final Duration LASTING = Duration.ofMinutes(10);
    /// A file of the largest size over a slow line takes hours; this only ends what hangs for good.
    private static final Duration LONG = Duration.ofHours(12);

    /// @param retryAfterSeconds -1 when the server did not say
    record Reply(int status, HttpHeaders headers, JsonNode json, long retryAfterSeconds) {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /// What became of a file: `added`, `already-there`, `sidecar`; empty where it has not come to that.
        String outcome() {
            return header("Picup-Outcome").orElseGet(() -> json.path("outcome").asString(""));
        }

        boolean trashed() {
            return header("Picup-Trashed").map(Boolean::parseBoolean).orElseGet(() -> json.path("trashed").asBoolean(false));
        }

        String code() {
            return json.path("code").asString("");
        }

        /// What the server says to the person.
        String reason() {
            var detail = json.path("detail").asString("");
            return detail.isEmpty() ? "HTTP " + status : detail;
        }
    }

    /// @param refresh null where there is only a key to come back with
    private record Tokens(String access, @Nullable String refresh) {}

    /// What opens the door.
    record Credentials(String path, Map<String, String> body) {
        static Credentials password(String user, String password) {
            return new Credentials("/api/auth/sessions", Map.of("username", user, "password", password));
        }

        static Credentials apiKey(String key) {
            return new Credentials("/api/auth/access-tokens", Map.of("apiKey", key));
        }

        @Override
        public String toString() {
            return "Credentials[for " + path + "]";
        }
    }

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final ReentrantLock renewing = new ReentrantLock();
    private final URI address;
    private final Credentials credentials;
    private volatile @Nullable Tokens tokens;

    Server(URI address, Credentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /// @return the answer: 201, or why not
    Reply signIn() throws IOException, InterruptedException {
        return openSession(credentials.path(), credentials.body());
    }

    private Reply openSession(String path, Map<String, String> body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(SHORT)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        var reply = exchange(request);
        if (reply.status() == 201) {
            tokens = new Tokens(reply.json().get("accessToken").asString(), reply.json().path("refreshToken").asString(null));
        }
        return reply;
    }

    Reply get(String path) throws IOException, InterruptedException {
        return authorised(() -> HttpRequest.newBuilder(URI.create(address + path)).timeout(SHORT).GET());
    }

    /// @param fields sent before the file
    Reply upload(String path, Map<String, String> fields, Path file) throws IOException, InterruptedException {
        return authorised(() -> HttpRequest.newBuilder(URI.create(address + path)).timeout(LONG)
                .header("Content-Type", Multipart.contentType()).POST(Multipart.of(fields, file).body()));
    }

    Reply post(String path, Object body) throws IOException, InterruptedException {
        return authorised(() -> HttpRequest.newBuilder(URI.create(address + path)).timeout(SHORT)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /// A request of tus without bytes of a file.
    Reply tus(String method, String path, Map<String, String> headers) throws IOException, InterruptedException {
        return authorised(() -> {
            var request = tus(path, LASTING).method(method, BodyPublishers.noBody());
            headers.forEach(request::header);
            return request;
        });
    }

    /// @param lengthBytes of the file from the offset on
    Reply patch(String path, long offsetBytes, Path file, long lengthBytes) throws IOException, InterruptedException {
        return authorised(() -> tus(path, LONG).header("Upload-Offset", "" + offsetBytes).header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", FileSlice.of(file, offsetBytes, lengthBytes)));
    }

    private HttpRequest.Builder tus(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(timeout).header("Tus-Resumable", "1.0.0");
    }

    /// Whether requests are wanted there.
    boolean ready() throws InterruptedException {
        try {
            return exchange(HttpRequest.newBuilder(URI.create(address + "/health/ready")).timeout(CONNECT).GET()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Requests {
        HttpRequest.Builder next() throws IOException;
    }

    private Reply authorised(Requests requests) throws IOException, InterruptedException {
        var used = tokens;
        var reply = exchange(with(used, requests.next()));
        if (reply.status() != 401) {
            return reply;
        }
        renew(used);
        return exchange(with(tokens, requests.next()));
    }

    private static HttpRequest.Builder with(@Nullable Tokens tokens, HttpRequest.Builder request) {
        return tokens == null ? request : request.header("Authorization", "Bearer " + tokens.access());
    }

    private void renew(@Nullable Tokens ended) throws IOException, InterruptedException {
        renewing.lockInterruptibly();
        try {
            if (tokens != ended) {
                return; // another upload has renewed it meanwhile
            }
            if (ended == null || ended.refresh() == null || openSession("/api/auth/sessions/refresh", Map.of("refreshToken", ended.refresh())).status() != 201) {
                signIn();
            }
        } finally {
            renewing.unlock();
        }
    }

    private Reply exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), response.headers(), json(response.body()),
                response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,6}")).map(Long::parseLong).orElse(-1L));
    }

    /// What answers need not be Picup: a proxy in between writes HTML.
    private static JsonNode json(byte[] body) {
        try {
            var node = JSON.readTree(body);
            return node == null ? JSON.createObjectNode() : node;
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
