package picup.cli;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A `multipart/form-data` body (RFC 7578) whose file streams from the disk, with its exact length known beforehand. The
/// fields come first, so that the server knows the announced digest before the bytes arrive.
record Multipart(BodyPublisher body) {
    /// Long enough not to occur in a file by chance; that it could be forged harms only the one who sends it.
    private static final String BOUNDARY = "picup-import-8b1f0c7e5d2a4963";

    static Multipart of(Map<String, String> fields, Path file) throws FileNotFoundException {
        var head = new StringBuilder();
        fields.forEach((name, value) -> head.append("--").append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n").append(value).append("\r\n"));
        head.append("--").append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").append(quoted(file.getFileName().toString()))
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return new Multipart(BodyPublishers.concat(
                BodyPublishers.ofString(head.toString(), StandardCharsets.UTF_8),
                BodyPublishers.ofFile(file),
                BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n", StandardCharsets.UTF_8)));
    }

    static String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /// As browsers escape names (WHATWG HTML, multipart/form-data encoding algorithm).
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
