package picup.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What the account holds already, by digest, so that files that are there need not be sent. The server answers for digests that it is asked about, so
/// a large library costs nothing here; a file that it holds but found damaged it does not count, and gets it again.
///
/// Sidecars have no digest of their own to ask for, since what they say depends on where they lie. They are listed with their pictures, and only read
/// when this import knows of one.
final class Holdings {
    /// As many as the server takes in one question, and lists on one page.
    private static final int MOST = 1000;

    private final Map<String, Outcome> held = new HashMap<>();

    /// @param pictures digests of interest
    /// @param sidecars digests of interest, of files that may be sidecars
    static Holdings of(Server server, Set<String> pictures, Set<String> sidecars) throws IOException, InterruptedException {
        var holdings = new Holdings();
        var wanted = List.copyOf(new TreeSet<>(pictures));
        for (int from = 0; from < wanted.size(); from += MOST) {
            holdings.ask(server, wanted.subList(from, Math.min(wanted.size(), from + MOST)));
        }
        if (!sidecars.isEmpty()) {
            holdings.read(server, "/api/pictures", sidecars);
            holdings.read(server, "/api/trash", sidecars);
        }
        return holdings;
    }

    /// What speaks of a picture, by its name: XMP, and what Takeout writes.
    static boolean maybeSidecar(FolderWalk.Found file) {
        var name = file.path().getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".xmp") || name.endsWith(".json");
    }

    private void ask(Server server, List<String> digests) throws IOException, InterruptedException {
        var reply = server.post("/api/pictures/check", Map.of("sha256", digests));
        // It only spares work. Without an answer the files are sent, and the server says the same then.
        for (var picture : reply.json().path("known")) {
            held.put(picture.path("sha256").asString(""), picture.path("trashed").asBoolean(false) ? new Outcome.InTrash() : new Outcome.AlreadyThere());
        }
    }

    private void read(Server server, String path, Set<String> wanted) throws IOException, InterruptedException {
        var cursor = "";
        do {
            var reply = server.get(path + "?limit=" + MOST + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            if (reply.status() != 200) {
                return;
            }
            for (var picture : reply.json().path("pictures")) {
                picture.path("sidecars").forEach(sidecar -> keep(sidecar, wanted));
            }
            cursor = reply.json().path("next").asString("");
        } while (!cursor.isEmpty());
    }

    private void keep(JsonNode sidecar, Set<String> wanted) {
        var sha256 = sidecar.path("sha256").asString("");
        if (wanted.contains(sha256)) {
            held.put(sha256, new Outcome.AlreadyThere());
        }
    }

    Optional<Outcome> of(String sha256) {
        return Optional.ofNullable(held.get(sha256));
    }
}
