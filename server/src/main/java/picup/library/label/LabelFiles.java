package picup.library.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picup.platform.DurableFiles;
import picup.platform.MemberId;
import picup.storage.Digest;

/// Where labels lie: `originals/<first two hex digits>/<digest>.json`, beside the original where that is on the disk too, and
/// `originals/members/<id>.jsonl`. Written beside and renamed, so that each is whole, the old one or the new one.
public final class LabelFiles {
    private static final int FOLDERS = 256;
    private static final String OF_ORIGINAL = ".json";
    private static final String OF_MEMBER = ".jsonl";
    private static final Pattern LABEL = Pattern.compile("[0-9a-f]{64}\\.json");
    private static final Pattern ORIGINAL = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEMBER = Pattern.compile("[0-9a-f-]{36}\\.jsonl");

    private final Path originals;

    /// @param data the data folder
    public LabelFiles(Path data) {
        this.originals = data.resolve("originals");
    }

    /// Something that writes itself, so that nothing large is held.
    interface Content {
        void writeTo(Appendable out) throws IOException;
    }

    Path of(Digest digest) {
        var name = digest.hex();
        return originals.resolve(name.substring(0, 2)).resolve(name + OF_ORIGINAL);
    }

    public Path of(MemberId member) {
        return members().resolve(member.value() + OF_MEMBER);
    }

    private Path members() {
        return originals.resolve("members");
    }

    /// Durable but for its name in the folder, which [#sync] makes so.
    ///
    /// @return the folder
    static Path write(Path file, Content content) throws IOException {
        DurableFiles.createDirectories(file.getParent());
        var beside = file.resolveSibling(file.getFileName() + ".new");
        try (var out = Files.newBufferedWriter(beside)) {
            content.writeTo(out);
        }
        DurableFiles.sync(beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file.getParent();
    }

    static void sync(Iterable<Path> folders) throws IOException {
        for (var folder : folders) {
            DurableFiles.sync(folder);
        }
    }

    static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /// The members of whom there is a file.
    public List<MemberId> labelledMembers() throws IOException {
        try (var files = Files.list(members())) {
            return files.map(file -> file.getFileName().toString()).filter(MEMBER.asMatchPredicate())
                    .map(name -> new MemberId(UUID.fromString(name.substring(0, name.length() - OF_MEMBER.length())))).sorted(java.util.Comparator.comparing(MemberId::value)).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// What lies in one of the folders.
    ///
    /// @param label    null for an original that has none
    /// @param original null for a label whose original is gone
    public record Found(Digest digest, @Nullable Path label, @Nullable Path original) {}

    /// @param first 0 to 255
    public List<Found> inFolder(int first) throws IOException {
        if (first < 0 || first >= FOLDERS) {
            throw new IllegalArgumentException("There are the folders 0 to 255, but not " + first);
        }
        var folder = originals.resolve("%02x".formatted(first));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> LABEL.matcher(name).matches() || ORIGINAL.matcher(name).matches())
                    .map(name -> name.substring(0, 64)).distinct().sorted().map(name -> new Found(Digest.ofHex(name),
                            present(folder.resolve(name + OF_ORIGINAL)), present(folder.resolve(name)))).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static @Nullable Path present(Path file) {
        return Files.isRegularFile(file) ? file : null;
    }
}
