package picup.platform.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// A generated secret in a file that only the server can read.
final class Secret {
    private static final int BYTES = 24;

    private Secret() {}

    /// The secret in `file`; made at first use. Written beside and linked into place, so that two processes that start
    /// at once agree on one, and a crash leaves no half of one.
    static String keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
            var random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var beside = Files.createTempFile(file.getParent(), "new", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            try {
                Files.createLink(file, beside);
            } catch (FileAlreadyExistsException e) {
                // the other process was first; its secret counts
            } finally {
                Files.delete(beside);
            }
        }
        return Files.readString(file).strip();
    }
}
