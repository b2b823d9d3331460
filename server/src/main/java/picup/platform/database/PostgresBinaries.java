package picup.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import picup.platform.DurableFiles;
import picup.platform.FileTree;

/// The server programs, unpacked once per version from the artifact on the class path.
///
/// @param major their version
record PostgresBinaries(Path folder, int major) {

    /// Where they are unpacked already, for who starts many servers: the tests.
    private static final @Nullable String ELSEWHERE = System.getProperty("picup.postgres-programs");

    static PostgresBinaries unpackedIn(Path own) throws IOException {
        var parent = ELSEWHERE == null ? own : Path.of(ELSEWHERE);
        var archive = archive();
        var loader = PostgresBinaries.class.getClassLoader();
        var source = loader.getResource(archive);
        if (source == null) {
            throw new IllegalStateException("This build has no PostgreSQL for " + System.getProperty("os.arch")
                    + ". Set picup.database.url to a PostgreSQL of your own.");
        }
        // The size names the version well enough: another release is another archive.
        var connection = source.openConnection();
        connection.setUseCaches(false);
        var folder = parent.resolve("binaries-" + connection.getContentLengthLong());
        if (Files.exists(folder)) {
            connection.getInputStream().close();
            return new PostgresBinaries(folder, EmbeddedPostgres.MAJOR);
        }
        var beside = parent.resolve("binaries.new");
        FileTree.delete(beside);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(connection.getInputStream())))) {
            unpack(tar, beside);
        }
        DurableFiles.syncTree(beside); // or a power cut soon after leaves empty programs under a good name
        Files.move(beside, folder);
        DurableFiles.sync(parent);
        return new PostgresBinaries(folder, EmbeddedPostgres.MAJOR);
    }

    static String archive() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64" -> "postgres-linux-arm_64.txz";
            case String other -> "postgres-linux-" + other + ".txz";
        };
    }

    static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("The archive reaches outside its folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(target.getParent());
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(tar, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
