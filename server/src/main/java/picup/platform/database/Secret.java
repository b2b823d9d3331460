package picup.platform.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import picup.platform.DurableFiles;

/// A generated secret in a file that only the server can read.
public final class Secret {
    private static final int BYTES = 24;

    private Secret() {}

    /// The secret in `file`; made at first use. Written beside and linked into place, so that two processes that start
    /// at once agree on one, and a crash leaves no half of one.
    public static String keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            DurableFiles.createDirectories(file.getParent());
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
            var random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var beside = Files.createTempFile(file.getParent(), "new", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            DurableFiles.sync(beside); // a power cut must not leave an empty file under the name of a secret that is in use
            try {
                Files.createLink(file, beside);
            } catch (FileAlreadyExistsException e) {
                // the other process was first; its secret counts
            } finally {
                Files.delete(beside);
            }
            DurableFiles.sync(file.getParent());
        }
        return Files.readString(file).strip();
    }
}
