package picup.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picup.platform.DurableFiles;
import picup.platform.Ids;
import picup.storage.Digest;

/// The originals of all backups in a folder, each once, under the names that they have in an instance.
record KeptOriginals(Path folder) {
    private static final int FOLDERS = 256;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    /// One in the list of a backup.
    record Listed(Digest digest, long sizeBytes) {
        static Listed of(String line) throws IOException {
            var parts = line.split("\t");
            if (parts.length != 2 || !NAME.matcher(parts[0]).matches()) {
                throw new IOException("The list of originals has a line that is none: " + line);
            }
            return new Listed(Digest.ofHex(parts[0]), Long.parseLong(parts[1]));
        }
    }

    interface Each {
        void take(Listed listed) throws IOException;
    }

    /// @param backup the folder of the backup
    /// @throws IOException also when the list is damaged, which is known at its end only
    static void forEach(Path backup, Manifest.Originals list, Each each) throws IOException {
        if (!list.isNone()) {
            HashedFile.read(backup.resolve(Manifest.Originals.FILE), list.sha256(), in -> {
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    each.take(Listed.of(line));
                }
            });
        }
    }

    Path file(Digest digest) {
        return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    /// By its size; what is in it was looked at when it was written, and a verification looks again.
    boolean has(Listed listed) throws IOException {
        try {
            return Files.size(file(listed.digest())) == listed.sizeBytes();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// Durable when it returns true.
    ///
    /// @return false when the bytes were not those of the digest; then nothing was kept
    boolean keep(Listed listed, InputStream bytes) throws IOException {
        var beside = DurableFiles.createDirectories(folder.resolve("incoming")).resolve(Ids.next().toString());
        try {
            if (!copied(listed, bytes, beside)) {
                return false;
            }
            var target = file(listed.digest());
            DurableFiles.createDirectories(target.getParent());
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.sync(target.getParent());
            return true;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Copies and flushes, hashing on the way.
    ///
    /// @return false when the bytes were not those of the digest
    static boolean copied(Listed listed, InputStream bytes, Path to) throws IOException {
        var hash = HashedFile.sha256();
        long sizeBytes = 0;
        try (var out = Files.newOutputStream(to)) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = bytes.read(buffer); read > 0; read = bytes.read(buffer)) {
                hash.update(buffer, 0, read);
                out.write(buffer, 0, read);
                sizeBytes += read;
            }
        }
        DurableFiles.sync(to);
        return sizeBytes == listed.sizeBytes() && new Digest(hash.digest()).equals(listed.digest());
    }

    /// Whether the file is what its digest says, every byte of it read.
    boolean isSound(Listed listed) throws IOException {
        var hash = HashedFile.sha256();
        long sizeBytes = 0;
        try (var in = Files.newInputStream(file(listed.digest()))) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
                sizeBytes += read;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return sizeBytes == listed.sizeBytes() && new Digest(hash.digest()).equals(listed.digest());
    }

    /// Removes what a broken-off run left, and the originals that no backup lists. All lists are in the order of the digests, so one folder after
    /// the other is compared with a part of each.
    ///
    /// @param backups folders of all that are complete
    void prune(List<Path> backups) throws IOException {
        picup.platform.FileTree.delete(folder.resolve("incoming"));
        var lists = new ArrayList<ListReader>();
        try {
            for (var backup : backups) {
                lists.add(new ListReader(backup.resolve(Manifest.Originals.FILE)));
            }
            for (int index = 0; index < FOLDERS; index++) {
                var prefix = "%02x".formatted(index);
                var wanted = new HashSet<String>();
                for (var list : lists) {
                    list.takeAllOf(prefix, wanted);
                }
                removeOthers(folder.resolve(prefix), wanted);
            }
        } finally {
            for (var list : lists) {
                list.close();
            }
        }
    }

    private static void removeOthers(Path folder, HashSet<String> wanted) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.filter(each -> NAME.matcher(each.getFileName().toString()).matches() && !wanted.contains(each.getFileName().toString())).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Reads one list as far as it is needed.
    private static final class ListReader implements AutoCloseable {
        private final @Nullable BufferedReader lines;
        private @Nullable String next;

        ListReader(Path file) throws IOException {
            lines = Files.exists(file) ? new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII)) : null;
            next = lines == null ? null : lines.readLine();
        }

        void takeAllOf(String prefix, HashSet<String> into) throws IOException {
            for (var line = next; line != null && line.startsWith(prefix); line = next) {
                into.add(Listed.of(line).digest().hex());
                next = java.util.Objects.requireNonNull(lines).readLine();
            }
        }

        @Override
        public void close() throws IOException {
            if (lines != null) {
                lines.close();
            }
        }
    }
}
