package picup.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says tus word by word, so that a test can say it wrongly too.
record TusClient(Person person) {
    private static final int ATTEMPTS = 10;
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();

    /// @param headers name, value, name, value; one with the value `-` is left out
    Person.Answer send(String method, String path, BodyPublisher body, String... headers) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Tus-Resumable", "1.0.0");
        if (person.token() != null) {
            all.put("Authorization", "Bearer " + person.token());
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        var request = HttpRequest.newBuilder(URI.create(person.address() + path)).timeout(Duration.ofSeconds(90)).method(method, body);
        all.forEach((name, value) -> {
            if (!value.equals("-")) {
                request.header(name, value);
            }
        });
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Person.Answer(response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Person.Answer create(long sizeBytes, String... headers) {
        return send("POST", "/api/uploads", BodyPublishers.noBody(), with(headers, "Upload-Length", "" + sizeBytes));
    }

    /// @return where it is
    String begin(long sizeBytes, String... headers) {
        return location(Person.require(201, create(sizeBytes, headers)));
    }

    static String location(Person.Answer created) {
        return Objects.requireNonNull(created.header("Location"));
    }

    Person.Answer patch(String upload, long offset, byte[] bytes, String... headers) {
        return send("PATCH", upload, BodyPublishers.ofByteArray(bytes),
                with(headers, "Upload-Offset", "" + offset, "Content-Type", "application/offset+octet-stream"));
    }

    /// Without saying how long it is.
    Person.Answer patchChunked(String upload, long offset, byte[] bytes) {
        return send("PATCH", upload, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)), "Upload-Offset", "" + offset,
                "Content-Type", "application/offset+octet-stream");
    }

    Person.Answer head(String upload, String... headers) {
        return send("HEAD", upload, BodyPublishers.noBody(), headers);
    }

    long offset(String upload) {
        return Long.parseLong(Objects.requireNonNull(Person.require(200, head(upload)).header("Upload-Offset")));
    }

    Person.Answer delete(String upload) {
        return send("DELETE", upload, BodyPublishers.noBody());
    }

    /// Sends what is left, in one chunk. As every client does, it asks again when a connection that was cut long ago is heard only now and
    /// moves the offset in between.
    Person.Answer rest(String upload, byte[] file) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long from = offset(upload);
            var answer = patch(upload, from, Arrays.copyOfRange(file, (int) from, file.length));
            if (answer.body().length == 0 || !answer.code().equals("wrong-offset")) {
                return answer;
            }
        }
        throw new AssertionError("The offset of " + upload + " moves again and again");
    }

    static String metadata(Map<String, String> pairs) {
        return pairs.entrySet().stream().map(pair -> pair.getKey() + " " + Base64.getEncoder().encodeToString(pair.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }

    /// A PATCH that has announced more than it has sent so far.
    Hanging hanging(String upload, long offset, long lengthBytes, String... headers) throws IOException {
        var at = URI.create(person.address());
        var socket = new Socket(at.getHost(), at.getPort());
        var head = new StringBuilder("PATCH " + upload + " HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer " + person.token()
                + "\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: " + offset + "\r\nContent-Length: " + lengthBytes + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return new Hanging(socket);
    }

    /// A connection that waits.
    record Hanging(Socket socket) implements AutoCloseable {
        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /// All that the server says until it closes.
        String answer() throws IOException {
            socket.setSoTimeout(30_000);
            var all = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            for (int each = in.read(); each >= 0 && !all.toString(StandardCharsets.US_ASCII).contains("\r\n"); each = in.read()) {
                all.write(each);
            }
            return all.toString(StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String[] with(String[] given, String... more) {
        var all = Arrays.copyOf(more, more.length + given.length);
        System.arraycopy(given, 0, all, more.length, given.length);
        return all;
    }
}
