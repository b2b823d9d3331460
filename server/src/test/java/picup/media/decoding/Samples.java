package picup.media.decoding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import picup.decoder.FileKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real files beside the project. Tests that need them say so and skip where they aren't.
final class Samples {

    private Samples() {}

    static Path folder(String name) {
        for (String project : new String[] {"..", "."}) {
            Path folder = Path.of(project, "..", "shared", "samples", name);
            if (Files.isDirectory(folder)) {
                return folder.toAbsolutePath().normalize();
            }
        }
        Assumptions.abort("skipped: ../shared/samples/" + name + " isn't beside the project");
        throw new AssertionError();
    }

    static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    static Optional<FileKind> kind(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return FileKind.of(in.readNBytes(FileKind.HEAD_BYTES));
        }
    }
}
