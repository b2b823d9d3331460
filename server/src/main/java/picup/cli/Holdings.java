package picup.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the account holds already, by digest: asked once at the start, so that files that are there need not be sent.
/// Only digests that this import knows of are kept, so a large library costs no memory here.
final class Holdings {
    private static final int PAGE = 1000;

    private final Map<String, Outcome> held = new HashMap<>();

    /// @param wanted the digests of interest
    static Holdings of(Server server, Set<String> wanted) throws IOException, InterruptedException {
        var holdings = new Holdings();
        if (!wanted.isEmpty()) {
            holdings.read(server, "/api/pictures", wanted, new Outcome.AlreadyThere());
            holdings.read(server, "/api/trash", wanted, new Outcome.InTrash());
        }
        return holdings;
    }

    private void read(Server server, String path, Set<String> wanted, Outcome outcome) throws IOException, InterruptedException {
        var cursor = "";
        do {
            var reply = server.get(path + "?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            if (reply.status() != 200) {
                return; // it only spares work; without it the files are sent and the server says the same
            }
            for (var picture : reply.json().path("pictures")) {
                keep(picture, wanted, outcome);
                // What belongs to a picture is listed with it alone.
                picture.path("parts").forEach(part -> keep(part, wanted, outcome));
                picture.path("sidecars").forEach(sidecar -> keep(sidecar, wanted, new Outcome.AlreadyThere()));
            }
            cursor = reply.json().path("next").asString("");
        } while (!cursor.isEmpty());
    }

    private void keep(JsonNode file, Set<String> wanted, Outcome outcome) {
        var sha256 = file.path("sha256").asString("");
        if (wanted.contains(sha256)) {
            held.put(sha256, outcome);
        }
    }

    Optional<Outcome> of(String sha256) {
        return Optional.ofNullable(held.get(sha256));
    }
}
