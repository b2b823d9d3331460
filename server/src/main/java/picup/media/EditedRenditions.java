package picup.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import picup.decoder.RenditionFile;
import picup.platform.FileTree;
import picup.platform.MemberId;
import picup.platform.PicupSettings;

/// What was made from originals as somebody edited them: `renditions/edited/<two digits>/<owner>/<picture>/<number>/thumb.jpg` and its like.
///
/// Not beside the other renditions, which all share who hold the same bytes. Each edit of a picture has a folder of its own, so that what
/// is shown stays whole while the next is made, and is removed without asking whether somebody else has it.
@Component
public class EditedRenditions {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int BATCH = 500;

    private final Path folder;

    EditedRenditions(PicupSettings picup) {
        folder = picup.data().resolve("renditions").resolve("edited");
    }

    /// Moves what a decoder made to its final names.
    ///
    /// @return the file names, `thumb.jpg`
    List<String> keep(MemberId owner, UUID picture, int number, Path workbench, List<RenditionFile> made) throws IOException {
        var target = Files.createDirectories(folderOf(owner, picture).resolve(Integer.toString(number)));
        var names = new ArrayList<String>();
        for (var rendition : made) {
            var name = Renditions.nameOf(rendition);
            Files.move(workbench.resolve(rendition.name().fileName()), target.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            names.add(name);
        }
        return names;
    }

    /// @param name  `thumb`, `preview` or `full`
    /// @param known the file names that [#keep] gave out for this edit
    /// @return nothing when it was never made, or is torn
    public Optional<Renditions.Rendition> find(MemberId owner, UUID picture, int number, String name, Collection<String> known) {
        return Renditions.find(folderOf(owner, picture).resolve(Integer.toString(number)), name, known);
    }

    /// Removes what was made for the edits before this one.
    public void removeBefore(MemberId owner, UUID picture, int number) throws IOException {
        try (var edits = numbered(folderOf(owner, picture))) {
            for (var edit : edits) {
                if (Integer.parseInt(edit.getFileName().toString()) < number) {
                    FileTree.delete(edit);
                }
            }
        } catch (NoSuchFileException neverEdited) {
            return;
        }
    }

    public void remove(MemberId owner, UUID picture) throws IOException {
        FileTree.delete(folderOf(owner, picture));
    }

    public void removeAll(MemberId owner) throws IOException {
        FileTree.delete(folderOf(owner));
    }

    public boolean hasSome(MemberId owner) {
        return Files.isDirectory(folderOf(owner));
    }

    /// Walks through all pictures whose folders have not changed since `before`, some at a time.
    public void forEach(Instant before, BiConsumer<MemberId, List<UUID>> some) throws IOException {
        for (var shard : named(folder, "??")) {
            for (var owner : named(shard, "*")) {
                walk(new MemberId(UUID.fromString(owner.getFileName().toString())), owner, before, some);
            }
        }
    }

    private static void walk(MemberId owner, Path folder, Instant before, BiConsumer<MemberId, List<UUID>> some) throws IOException {
        var batch = new ArrayList<UUID>();
        try (var pictures = Files.newDirectoryStream(folder, EditedRenditions::isId)) {
            for (var picture : pictures) {
                if (picture.toFile().lastModified() < before.toEpochMilli()) {
                    batch.add(UUID.fromString(picture.getFileName().toString()));
                }
                if (batch.size() == BATCH) {
                    some.accept(owner, List.copyOf(batch));
                    batch.clear();
                }
            }
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        if (!batch.isEmpty()) {
            some.accept(owner, batch);
        }
    }

    /// There are as many as members, or fewer.
    private static List<Path> named(Path folder, String glob) throws IOException {
        try (var paths = Files.newDirectoryStream(folder, glob)) {
            var found = new ArrayList<Path>();
            for (var path : paths) {
                if (glob.length() == 2 || isId(path)) {
                    found.add(path);
                }
            }
            return found;
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static boolean isId(Path path) {
        return ID.matcher(path.getFileName().toString()).matches();
    }

    private static DirectoryStream<Path> numbered(Path folder) throws IOException {
        return Files.newDirectoryStream(folder, path -> path.getFileName().toString().matches("[0-9]{1,9}"));
    }

    private Path folderOf(MemberId owner) {
        var name = owner.value().toString();
        return folder.resolve(name.substring(name.length() - 2)).resolve(name); // ids begin with the time, and end with what is random
    }

    private Path folderOf(MemberId owner, UUID picture) {
        return folderOf(owner).resolve(picture.toString());
    }
}
