package picup.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As whom PostgreSQL runs. It refuses to run as root, so root hands it to an unprivileged account; anybody else runs
/// it as themselves.
///
/// When a folder above the data is closed to that account (such as `/root`), PostgreSQL could not reach its own data.
/// It then runs in a user namespace in which root goes by the account's name: it sees itself as unprivileged, and has
/// root's files but none of root's powers. (Keeping the capability to search folders instead was tried: `access(2)`,
/// with which PostgreSQL checks its programs, ignores it.)
///
/// @param name      of the account; null when we are not root and PostgreSQL simply runs as we do
/// @param namespace whether the account is only a name for root in a user namespace
record ServerAccount(@Nullable String name, boolean namespace) {
    private static final List<String> CANDIDATES = List.of("picup", "postgres", "nobody");

    static ServerAccount forFolder(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ServerAccount(null, false);
        }
        var accounts = Files.readAllLines(Path.of("/etc/passwd"));
        var name = CANDIDATES.stream()
                .filter(candidate -> accounts.stream().anyMatch(line -> line.startsWith(candidate + ":")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "PostgreSQL cannot run as root, and none of the accounts " + CANDIDATES + " exists. Add one: useradd --system picup"));
        return new ServerAccount(name, closedAbove(folder));
    }

    private static boolean closedAbove(Path folder) throws IOException {
        for (Path parent = folder; parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return true;
            }
        }
        return false;
    }

    /// Gives a file, or a folder with everything in it, to the account, and to nobody else. Does nothing when it has it.
    void own(Path path) throws IOException {
        var owner = path.getFileSystem().getUserPrincipalLookupService()
                .lookupPrincipalByName(name == null || namespace ? System.getProperty("user.name") : name);
        if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
            try (var paths = Files.walk(path)) {
                for (var each : paths.toList()) {
                    Files.setAttribute(each, "owner:owner", owner, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }

    /// In a session of its own, because Ctrl-C in a terminal goes to the whole process group, and PostgreSQL must outlive
    /// the requests that are still being answered.
    List<String> command(List<String> words) {
        var command = new ArrayList<>(List.of("setsid"));
        if (name != null && namespace) {
            command.addAll(List.of("unshare", "--user", "--map-user=" + name, "--map-group=" + group()));
        } else if (name != null) {
            command.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group(), "--clear-groups"));
        }
        command.addAll(words);
        return command;
    }

    private String group() {
        return "nobody".equals(name) ? "nogroup" : String.valueOf(name);
    }
}
