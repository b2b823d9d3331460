package picup.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import picup.decoder.DecodeAnswer;
import picup.decoder.Facts;
import picup.decoder.RenditionFile;
import picup.decoder.Wire;
import picup.platform.FileTree;
import picup.platform.Ids;
import picup.platform.PicupSettings;
import picup.storage.Digest;
import picup.storage.RemoveUnheldBytes.BytesRemoved;

/// What was made from originals: `renditions/<two digits>/<digest>/thumb.jpg` and its like. They can be thrown away and
/// made again, so they are not fsynced: after a power cut a torn one is empty or missing, counts as not made, and is
/// made again when somebody asks for it.
@Component
public class Renditions {
    /// @param mediaType of the file
    public record Rendition(Path file, String mediaType) {}

    private static final int FOLDERS = 256;
    private static final int SAMPLE = 200;
    private static final String INCOMING = "incoming";
    private static final String MEMO = "made";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    Renditions(PicupSettings picup) throws IOException {
        folder = Files.createDirectories(picup.data().resolve("renditions"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /// A fresh folder for a decoder's output, on the same file system.
    Path workbench() throws IOException {
        return Files.createDirectories(folder.resolve(INCOMING).resolve(Ids.next().toString()));
    }

    /// Moves what a decoder made to its final names.
    ///
    /// @return the file names, `thumb.jpg`
    List<String> keep(Digest digest, Path workbench, List<RenditionFile> made) throws IOException {
        var target = Files.createDirectories(folderOf(digest));
        var names = new ArrayList<String>();
        for (var rendition : made) {
            var name = nameOf(rendition);
            Files.move(workbench.resolve(rendition.name().fileName()), target.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            names.add(name);
        }
        return names;
    }

    /// What was made of an original, as [#remember] keeps it.
    ///
    /// @param files names, as [#find] takes them
    record Made(Facts facts, List<String> files) {}

    /// Beside the renditions, so that the same bytes of another owner need no decoder.
    void remember(Digest digest, Made made) throws IOException {
        var beside = folderOf(digest).resolve(MEMO + "." + Ids.next());
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            out.writeInt(RenditionFile.VERSION);
            out.writeInt(Facts.VERSION);
            out.writeUTF(String.join(" ", made.files()));
            out.write(Wire.answer(new DecodeAnswer.Decoded(made.facts(), List.of())));
        }
        Files.move(beside, folderOf(digest).resolve(MEMO), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Nothing unless it is of the present versions and whole.
    Optional<Made> remembered(Digest digest) {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(folderOf(digest).resolve(MEMO))))) {
            if (in.readInt() != RenditionFile.VERSION || in.readInt() != Facts.VERSION) {
                return Optional.empty();
            }
            var files = List.of(in.readUTF().split(" "));
            return there(digest, files).equals(files) && Wire.readAnswer(in) instanceof DecodeAnswer.Decoded decoded ? Optional.of(new Made(decoded.facts(), files)) : Optional.empty();
        } catch (IOException missingOrTorn) {
            return Optional.empty();
        }
    }

    /// Whether there is anything to show of it, of whatever version.
    boolean shows(Digest digest) {
        return !there(digest, List.of("thumb.jpg", "thumb.webp")).isEmpty();
    }

    /// Those of the names that are there and whole.
    List<String> there(Digest digest, List<String> names) {
        return names.stream().filter(name -> whole(folderOf(digest).resolve(name))).toList();
    }

    /// Removes what former settings made and the present ones don't. What [MakePlayable] made stays.
    void keepOnly(Digest digest, Collection<String> names) throws IOException {
        try (var files = Files.newDirectoryStream(folderOf(digest))) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (!names.contains(name) && !MakePlayable.FILES.contains(name) && !name.startsWith(MEMO)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException removedMeanwhile) {
            return;
        }
    }

    /// How much room all of them take. Digests are random, so the first folders are a fair sample of all; a small Picup
    /// is the sample, and its answer exact.
    ///
    /// @param originals how many there are
    public long estimatedBytes(long originals) throws IOException {
        long sampleBytes = 0;
        int sampled = 0;
        for (int first = 0; first < FOLDERS; first++) {
            var below = folder.resolve("%02x".formatted(first));
            if (!Files.isDirectory(below)) {
                continue;
            }
            try (var digests = Files.newDirectoryStream(below)) {
                for (var digest : digests) {
                    if (sampled == SAMPLE) {
                        return sampleBytes / SAMPLE * originals;
                    }
                    sampleBytes += bytesIn(digest);
                    sampled++;
                }
            }
        }
        return sampleBytes;
    }

    private static long bytesIn(Path digest) {
        try (var files = Files.newDirectoryStream(digest)) {
            long bytes = 0;
            for (var file : files) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            return 0; // removed while we looked
        }
    }

    /// @param name  `thumb`, `preview`, `full`, `hover`, `motion` or `video`
    /// @param known the file names that [#keep] gave out for this original
    /// @return nothing when it was never made, or is torn
    public Optional<Rendition> find(Digest digest, String name, Collection<String> known) {
        return find(folderOf(digest), name, known);
    }

    static Optional<Rendition> find(Path folder, String name, Collection<String> known) {
        return known.stream().filter(file -> file.startsWith(name + ".")).findFirst()
                .map(file -> new Rendition(folder.resolve(file), mediaType(file)))
                .filter(rendition -> whole(rendition.file()));
    }

    @EventListener
    void originalRemoved(BytesRemoved event) throws IOException {
        delete(folderOf(event.digest()));
    }

    static void delete(Path folder) throws IOException {
        FileTree.delete(folder);
    }

    /// Removes the workbenches that a crash left behind.
    ///
    /// @return how many
    int sweepWorkbenches(Instant before) throws IOException {
        return deleteAll(older(folder.resolve(INCOMING), before));
    }

    /// Removes what was made from originals that are gone: a film that was still being made when its bytes went.
    ///
    /// @param index of one of the 256 folders
    /// @param held  those of the given that somebody still has
    /// @return how many
    int sweep(int index, Instant before, UnaryOperator<Set<Digest>> held) throws IOException {
        var made = new HashMap<Digest, Path>();
        for (var each : older(folder.resolve("%02x".formatted(index)), before)) {
            var name = each.getFileName().toString();
            if (NAME.matcher(name).matches()) {
                made.put(Digest.ofHex(name), each);
            }
        }
        made.keySet().removeAll(held.apply(Set.copyOf(made.keySet())));
        return deleteAll(made.values());
    }

    private static List<Path> older(Path folder, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var older = new ArrayList<Path>();
        try (var paths = Files.newDirectoryStream(folder)) {
            for (var path : paths) {
                if (path.toFile().lastModified() < before.toEpochMilli()) {
                    older.add(path);
                }
            }
        }
        return older;
    }

    private static int deleteAll(Collection<Path> folders) throws IOException {
        for (var each : folders) {
            FileTree.delete(each);
        }
        return folders.size();
    }

    private static boolean whole(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path folderOf(Digest digest) {
        var name = digest.hex();
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    /// `thumb.jpg`
    static String nameOf(RenditionFile made) {
        return baseName(made.name()) + "." + extension(made.mediaType());
    }

    private static String baseName(RenditionFile.Name name) {
        return switch (name) {
            case THUMB -> "thumb";
            case PREVIEW -> "preview";
            case FULL -> "full";
            case HOVER -> "hover";
            case MOTION -> "motion";
            case VIDEO -> "video";
        };
    }

    private static String extension(String mediaType) {
        return switch (mediaType) {
            case "image/jpeg" -> "jpg";
            case "image/webp" -> "webp";
            case "video/mp4" -> "mp4";
            default -> throw new IllegalArgumentException("No rendition is " + mediaType);
        };
    }

    private static String mediaType(String fileName) {
        return switch (fileName.substring(fileName.lastIndexOf('.') + 1)) {
            case "jpg" -> "image/jpeg";
            case "webp" -> "image/webp";
            default -> "video/mp4";
        };
    }
}
