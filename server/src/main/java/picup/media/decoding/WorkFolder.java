package picup.media.decoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

/// What one decoder sees of the originals: a folder of its own, with the one file at hand in `in`, a place for results in
/// `out`, and one for what libraries put aside in `tmp`. It starts there and uses only relative paths, so the folders above may be
/// closed to it. The three are made once and then emptied, as [OwnView] binds to them.
final class WorkFolder implements AutoCloseable {

    /// As the decoder finds it.
    static final String TEMPORARY = "tmp";

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("r--r--r--");

    private final Path folder;
    private final Sandbox sandbox;
    private @Nullable Path staged;

    private WorkFolder(Path folder, Sandbox sandbox) {
        this.folder = folder;
        this.sandbox = sandbox;
    }

    static WorkFolder create(Path parent, Sandbox sandbox) throws IOException {
        Path folder = Files.createTempDirectory(parent, "decoder-");
        WorkFolder work = new WorkFolder(folder, sandbox);
        // The decoder may pass through but not list or change what the parent puts there; only `out` and `tmp` are its own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(work.in());
        Files.setPosixFilePermissions(work.in(), PosixFilePermissions.fromString("rwx--x--x"));
        for (Path own : List.of(work.out(), work.temporary())) {
            Files.createDirectory(own);
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
            sandbox.giveTo(own);
        }
        return work;
    }

    /// Removes what a parent that was killed has left; its decoders died with it.
    static void sweep(Path parent) throws IOException {
        Files.createDirectories(parent);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, "{decoder,trying}-*")) {
            left.forEach(WorkFolder::deleteAll);
        }
    }

    Path path() {
        return folder;
    }

    /// Puts the file where the decoder can read it: linked, which costs nothing; copied when the originals are on another
    /// file system or closed to the decoder's user (a link shares the rights of the original, and those are never changed).
    /// A decoder that runs as our own user and sees what we see can read the original anyway: a symbolic link does.
    DecodeRequest stage(DecodeRequest request) throws IOException {
        clear();
        Path input = request.input().toRealPath();
        // Of a RAW no ending: there are dozens, and `.raw` itself makes ExifTool read a CRW as something else.
        Path link = in().resolve(request.kind() == FileKind.RAW ? "original" : "original." + request.kind().extension());
        staged = link;
        boolean dropped = sandbox.droppedToId().isPresent();
        boolean linksWork = !dropped && !sandbox.ownView();
        boolean readable = !dropped || Files.getPosixFilePermissions(input).contains(PosixFilePermission.OTHERS_READ);
        if (!readable || !hardLinked(link, input)) {
            if (linksWork) {
                Files.createSymbolicLink(link, input);
            } else {
                Files.copy(input, link, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(link, READABLE);
            }
        }
        return new DecodeRequest(request.task(), folder.relativize(link), Path.of("out"), request.kind(), request.limits(), request.recipe());
    }

    /// Moves results to where the caller wants them, and only then looks at what they are: there the decoder can't swap
    /// them any more.
    void collect(List<RenditionFile> files, Path outputFolder, long maxBytes) throws IOException, DecoderLost {
        for (RenditionFile file : files) {
            Path from = out().resolve(file.name().fileName());
            Path to = outputFolder.resolve(file.name().fileName());
            if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
                throw new DecoderLost(DecoderLost.Cause.LIED, file.name() + " isn't there, or isn't a file");
            }
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            PosixFileAttributes moved = Files.readAttributes(to, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!moved.isRegularFile() || moved.size() != file.sizeBytes() || moved.size() > maxBytes) {
                Files.delete(to);
                throw new DecoderLost(DecoderLost.Cause.LIED,
                        file.name() + " has " + moved.size() + " bytes, not " + file.sizeBytes() + " and at most " + maxBytes);
            }
            takeBack(to);
        }
    }

    /// After each file: nothing of it is left for the next one to find.
    void clear() throws IOException {
        if (staged != null) {
            Files.deleteIfExists(staged);
            staged = null;
        }
        deleteBelow(out());
        deleteBelow(temporary());
    }

    @Override
    public void close() {
        deleteAll(folder);
    }

    private static void deleteBelow(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            left.forEach(WorkFolder::deleteAll);
        }
    }

    /// Without following links: what is below was a stranger's to fill.
    static void deleteAll(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException alreadyGone) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path in() {
        return folder.resolve("in");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path temporary() {
        return folder.resolve(TEMPORARY);
    }

    private static boolean hardLinked(Path link, Path input) {
        try {
            Files.createLink(link, input);
            return true;
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            return false;
        }
    }

    private void takeBack(Path file) throws IOException {
        if (sandbox.droppedToId().isPresent()) {
            Files.setAttribute(file, "unix:uid", Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS));
            Files.setAttribute(file, "unix:gid", Files.getAttribute(Path.of("/proc/self"), "unix:gid", LinkOption.NOFOLLOW_LINKS));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }
}
