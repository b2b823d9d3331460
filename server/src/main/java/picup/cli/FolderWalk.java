package picup.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What lies in a tree of folders. Links are not followed: they may leave the tree or run in circles, and what they
/// name is found where it lies.
///
/// @param files   to be uploaded, in the order of their paths
/// @param skipped what no person means by their photos: hidden and system files, links
/// @param closed  files and folders that may not be read, with the reason
record FolderWalk(List<Found> files, List<Path> skipped, List<Closed> closed) {
    /// @param modifiedMillis since 1970
    record Found(Path path, long sizeBytes, long modifiedMillis) {}

    record Closed(Path path, String reason) {}

    /// Names by which systems and other photo programs keep books: Windows, macOS, Synology, QNAP, Picasa.
    private static final Set<String> SYSTEM_NAMES = Set.of("thumbs.db", "desktop.ini", "ehthumbs.db", "@eadir", "#recycle", "#snapshot",
            "@recycle", "$recycle.bin", "system volume information", "lost+found", "__macosx", "picasa.ini");

    static FolderWalk of(Path folder) throws IOException {
        var files = new ArrayList<Found>();
        var skipped = new ArrayList<Path>();
        var closed = new ArrayList<Closed>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(folder) && isNoPhoto(directory)) {
                    skipped.add(directory);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isRegularFile() || isNoPhoto(file)) {
                    skipped.add(file);
                } else {
                    files.add(new Found(file, attributes.size(), attributes.lastModifiedTime().toMillis()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
                closed.add(new Closed(path, e.getClass().getSimpleName()));
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparing(Found::path));
        return new FolderWalk(List.copyOf(files), List.copyOf(skipped), List.copyOf(closed));
    }

    private static boolean isNoPhoto(Path path) {
        var name = path.getFileName().toString();
        return name.startsWith(".") || SYSTEM_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    long sizeBytes() {
        return files.stream().mapToLong(Found::sizeBytes).sum();
    }
}
