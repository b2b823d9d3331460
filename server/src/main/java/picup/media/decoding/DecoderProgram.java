package picup.media.decoding;

import com.adobe.internal.xmp.XMPMeta;
import com.drew.metadata.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import picup.decoder.DecoderMain;

/// The program that decoders run, in a folder of its own: the classes of `picup.decoder` and two libraries, copied from
/// wherever the running product has them.
///
/// A copy, because the user that decoders run under need not be able to read where Picup is installed, because nothing
/// else of the product is any business of a decoder, and because an upgrade may replace the installed files while this
/// process goes on.
final class DecoderProgram implements AutoCloseable {

    /// Measured with 25.0.3 on two busy cores: ready after 0.3 s with 82 MB resident.
    /// A class data archive of the decoder's own saves 0.06 s and no memory: not worth making one at each start. C1 only:
    /// C2 would compile for longer than most files take.
    private static final List<String> FLAGS = List.of(
            "-Xms8m", "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-Xshare:auto",
            "-XX:ReservedCodeCacheSize=16m", "-XX:MaxMetaspaceSize=48m", "-XX:CICompilerCount=1", "-XX:-UsePerfData", "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=" + WorkFolder.TEMPORARY);

    private final Path folder;

    private DecoderProgram(Path folder) {
        this.folder = folder;
    }

    static DecoderProgram copy() throws IOException {
        Path folder = Files.createTempDirectory("picup-decoder-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        copyDecoderClasses(origin(DecoderMain.class), folder.resolve("decoder.jar"));
        copyLibrary(origin(Metadata.class), folder.resolve("metadata-extractor.jar"));
        copyLibrary(origin(XMPMeta.class), folder.resolve("xmpcore.jar"));
        return new DecoderProgram(folder);
    }

    Path folder() {
        return folder;
    }

    /// @param seen where the decoder finds the folder
    List<String> command(Path seen) {
        String classPath = seen.resolve("decoder.jar") + ":" + seen.resolve("metadata-extractor.jar") + ":" + seen.resolve("xmpcore.jar");
        return Stream.of(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), FLAGS,
                List.of("-cp", classPath, DecoderMain.class.getName())).flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        WorkFolder.deleteAll(folder);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " comes from a place that isn't a path", e);
        }
    }

    /// From a folder of classes while Picup is built, from `picup.jar` when it is installed.
    private static void copyDecoderClasses(Path origin, Path jar) throws IOException {
        if (Files.isDirectory(origin)) {
            writeJar(origin, jar);
            return;
        }
        try (FileSystem inside = FileSystems.newFileSystem(origin, Map.of())) {
            writeJar(inside.getPath("/"), jar);
        }
    }

    private static void writeJar(Path root, Path jar) throws IOException {
        Path classes = root.resolve("picup").resolve("decoder");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
            // Stored, not compressed: read thousands of times, written once.
            out.setLevel(0);
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                try {
                    out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                    Files.copy(file, out);
                    out.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void copyLibrary(Path origin, Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(origin)) {
            Files.copy(in, jar);
        }
    }
}
