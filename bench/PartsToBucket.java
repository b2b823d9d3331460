import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that sends the parts of a file straight to the bucket, four at a time, as its server tells it.
final class PartsToBucket {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UPLOADS = "/api/direct-uploads";
    private static final int PARALLEL = 4;

    private PartsToBucket() {}

    /// From the first hash to the answer that the picture is safe.
    static void send(Running running, Path file) throws Exception {
        int partBytes = running.json(UPLOADS).get("partBytes").asInt();
        var upload = post(running, UPLOADS, JSON.writeValueAsString(announced(file, partBytes)), 201);
        try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
            var all = new ArrayList<Callable<Void>>();
            upload.get("parts").forEach(part -> all.add(() -> put(running, part, file)));
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }
        post(running, UPLOADS + "/" + upload.get("id").asString() + "/completion", "{}", 200);
    }

    /// Reads the file once.
    private static Map<String, Object> announced(Path file, int partBytes) throws Exception {
        var whole = MessageDigest.getInstance("SHA-256");
        var parts = new ArrayList<String>();
        try (var in = Files.newInputStream(file)) {
            for (var part = in.readNBytes(partBytes); part.length > 0; part = in.readNBytes(partBytes)) {
                whole.update(part);
                parts.add(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(part)));
            }
        }
        return Map.of("filename", file.getFileName().toString(), "sizeBytes", Files.size(file), "sha256", HexFormat.of().formatHex(whole.digest()), "partSha256", parts, "bulk", true);
    }

    private static Void put(Running running, JsonNode part, Path file) throws IOException, InterruptedException {
        var bytes = new byte[part.get("sizeBytes").asInt()];
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(part.get("offsetBytes").asLong());
            in.readFully(bytes);
        }
        var request = HttpRequest.newBuilder(URI.create(part.get("url").asString())).PUT(BodyPublishers.ofByteArray(bytes));
        part.get("headers").properties().forEach(header -> request.header(header.getKey(), header.getValue().asString()));
        required(200, running, request.build());
        return null;
    }

    private static JsonNode post(Running running, String path, String body, int status) throws IOException, InterruptedException {
        return JSON.readTree(required(status, running, running.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build()));
    }

    private static byte[] required(int status, Running running, HttpRequest request) throws IOException, InterruptedException {
        var answer = running.http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != status) {
            throw new IllegalStateException(request.uri().getPath() + " answered " + answer.statusCode() + ": " + new String(answer.body()));
        }
        return answer.body();
    }
}
