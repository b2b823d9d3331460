package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picup.platform.CannotStart;
import picup.platform.DataFolder;
import picup.platform.DurableFiles;

/// The mark in a data folder that something is being made in it: no Picup starts there, and the same command may go on.
final class Unfinished {
    private static final String MADE_WITH_THE_DISK = "lost+found";

    private final Path data;
    private final Path mark;

    private Unfinished(Path data) {
        this.data = data;
        this.mark = data.resolve(DataFolder.UNFINISHED);
    }

    /// @param what    the command, as a person would repeat it
    /// @param allowed what may lie in the folder before
    /// @param remedy  what to do when there is something else
    /// @throws CannotStart when the folder has something else in it, or another command is not done
    static Unfinished begin(Path data, String what, List<String> allowed, String remedy) throws IOException {
        DurableFiles.createDirectories(data);
        var unfinished = new Unfinished(data);
        if (Files.exists(unfinished.mark)) {
            var before = Files.readString(unfinished.mark).strip();
            if (!before.equals(what)) {
                throw new CannotStart("In " + data + " something else was begun and not ended: " + before + ".", "Repeat that, or choose another folder.");
            }
            return unfinished;
        }
        unfinished.requireEmpty(allowed, remedy);
        Files.writeString(unfinished.mark, what);
        DurableFiles.sync(unfinished.mark);
        DurableFiles.sync(data);
        return unfinished;
    }

    private void requireEmpty(List<String> allowed, String remedy) throws IOException {
        try (var files = Files.list(data)) {
            var inTheWay = files.map(file -> file.getFileName().toString()).filter(name -> !allowed.contains(name) && !name.equals(MADE_WITH_THE_DISK)).sorted().findFirst();
            if (inTheWay.isPresent()) {
                throw new CannotStart("%s is not empty: there is '%s'.".formatted(data, inTheWay.get()), "Nothing was changed. " + remedy);
            }
        } catch (NoSuchFileException e) {
            throw new CannotStart("The folder " + data + " cannot be made.", "Name another with --data.");
        }
    }

    void end() throws IOException {
        Files.delete(mark);
        DurableFiles.sync(data);
    }
}
