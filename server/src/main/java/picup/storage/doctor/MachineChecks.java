package picup.storage.doctor;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Of the machine: folders, room, programs.
final class MachineChecks {
    /// As `picup.storage.reserve`: from here on uploads are refused.
    private static final long RESERVE_BYTES = 1L << 30;
    private static final double LITTLE = 0.05;
    private static final List<String> CLOSED = List.of("originals", "secrets");

    /// Which program is missed for what.
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of(
            "ffmpeg", "videos", "ffprobe", "videos", "exiftool", "the facts of most kinds of files", "dcraw_emu", "RAW files without a preview"));

    private final Path data;

    MachineChecks(Path data) {
        this.data = data;
    }

    List<Finding> all() throws IOException {
        var found = new ArrayList<Finding>();
        found.add(rights());
        found.add(room());
        found.add(programs());
        return found;
    }

    private Finding rights() throws IOException {
        var open = new ArrayList<String>();
        for (var name : CLOSED) {
            var folder = data.resolve(name);
            if (!Files.isDirectory(folder)) {
                return Finding.bad("data folder", "The folder " + folder + " is missing.", "Mount the disk that has it, or restore a backup. Do not start Picup before.");
            }
            if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
                return Finding.bad("data folder", "This user may not read and write " + folder + ".", "Run the doctor as the user who runs Picup, or give that user the folder (chown -R).");
            }
            var rights = Files.getPosixFilePermissions(folder);
            if (rights.stream().anyMatch(right -> right != PosixFilePermission.OWNER_READ && right != PosixFilePermission.OWNER_WRITE && right != PosixFilePermission.OWNER_EXECUTE)) {
                open.add(folder + " (" + PosixFilePermissions.toString(rights) + ")");
            }
        }
        return open.isEmpty() ? Finding.good("data folder", data + " can be written, and others cannot look into it.")
                : Finding.bad("data folder", "Other users of this machine may look into " + String.join(", ", open) + ".", "chmod 700 them.");
    }

    private Finding room() throws IOException {
        var disk = Files.getFileStore(data);
        long free = disk.getUsableSpace();
        long all = disk.getTotalSpace();
        var says = "%,d MB of %,d MB are free.".formatted(free / 1_000_000, all / 1_000_000);
        if (free < RESERVE_BYTES) {
            return Finding.bad("room", says + " Uploads are refused.", "Make room on the disk of " + data + ", or move it to a larger one.");
        }
        return free < all * LITTLE ? Finding.look("room", says, "Plan for a larger disk.") : Finding.good("room", says);
    }

    private static Finding programs() {
        var missing = new ArrayList<String>();
        PROGRAMS.forEach((program, purpose) -> {
            if (!onPath(program)) {
                missing.add(program + " (for " + purpose + ")");
            }
        });
        if (!libvips()) {
            missing.add("libvips (for all pictures)");
        }
        return missing.isEmpty() ? Finding.good("programs", "ffmpeg, ExifTool, libraw and libvips are there.")
                : Finding.bad("programs", "Missing: " + String.join(", ", missing) + ". Originals are kept; what cannot be looked into is shown without a thumbnail.",
                        "./picup installs them at its next start, or install them with the package manager.");
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean libvips() {
        try (var arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup("libvips.so.42", arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
