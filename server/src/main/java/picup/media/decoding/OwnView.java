package picup.media.decoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a decoder sees of the machine where namespaces allow it (bubblewrap): programs and libraries, the one file at hand, a
/// place for results. The data folder, other decoders' files, the home folders, sockets and the server's own process aren't
/// closed to it, they don't exist.
///
/// | path                  | what                                                | may be written |
/// |-----------------------|-----------------------------------------------------|----------------|
/// | `/usr`, parts of `/etc` | programs, libraries, what they need to be found   | no             |
/// | `/program`            | [DecoderProgram]                                    | no             |
/// | `/work`               | [WorkFolder], with the original in `in`             | no             |
/// | `/work/out`, `/work/tmp` | results, and what libraries put aside            | yes            |
/// | `/proc`, `/dev`       | its own processes; null, zero, random, graphics     | as usual       |
///
/// The original is a hard link, so a write to it would be one to the original itself: that it can't be is worth more than the
/// rights of the file, which its owner could change.
final class OwnView {

    static final Path PROGRAM = Path.of("/program");

    private static final Path WORK = Path.of("/work");

    /// On merged systems they are links into `/usr`.
    private static final List<String> SYSTEM_FOLDERS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /// The linker's cache, Debian's links to the chosen variant of a library, fonts of libraries that draw, Perl's modules.
    private static final List<String> SETTINGS = List.of("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/perl");

    /// Chips that encode video. Who may open them is decided by their rights, as everywhere.
    private static final String GRAPHICS = "/dev/dri";

    private OwnView() {}

    /// @param ordinaryUser not root: bubblewrap makes a namespace of users then, and no decoder shall make another
    static List<String> command(Path work, Path program, boolean ordinaryUser) {
        List<String> command = new ArrayList<>(List.of("bwrap", "--die-with-parent",
                "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"));
        if (ordinaryUser) {
            command.addAll(List.of("--unshare-user", "--disable-userns"));
        }
        command.addAll(List.of("--ro-bind", "/usr", "/usr"));
        SYSTEM_FOLDERS.forEach(folder -> addSystemFolder(command, Path.of(folder)));
        addFolder(command, Path.of("/etc"));
        SETTINGS.forEach(setting -> command.addAll(List.of("--ro-bind-try", setting, setting)));
        javaSettings().forEach(setting -> command.addAll(List.of("--ro-bind", setting.toString(), setting.toString())));
        Path java = Path.of(System.getProperty("java.home"));
        if (!java.startsWith("/usr")) {
            addFolder(command, java.getParent());
            command.addAll(List.of("--ro-bind", java.toString(), java.toString()));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--dev-bind-try", GRAPHICS, GRAPHICS,
                "--ro-bind", program.toString(), PROGRAM.toString(),
                "--ro-bind", work.toString(), WORK.toString(),
                "--bind", work.resolve("out").toString(), WORK.resolve("out").toString(),
                "--bind", work.resolve("tmp").toString(), WORK.resolve("tmp").toString(),
                "--remount-ro", "/", "--chdir", WORK.toString(), "--"));
        return command;
    }

    /// Those that bubblewrap makes by itself on the way to another are closed to all users but the one that makes them.
    private static void addFolder(List<String> command, Path folder) {
        if (folder.getParent() != null) {
            addFolder(command, folder.getParent());
            command.addAll(List.of("--perms", "0755", "--dir", folder.toString()));
        }
    }

    private static void addSystemFolder(List<String> command, Path folder) {
        try {
            if (Files.isSymbolicLink(folder)) {
                command.addAll(List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString()));
            } else {
                command.addAll(List.of("--ro-bind-try", folder.toString(), folder.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Debian's Java has its settings there, linked to from where it is installed.
    private static List<Path> javaSettings() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), "java-*")) {
            List<Path> settings = new ArrayList<>();
            found.forEach(settings::add);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
