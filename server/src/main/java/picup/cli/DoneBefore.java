package picup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The digests of files that earlier runs have read, so that a second run over 100,000 photos need not read them again.
///
/// It only spares the reading: whether a digest is in the library, the server says ([Holdings]). A file counts as the same
/// while path, size and time of modification are. One file a server and user, under `$XDG_STATE_HOME/picup`; not beside
/// the photos, which may lie on a medium that is read-only or somebody else's. Losing it costs time, nothing else.
///
/// Lines are appended as files are done, so that a killed run has them; a torn last line is ignored.
final class DoneBefore implements AutoCloseable {
    private record Entry(long sizeBytes, long modifiedMillis, String sha256) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Writer lines;

    private DoneBefore(Path file) throws IOException {
        if (Files.exists(file)) {
            try (var read = Files.lines(file, StandardCharsets.UTF_8)) {
                read.forEach(this::remember);
            } catch (UncheckedIOException e) {
                entries.clear(); // not our text; start anew
            }
        }
        lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines.write('\n'); // closes a line that a killed run has torn
    }

    static DoneBefore of(URI server, String user, Map<String, String> environment) throws IOException {
        return open(folder(environment), server, user);
    }

    static DoneBefore open(Path folder, URI server, String user) throws IOException {
        return new DoneBefore(file(folder, "import", server, user));
    }

    static Path folder(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("XDG_STATE_HOME", System.getProperty("user.home") + "/.local/state"), "picup");
    }

    /// Where this import keeps something of that name for a server and user; its folder is there then.
    static Path file(Path folder, String name, URI server, String user) throws IOException {
        Files.createDirectories(folder);
        return folder.resolve(name + "-" + shortDigest(server + " " + user) + ".tsv");
    }

    private static String shortDigest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private void remember(String line) {
        var parts = line.split("\t", 4);
        if (parts.length == 4 && parts[2].length() == 64 && parts[0].matches("\\d{1,18}") && parts[1].matches("-?\\d{1,18}")) {
            entries.put(parts[3], new Entry(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    synchronized Optional<String> sha256(FolderWalk.Found file) {
        var entry = entries.get(key(file.path()));
        return entry != null && entry.sizeBytes() == file.sizeBytes() && entry.modifiedMillis() == file.modifiedMillis()
                ? Optional.of(entry.sha256())
                : Optional.empty();
    }

    synchronized void add(FolderWalk.Found file, String sha256) {
        var key = key(file.path());
        var entry = new Entry(file.sizeBytes(), file.modifiedMillis(), sha256);
        if (entry.equals(entries.put(key, entry))) {
            return;
        }
        try {
            lines.write(entry.sizeBytes() + "\t" + entry.modifiedMillis() + "\t" + sha256 + "\t" + key + "\n");
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("What is done cannot be noted", e);
        }
    }

    /// A name may hold any byte but `/` and zero, line breaks too.
    static String key(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
