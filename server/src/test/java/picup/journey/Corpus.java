package picup.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import picup.decoder.FileKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The shared folder of real files, beside the project where it is there.
final class Corpus {
    private static final Path SAMPLES = Path.of("../../shared/samples").toAbsolutePath().normalize();

    private Corpus() {}

    /// Skips the calling test, saying so, where the folder is missing.
    static Path folder(String name) {
        var folder = SAMPLES.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: ../shared/samples/" + name + " is not beside the project");
        return folder;
    }

    static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(file));
    }

    static Optional<FileKind> kind(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return FileKind.of(in.readNBytes(FileKind.HEAD_BYTES));
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
