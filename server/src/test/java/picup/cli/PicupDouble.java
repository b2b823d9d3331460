package picup.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Picup over real HTTP that does as it is told: the answers an import can meet, in the order a test wants them.
final class PicupDouble implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    /// @param head the form as text up to the bytes of the file
    record Upload(String query, String head, byte[] file, long contentLength) {
        String field(String name) {
            var found = Pattern.compile("name=\"" + name + "\"\r\n\r\n(.*?)\r\n", Pattern.DOTALL).matcher(head);
            return found.find() ? found.group(1) : "";
        }

        String fileName() {
            var found = Pattern.compile("filename=\"(.*?)\"").matcher(head);
            return found.find() ? found.group(1) : "";
        }
    }

    /// @param bytes that have come
    record Piecemeal(Map<String, String> metadata, long sizeBytes, ByteArrayOutputStream bytes, List<Integer> requestBytes) {}

    record Answer(int status, String body, Map<String, String> headers) {
        static Answer problem(int status, String code, String detail) {
            return new Answer(status, "{\"code\":\"%s\",\"detail\":\"%s\"}".formatted(code, detail), Map.of());
        }

        Answer with(String header, String value) {
            return new Answer(status, body, Map.of(header, value));
        }
    }

    final List<Upload> uploads = Collections.synchronizedList(new ArrayList<>());
    /// Digest → where it lies.
    final Map<String, String> library = new ConcurrentHashMap<>();
    /// What the next uploads are answered, before the double answers by its library.
    final Deque<Answer> next = new ConcurrentLinkedDeque<>();
    /// What files of a name are always answered.
    final Map<String, Answer> always = new ConcurrentHashMap<>();
    final Map<String, Integer> requests = new ConcurrentHashMap<>();
    /// How many of the next pieces break off when half has come.
    final AtomicInteger cuts = new AtomicInteger();
    /// What the next pieces are answered, when all of their bytes have come and none is kept.
    final Deque<Answer> nextPieces = new ConcurrentLinkedDeque<>();
    /// Uploads in pieces, by their path; whoever wants them gone removes them.
    final Map<String, Piecemeal> piecemeal = new ConcurrentHashMap<>();
    private final Map<String, Boolean> goodTokens = new ConcurrentHashMap<>();
    private final int port;
    private HttpServer server;

    PicupDouble() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int wanted) {
        try {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = listen(port);
    }

    void endSessions() {
        goodTokens.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            requests.merge(exchange.getRequestMethod() + " " + path, 1, Integer::sum);
            if (path.startsWith("/api/uploads") && authorised(exchange) && exchange.getRequestMethod().equals("PATCH") && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                int half = Integer.parseInt(exchange.getRequestHeaders().getFirst("Content-Length")) / 2;
                piecemeal.get(path).bytes().write(exchange.getRequestBody().readNBytes(half));
                return; // without an answer, which closes the connection
            }
            var body = exchange.getRequestBody().readAllBytes();
            var answer = switch (path) {
                case "/health/ready" -> new Answer(200, "{}", Map.of());
                case "/api/auth/sessions" -> new String(body, StandardCharsets.UTF_8).contains(PASSWORD)
                        ? session() : Answer.problem(401, "bad-credentials", "The user name or the password is wrong.");
                case "/api/auth/sessions/refresh" -> session();
                default -> !authorised(exchange) ? Answer.problem(401, "session-ended", "Sign in again.") : switch (path) {
                    case "/api/pictures" -> exchange.getRequestMethod().equals("POST") ? upload(exchange, body) : list(exchange, "library");
                    case "/api/trash" -> list(exchange, "trash");
                    case "/api/pictures/check" -> check(new String(body, StandardCharsets.UTF_8));
                    case "/api/uploads" -> begin(exchange);
                    default -> path.startsWith("/api/uploads/") ? goOn(exchange, piecemeal.get(path), body) : Answer.problem(404, "not-found", "Nothing here.");
                };
            };
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer session() {
        var token = "token-" + requests.values().stream().mapToInt(Integer::intValue).sum();
        goodTokens.put("Bearer " + token, true);
        return new Answer(201, "{\"accessToken\":\"%s\",\"refreshToken\":\"r\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}".formatted(token), Map.of());
    }

    private boolean authorised(HttpExchange exchange) {
        return goodTokens.containsKey(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private Answer upload(HttpExchange exchange, byte[] body) {
        var text = new String(body, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("\r\n\r\n", text.indexOf("name=\"file\"")) + 4;
        int end = text.lastIndexOf("\r\n--");
        var head = new String(body, 0, start, StandardCharsets.UTF_8);
        var upload = new Upload(String.valueOf(exchange.getRequestURI().getQuery()), head, java.util.Arrays.copyOfRange(body, start, end),
                Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length")));
        uploads.add(upload);
        var ordered = next.poll();
        if (ordered != null) {
            return ordered;
        }
        if (always.containsKey(upload.fileName())) {
            return always.get(upload.fileName());
        }
        var held = library.putIfAbsent(upload.field("sha256"), "library");
        return held == null
                ? new Answer(201, "{\"outcome\":\"added\",\"trashed\":false}", Map.of())
                : new Answer(200, "{\"outcome\":\"already-there\",\"trashed\":%s}".formatted(held.equals("trash")), Map.of());
    }

    private Answer check(String question) {
        var known = library.entrySet().stream().filter(each -> question.contains(each.getKey()) && !each.getValue().equals("damaged"))
                .map(each -> "{\"sha256\":\"%s\",\"id\":\"1\",\"trashed\":%s}".formatted(each.getKey(), each.getValue().equals("trash"))).toList();
        return new Answer(200, "{\"known\":[%s],\"deletedForGood\":[]}".formatted(String.join(",", known)), Map.of());
    }

    private Answer begin(HttpExchange exchange) {
        var metadata = new HashMap<String, String>();
        for (var pair : exchange.getRequestHeaders().getFirst("Upload-Metadata").split(",")) {
            var words = pair.split(" ", 2);
            metadata.put(words[0], new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8));
        }
        if (always.containsKey(metadata.get("filename"))) {
            return always.get(metadata.get("filename"));
        }
        var path = "/api/uploads/" + UUID.randomUUID();
        piecemeal.put(path, new Piecemeal(metadata, Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Length")), new ByteArrayOutputStream(),
                Collections.synchronizedList(new ArrayList<>())));
        return new Answer(201, "", Map.of("Location", path));
    }

    private Answer goOn(HttpExchange exchange, @Nullable Piecemeal upload, byte[] body) {
        if (upload == null) {
            return Answer.problem(404, "not-found", "Nothing here.");
        }
        boolean patch = exchange.getRequestMethod().equals("PATCH");
        if (patch && Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset")) != upload.bytes().size()) {
            return Answer.problem(409, "wrong-offset", "Elsewhere.");
        }
        if (patch) {
            var ordered = nextPieces.poll();
            if (ordered != null) {
                return ordered;
            }
            upload.requestBytes().add(body.length);
            upload.bytes().writeBytes(body);
        }
        var headers = new HashMap<>(Map.of("Upload-Offset", "" + upload.bytes().size(), "Upload-Length", "" + upload.sizeBytes()));
        if (upload.bytes().size() == upload.sizeBytes()) {
            var held = library.putIfAbsent(upload.metadata().get("sha256"), "library");
            headers.put("Picup-Outcome", held == null ? "added" : "already-there");
            headers.put("Picup-Trashed", "" + "trash".equals(held));
        }
        return new Answer(patch ? 204 : 200, "", headers);
    }

    /// In pages of one, so that every test with two pictures pages.
    private Answer list(HttpExchange exchange, String place) {
        var digests = library.entrySet().stream().filter(entry -> entry.getValue().equals(place)).map(Map.Entry::getKey).sorted().toList();
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        int at = query.contains("cursor=") ? Integer.parseInt(query.substring(query.indexOf("cursor=") + 7)) : 0;
        var pictures = digests.isEmpty() ? "" : "{\"sha256\":\"1\",\"sidecars\":[{\"sha256\":\"%s\"}]}".formatted(digests.get(at));
        var following = at + 1 < digests.size() ? "\"" + (at + 1) + "\"" : "null";
        return new Answer(200, "{\"pictures\":[%s],\"next\":%s}".formatted(pictures, following), Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
