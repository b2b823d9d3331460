package picup.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who uses the product over HTTP, with a bearer token.
///
/// @param token null for somebody who has not signed in
record Person(String address, @Nullable String token) {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    record Answer(int status, byte[] body, Map<String, java.util.List<String>> headers) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().path("code").asString();
        }

        @Nullable String header(String name) {
            return headers.entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(name)).map(entry -> entry.getValue().getFirst()).findFirst().orElse(null);
        }

        @Override
        public String toString() {
            return status + " " + new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8);
        }
    }

    static Person signUp(String address, String username) {
        require(201, new Person(address, null).post("/api/members", credentials(username)));
        return signIn(address, username);
    }

    static Person signIn(String address, String username) {
        var session = require(201, new Person(address, null).post("/api/auth/sessions", credentials(username)));
        return new Person(address, session.json().get("accessToken").asString());
    }

    private static Map<String, String> credentials(String username) {
        return Map.of("username", username, "password", "a long enough password");
    }

    static Answer require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("Expected " + status + ", but got " + answer);
        }
        return answer;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer get(String path, String header, String value) {
        return send(request(path).header(header, value).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    Answer patch(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").method("PATCH", json(body)));
    }

    Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").PUT(json(body)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer delete(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").method("DELETE", json(body)));
    }

    Answer call(String method, String path, @Nullable Object body) {
        return body == null
                ? send(request(path).method(method, BodyPublishers.noBody()))
                : send(request(path).header("Content-Type", "application/json").method(method, json(body)));
    }

    /// @param fields further form fields, sent after the file
    Answer upload(String path, String fileName, byte[] bytes, Map<String, String> fields) {
        var boundary = "----picup-test-boundary";
        var body = new ByteArrayOutputStream();
        part(body, boundary, "Content-Disposition: form-data; name=\"file\"; filename=\"" + quoted(fileName) + "\"\r\nContent-Type: application/octet-stream", bytes);
        fields.forEach((name, value) -> part(body, boundary, "Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    Answer upload(String fileName, byte[] bytes) {
        return upload("/api/pictures", fileName, bytes, Map.of());
    }

    /// As browsers escape names (WHATWG, multipart/form-data encoding).
    private static String quoted(String fileName) {
        return fileName.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static void part(ByteArrayOutputStream body, String boundary, String headers, byte[] bytes) {
        body.writeBytes(("--" + boundary + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /// Waits until the picture is no longer being looked into.
    JsonNode settled(String id) {
        return Awaitility.await("picture " + id).atMost(PATIENCE).pollInterval(Duration.ofMillis(30))
                .until(() -> get("/api/pictures/" + id).json(), picture -> !picture.path("state").asString().equals("processing"));
    }

    /// Uploads what must be taken, and waits until it is ready.
    JsonNode show(String fileName, byte[] bytes) {
        var picture = settled(require(201, upload(fileName, bytes)).json().get("id").asString());
        if (!picture.get("state").asString().equals("ready")) {
            throw new AssertionError("Not ready: " + picture);
        }
        return picture;
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
