package picup.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/// Sends one file in pieces (tus 1.0.0, https://tus.io/protocols/resumable-upload), each where the server says that the one before has ended. So a
/// cut costs what was on the way, and neither a restart of the server nor one of this command costs more.
final class Pieces {
    /// A smaller file is quickly sent again, and one request is less than three.
    static final long FROM_BYTES = 8L << 20;

    /// Passes proxies that take at most 100 MB in one request, and is little to send again where a proxy forwards only whole requests.
    private static final long CHUNK_BYTES = 32L << 20;

    /// The upload is gone at the server, elsewhere than thought, or in somebody else's hands. Another try asks how it stands.
    static final class OutOfStep extends IOException {
        OutOfStep(String message) {
            super(message);
        }
    }

    private final Server server;
    private final Begun begun;
    private final FolderWalk.Found file;
    private final Map<String, String> metadata;
    private final LongConsumer moved;
    private long reachedBytes;

    /// @param metadata what the server is to know of the file
    /// @param moved    told how many bytes have newly arrived there
    Pieces(Server server, Begun begun, FolderWalk.Found file, Map<String, String> metadata, LongConsumer moved) {
        this.server = server;
        this.begun = begun;
        this.file = file;
        this.metadata = metadata;
        this.moved = moved;
    }

    /// How far it got with all tries.
    long reachedBytes() {
        return reachedBytes;
    }

    /// @return the answer with what became of the file, or why it is not taken, or what may pass
    /// @throws IOException when the connection broke off
    Server.Reply send() throws IOException, InterruptedException {
        var before = begun.of(file);
        if (before.isEmpty()) {
            return begin();
        }
        var reply = server.tus("HEAD", before.get(), Map.of());
        if (reply.status() == 404 || reply.status() == 410) {
            begun.remove(file); // expired, refused, or of a server that was set up anew
            return begin();
        }
        requireInStep(reply);
        return reply.status() < 300 ? goOn(before.get(), reply) : reply;
    }

    private Server.Reply begin() throws IOException, InterruptedException {
        var reply = server.tus("POST", "/api/uploads", Map.of("Upload-Length", "" + file.sizeBytes(), "Upload-Metadata", header()));
        if (reply.status() != 201) {
            return reply;
        }
        // A path is all that is taken from the answer, so no server can send the bytes and the token elsewhere.
        var upload = URI.create(reply.header("Location").orElseThrow(() -> new OutOfStep("The server did not say where the upload is"))).getRawPath();
        begun.add(file, upload);
        return goOn(upload, reply);
    }

    private String header() {
        return metadata.entrySet().stream()
                .map(each -> each.getKey() + " " + Base64.getEncoder().encodeToString(each.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }

    private Server.Reply goOn(String upload, Server.Reply last) throws IOException, InterruptedException {
        var reply = last;
        long offset = offset(reply);
        while (offset < file.sizeBytes()) {
            long length = Math.min(CHUNK_BYTES, file.sizeBytes() - offset);
            reply = server.patch(upload, offset, file.path(), length);
            requireInStep(reply);
            if (reply.status() >= 300) {
                forgetIfRefused(reply);
                return reply;
            }
            long now = offset(reply);
            if (now <= offset) {
                throw new OutOfStep("The server took nothing of what was sent");
            }
            moved.accept(now - offset);
            offset = now;
        }
        if (reply.outcome().isEmpty()) {
            throw new OutOfStep("The server did not say what became of the upload");
        }
        begun.remove(file);
        return reply;
    }

    private static void requireInStep(Server.Reply reply) throws OutOfStep {
        if (reply.status() == 404 || reply.status() == 410 || reply.status() == 423 || reply.code().equals("wrong-offset")) {
            throw new OutOfStep(reply.reason());
        }
    }

    /// A new upload is one of no bytes.
    private long offset(Server.Reply reply) throws OutOfStep {
        if (reply.status() == 201) {
            return 0;
        }
        long offset = reply.header("Upload-Offset").filter(value -> value.matches("\\d{1,18}")).map(Long::parseLong)
                .orElseThrow(() -> new OutOfStep("The server did not say how far the upload is"));
        reachedBytes = Math.max(reachedBytes, offset);
        return offset;
    }

    private void forgetIfRefused(Server.Reply reply) {
        if (reply.status() < 500 && reply.status() != 401 && reply.status() != 408 && reply.status() != 429) {
            begun.remove(file);
        }
    }
}
