package picup.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picup.platform.CannotStart;
import picup.platform.DurableFiles;
import picup.platform.FileTree;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A folder of backups. Ordinary files, on whatever file system a backup disk has: no links, and no rights are relied on but those of
/// the secrets.
///
/// ```
/// originals/ab/<digest>          of all backups, each once
/// backups/20261126T030000Z/      manifest.json, originals.tsv.gz, tables/*.copy.gz, secrets/
/// lock                           held by who writes
/// ```
record BackupFolder(Path path) {
    private static final JsonMapper JSON = JsonMapper.builder().enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT).build();
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAMED = Pattern.compile("\\d{8}T\\d{6}Z");
    private static final String MANIFEST = "manifest.json";

    static String nameAt(Instant at) {
        return NAME.format(at);
    }

    Path backup(String name) {
        return path.resolve("backups").resolve(name);
    }

    Path originals() {
        return path.resolve("originals");
    }

    /// Complete ones, the oldest first.
    List<String> complete() throws IOException {
        return names().stream().filter(name -> Files.exists(backup(name).resolve(MANIFEST))).toList();
    }

    private List<String> names() throws IOException {
        try (var folders = Files.list(path.resolve("backups"))) {
            return folders.map(folder -> folder.getFileName().toString()).filter(NAMED.asMatchPredicate()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// @param name null for the latest
    /// @throws CannotStart when there is none, or none of that name
    String existing(@Nullable String name) throws IOException {
        var complete = complete();
        if (complete.isEmpty()) {
            throw new CannotStart("There is no backup in " + path + ".", "Name the folder that ./picup backup wrote to.");
        }
        if (name != null && !complete.contains(name)) {
            throw new CannotStart("There is no complete backup " + name + " in " + path + ".", "There are: " + String.join(", ", complete) + ".");
        }
        return name == null ? complete.getLast() : name;
    }

    Manifest manifest(String name) throws IOException {
        try {
            var manifest = JSON.readValue(Files.readString(backup(name).resolve(MANIFEST)), Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw new CannotStart("The backup %s is of format %d, and this Picup knows %d.".formatted(name, manifest.format(), Manifest.FORMAT),
                        "Restore it with the release that made it, or a later one.");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new CannotStart("The manifest of the backup " + name + " is damaged: " + e.getOriginalMessage(), "Choose another backup with --at.");
        }
    }

    /// Makes the backup complete.
    void write(String name, Manifest manifest) throws IOException {
        var beside = backup(name).resolve(MANIFEST + ".new");
        Files.writeString(beside, JSON.writeValueAsString(manifest));
        DurableFiles.sync(beside);
        Files.move(beside, backup(name).resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.sync(backup(name));
        DurableFiles.sync(backup(name).getParent());
    }

    /// Those that never became complete. The originals they had copied stay for the next.
    void removeIncomplete() throws IOException {
        var complete = complete();
        for (var name : names()) {
            if (!complete.contains(name)) {
                FileTree.delete(backup(name));
            }
        }
    }

    /// The manifest goes first, so that no half of a backup looks whole.
    void remove(String name) throws IOException {
        Files.deleteIfExists(backup(name).resolve(MANIFEST));
        FileTree.delete(backup(name));
    }

    /// @throws CannotStart when another writes there
    FileLock lock() throws IOException {
        DurableFiles.createDirectories(path);
        var file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process, refused below
        }
        file.close();
        throw new CannotStart("Another backup is being written to " + path + ".", "Wait for its end.");
    }
}
