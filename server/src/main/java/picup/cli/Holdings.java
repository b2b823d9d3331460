package picup.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the account holds already, by digest: asked once at the start, so that files that are there need not be sent.
/// Only digests that this import knows of are kept, so a large library costs no memory here.
final class Holdings {
    private static final int PAGE = 1000;

    private final Map<String, Outcome> held = new HashMap<>();

    /// @param wanted the digests of interest
    static Holdings of(Server server, java.util.Set<String> wanted) throws IOException, InterruptedException {
        var holdings = new Holdings();
        if (!wanted.isEmpty()) {
            holdings.read(server, "/api/pictures", wanted, new Outcome.AlreadyThere());
            holdings.read(server, "/api/trash", wanted, new Outcome.InTrash());
        }
        return holdings;
    }

    private void read(Server server, String path, java.util.Set<String> wanted, Outcome outcome) throws IOException, InterruptedException {
        var cursor = "";
        do {
            var reply = server.get(path + "?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            if (reply.status() != 200) {
                return; // it only spares work; without it the files are sent and the server says the same
            }
            for (var picture : reply.json().path("pictures")) {
                var sha256 = picture.path("sha256").asString("");
                if (wanted.contains(sha256)) {
                    held.put(sha256, outcome);
                }
            }
            cursor = reply.json().path("next").asString("");
        } while (!cursor.isEmpty());
    }

    Optional<Outcome> of(String sha256) {
        return Optional.ofNullable(held.get(sha256));
    }
}
