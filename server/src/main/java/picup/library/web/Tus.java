package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picup.library.upload.Chunk;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload) in the headers of one request.
final class Tus {
    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,concatenation";
    static final String ALGORITHMS = "sha1,sha256";

    /// What a page of another origin could read, where a proxy lets it in.
    private static final String EXPOSED = "Location, Tus-Resumable, Tus-Version, Tus-Max-Size, Tus-Extension, Tus-Checksum-Algorithm, Upload-Offset, Upload-Length, "
            + "Upload-Defer-Length, Upload-Metadata, Upload-Concat, Upload-Expires, Picup-Outcome, Picup-Picture, Picup-Trashed";

    private static final String BYTES = "application/offset+octet-stream";
    private static final Map<String, String> JAVA_ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");
    private static final Map<String, Integer> DIGEST_BYTES = Map.of("SHA-1", 20, "SHA-256", 32);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern UPLOAD = Pattern.compile("(?:https?://[^/\\s]+)?/api/uploads/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    /// What a refused request is still allowed to send, so that its client gets to see the answer rather than a closed connection: the largest that usual
    /// proxies let through.
    private static final long MOST_DRAINED_BYTES = 100L << 20;

    private final HttpServletRequest request;

    private Tus(HttpServletRequest request) {
        this.request = request;
    }

    /// @throws ProblemException `unknown-protocol`
    static Tus of(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Tus-Resumable", VERSION);
        response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        var version = request.getHeader("Tus-Resumable");
        if (!VERSION.equals(version)) {
            response.setHeader("Tus-Version", VERSION);
            throw Problem.UNKNOWN_PROTOCOL.because("Tus-Resumable must be %s, but is %s.".formatted(VERSION, version == null ? "missing" : "another"));
        }
        return new Tus(request);
    }

    sealed interface Concatenation {
        record None() implements Concatenation {}
        record Piece() implements Concatenation {}
        record Whole(List<UUID> pieces) implements Concatenation {}
    }

    /// @throws ProblemException `bad-value`
    Concatenation concatenation() {
        var header = request.getHeader("Upload-Concat");
        if (header == null) {
            return new Concatenation.None();
        }
        if (header.equals("partial")) {
            return new Concatenation.Piece();
        }
        if (!header.startsWith("final;")) {
            throw Problem.BAD_VALUE.because("Upload-Concat must be `partial`, or `final;` and the addresses of the pieces with spaces between.");
        }
        var pieces = new ArrayList<UUID>();
        for (var address : header.substring("final;".length()).strip().split(" +")) {
            var found = UPLOAD.matcher(address);
            if (!found.matches()) {
                throw Problem.BAD_VALUE.because("Upload-Concat names something that is no address of an upload of this Picup.");
            }
            pieces.add(UUID.fromString(found.group(1)));
        }
        return new Concatenation.Whole(pieces);
    }

    static String concatenation(List<UUID> pieces) {
        return "final;" + String.join(" ", pieces.stream().map(id -> "/api/uploads/" + id).toList());
    }

    @Nullable String metadata() {
        return request.getHeader("Upload-Metadata");
    }

    /// At the creation: null when it is deferred.
    ///
    /// @throws ProblemException `bad-value`
    @Nullable Long announcedLength() {
        var length = number("Upload-Length");
        boolean deferred = "1".equals(request.getHeader("Upload-Defer-Length"));
        if (deferred == (length != null)) {
            throw Problem.BAD_VALUE.because("A creation needs either Upload-Length with the size in bytes, or Upload-Defer-Length: 1.");
        }
        return length;
    }

    boolean bringsBytes() {
        return isBytes(request.getContentType());
    }

    private static boolean isBytes(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(BYTES);
    }

    /// @throws ProblemException `unsupported-media-type`, `bad-value`
    Chunk chunk() throws IOException {
        if (!bringsBytes()) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("The Content-Type must be " + BYTES + ".");
        }
        var offset = number("Upload-Offset");
        if (offset == null) {
            throw Problem.BAD_VALUE.because("Upload-Offset is missing: where in the file do these bytes belong?");
        }
        return chunk(offset, number("Upload-Length"));
    }

    /// That comes with the creation.
    Chunk firstChunk() throws IOException {
        return chunk(0, null);
    }

    private Chunk chunk(long offset, @Nullable Long uploadLength) throws IOException {
        long length = request.getContentLengthLong();
        return new Chunk(offset, length < 0 ? null : Long.valueOf(length), uploadLength, checksum(), new ClientBytes(request.getInputStream()));
    }

    private Chunk.@Nullable Checksum checksum() {
        var header = request.getHeader("Upload-Checksum");
        if (header == null) {
            return null;
        }
        var words = header.strip().split(" +");
        var algorithm = JAVA_ALGORITHMS.get(words[0]);
        if (algorithm == null || words.length != 2) {
            throw Problem.BAD_VALUE.because("Upload-Checksum must be one of %s, a space, and the checksum in Base64.".formatted(ALGORITHMS.replace(",", ", ")));
        }
        try {
            var expected = Base64.getDecoder().decode(words[1]);
            if (expected.length != DIGEST_BYTES.get(algorithm)) {
                throw new IllegalArgumentException("length");
            }
            return new Chunk.Checksum(algorithm, expected);
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_VALUE.because("The checksum of Upload-Checksum is not the Base64 of %d bytes.".formatted(DIGEST_BYTES.get(algorithm)));
        }
    }

    private @Nullable Long number(String header) {
        var value = request.getHeader(header);
        if (value == null) {
            return null;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw Problem.BAD_VALUE.because(header + " must be a number of bytes, 0 or more.");
        }
        return Long.valueOf(value);
    }

    /// Of clients whose network lets only GET and POST through.
    String method() {
        var wanted = request.getHeader("X-HTTP-Method-Override");
        return wanted == null ? request.getMethod() : wanted.toUpperCase(Locale.ROOT);
    }

    /// Reads what the client of a refused request is still sending, within reason.
    void drain() {
        try {
            var in = request.getInputStream();
            for (long left = MOST_DRAINED_BYTES; left > 0; ) {
                long skipped = in.skip(left);
                if (skipped == 0 && in.read() < 0) {
                    return;
                }
                left -= Math.max(1, skipped);
            }
        } catch (IOException e) {
            // the client has gone; so be it
        }
    }
}
