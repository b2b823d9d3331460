package picup.platform.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import picup.platform.CannotStart;
import picup.platform.DurableFiles;
import picup.platform.FileTree;

/// The data of an embedded PostgreSQL of an earlier major version, which this build's programs do not read. Its own programs lie beside it, as
/// the release before had unpacked them there.
///
/// The new data is made under another name and takes its place by one rename, so a crash before it leaves the old data as it was. The old data stays.
public final class OlderPostgres {
    private static final Pattern DATA = Pattern.compile("data-(\\d{1,3})");
    private static final Pattern VERSION = Pattern.compile("postgres \\(PostgreSQL\\) (\\d+)\\.");
    private static final String NEW = EmbeddedPostgres.dataOf(EmbeddedPostgres.MAJOR) + "-upgrading";

    private final Path folder;
    private final Path secrets;
    private final int major;

    private OlderPostgres(Path folder, Path secrets, int major) {
        this.folder = folder;
        this.secrets = secrets;
        this.major = major;
    }

    /// The latest older one, where there is none of this version.
    public static Optional<OlderPostgres> in(Path data) {
        var folder = data.resolve("postgres");
        if (Files.exists(folder.resolve(EmbeddedPostgres.dataOf(EmbeddedPostgres.MAJOR)))) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> DATA.matcher(file.getFileName().toString())).filter(name -> name.matches()).map(name -> Integer.parseInt(name.group(1)))
                    .filter(each -> each < EmbeddedPostgres.MAJOR).max(Comparator.naturalOrder())
                    .map(each -> new OlderPostgres(folder, data.resolve("secrets"), each));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CannotStart("The folder " + folder + " cannot be read: " + e, "Give the user who runs Picup the right to.");
        }
    }

    public int major() {
        return major;
    }

    public int newMajor() {
        return EmbeddedPostgres.MAJOR;
    }

    public Path oldData() {
        return folder.resolve(EmbeddedPostgres.dataOf(major));
    }

    /// For what goes from the one to the other.
    public Path between() {
        return folder.resolve("upgrade");
    }

    /// @throws CannotStart when its programs are gone
    public PostgresServer startOld() throws IOException {
        return PostgresServer.of(EmbeddedPostgres.over(folder, secrets, EmbeddedPostgres.dataOf(major), programs()).started());
    }

    /// An empty one of this build's version, made anew.
    public PostgresServer startNew() throws IOException {
        FileTree.delete(folder.resolve(NEW));
        return PostgresServer.of(EmbeddedPostgres.over(folder, secrets, NEW, null).started());
    }

    /// To be called when the new one is stopped and has everything.
    public void replace() throws IOException {
        Files.move(folder.resolve(NEW), folder.resolve(EmbeddedPostgres.dataOf(EmbeddedPostgres.MAJOR)));
        DurableFiles.sync(folder);
        FileTree.delete(between());
    }

    private PostgresBinaries programs() throws IOException {
        try (var folders = Files.list(folder)) {
            for (var each : folders.filter(file -> file.getFileName().toString().startsWith("binaries-")).toList()) {
                var binaries = new PostgresBinaries(each, major);
                if (versionOf(binaries) == major) {
                    return binaries;
                }
            }
        }
        throw new CannotStart("The database in %s is of PostgreSQL %d, and its programs are not beside it any more.".formatted(oldData(), major),
                "Start it once with the release of Picup that made it, which puts them there, then with this one. Nothing was changed.");
    }

    private static int versionOf(PostgresBinaries binaries) throws IOException {
        if (!Files.isExecutable(Path.of(binaries.program("postgres")))) {
            return 0;
        }
        var process = new ProcessBuilder(binaries.program("postgres"), "--version").redirectErrorStream(true).start();
        var said = VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return said.find() ? Integer.parseInt(said.group(1)) : 0;
    }
}
