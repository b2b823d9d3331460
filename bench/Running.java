import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The product, running for a measurement, and one member of it.
final class Running implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Path data;
    final Process server;
    final double readySeconds;
    final String address;
    private String token = "";

    Running(List<String> serverCommand, Path data, String... more) throws IOException, InterruptedException {
        this.data = data;
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        var command = new ArrayList<>(serverCommand);
        command.addAll(List.of("--server.port=" + port, "--picup.data=" + data));
        command.addAll(List.of(more));
        long began = System.nanoTime();
        server = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling(data.getFileName() + ".log").toFile())).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        while (!ready()) {
            if (!server.isAlive()) {
                throw new IllegalStateException("The server ended with " + server.exitValue() + "; see " + data + ".log");
            }
            LockSupport.parkNanos(10_000_000);
        }
        readySeconds = (System.nanoTime() - began) / 1e9;
    }

    private boolean ready() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address + "/health/ready")).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// @return the id of the new member, who is signed in from here on
    String signUp() throws IOException, InterruptedException {
        var credentials = "{\"username\":\"bench\",\"password\":\"a long enough password\"}";
        var member = post("/api/members", credentials);
        token = post("/api/auth/sessions", credentials).get("accessToken").asString();
        return member.get("id").asString();
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build();
        return JSON.readTree(required(201, http.send(request, BodyHandlers.ofByteArray())));
    }

    /// Of the member.
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(required(200, get(path)));
    }

    /// @return the id of the picture
    String upload(Path file, boolean bulk) throws IOException, InterruptedException {
        var boundary = "picup-bench-boundary";
        var body = BodyPublishers.concat(
                BodyPublishers.ofString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName()
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"),
                BodyPublishers.ofFile(file), BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        var request = HttpRequest.newBuilder(URI.create(address + "/api/pictures" + (bulk ? "?bulk=true" : "")))
                .header("Authorization", "Bearer " + token).header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(body).build();
        return JSON.readTree(required(201, http.send(request, BodyHandlers.ofByteArray()))).get("id").asString();
    }

    private static byte[] required(int status, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + new String(answer.body()));
        }
        return answer.body();
    }

    void awaitSettled(List<String> ids) throws IOException, InterruptedException {
        for (var id : ids) {
            while (json("/api/pictures/" + id).get("state").asString().equals("processing")) {
                Thread.sleep(20);
            }
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(40, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
