package picup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where uploads in pieces were going that have not ended, so that a second run goes on with them. Lies beside [DoneBefore], and holds for a file while
/// its path, size and time of modification are the same.
///
/// Lines are appended as uploads begin and end; the last of a file counts, and the next run drops what is over. Losing it costs time,
/// nothing else: the server sweeps what nobody goes on with.
final class Begun implements AutoCloseable {
    private static final String OVER = "-";

    private record Entry(long sizeBytes, long modifiedMillis, String upload) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Writer lines;

    private Begun(Path file) throws IOException {
        if (Files.exists(file)) {
            try (var read = Files.lines(file, StandardCharsets.UTF_8)) {
                read.forEach(this::remember);
            } catch (UncheckedIOException e) {
                entries.clear(); // not our text; start anew
            }
        }
        entries.values().removeIf(entry -> entry.upload().equals(OVER));
        lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        for (var each : entries.entrySet()) {
            write(each.getKey(), each.getValue());
        }
        lines.flush();
    }

    static Begun of(URI server, String user, Map<String, String> environment) throws IOException {
        return open(DoneBefore.folder(environment), server, user);
    }

    static Begun open(Path folder, URI server, String user) throws IOException {
        return new Begun(DoneBefore.file(folder, "uploads", server, user));
    }

    private void remember(String line) {
        var parts = line.split("\t", 4);
        if (parts.length == 4 && parts[0].matches("\\d{1,18}") && parts[1].matches("-?\\d{1,18}") && (parts[2].equals(OVER) || parts[2].startsWith("/"))) {
            entries.put(parts[3], new Entry(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
        }
    }

    /// @return the path of the upload at the server
    synchronized Optional<String> of(FolderWalk.Found file) {
        var entry = entries.get(DoneBefore.key(file.path()));
        return entry != null && entry.sizeBytes() == file.sizeBytes() && entry.modifiedMillis() == file.modifiedMillis() && !entry.upload().equals(OVER)
                ? Optional.of(entry.upload())
                : Optional.empty();
    }

    synchronized void add(FolderWalk.Found file, String upload) {
        put(file, upload);
    }

    synchronized void remove(FolderWalk.Found file) {
        if (of(file).isPresent()) {
            put(file, OVER);
        }
    }

    private void put(FolderWalk.Found file, String upload) {
        var key = DoneBefore.key(file.path());
        var entry = new Entry(file.sizeBytes(), file.modifiedMillis(), upload);
        entries.put(key, entry);
        try {
            write(key, entry);
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("What is begun cannot be noted", e);
        }
    }

    private void write(String key, Entry entry) throws IOException {
        lines.write(entry.sizeBytes() + "\t" + entry.modifiedMillis() + "\t" + entry.upload() + "\t" + key + "\n");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
