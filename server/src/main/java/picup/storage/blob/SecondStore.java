package picup.storage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The store where every original lies a second time, if there is one. It is opened when it is needed and not at the start, because
/// Picup must start and serve while it is away.
public final class SecondStore {
    /// Opens it, or says why not.
    @FunctionalInterface
    public interface Opening {
        BlobStore open() throws IOException;
    }

    private final @Nullable Opening opening;

    private SecondStore(@Nullable Opening opening) {
        this.opening = opening;
    }

    public static SecondStore none() {
        return new SecondStore(null);
    }

    public static SecondStore of(Opening opening) {
        return new SecondStore(opening);
    }

    /// On a disk that may not be mounted. Picup never makes the folder, and begins in an empty one only as long as there are no copies:
    /// otherwise an empty mount point on the first disk would be filled with what belongs on the second.
    ///
    /// @param hasCopies whether anything was ever copied
    public static SecondStore inFolder(Path folder, BooleanSupplier hasCopies) {
        return inFolder(folder, hasCopies, files -> files);
    }

    /// @param seen how its files are to be seen: encrypted, if originals are
    public static SecondStore inFolder(Path folder, BooleanSupplier hasCopies, UnaryOperator<BlobStore> seen) {
        return of(() -> {
            if (!Files.isDirectory(folder)) {
                throw away(folder, "is not there");
            }
            if (!Files.exists(folder.resolve("incoming")) && hasCopies.getAsBoolean()) {
                throw away(folder, "does not hold the copies that were made");
            }
            return seen.apply(new DiskBlobs(folder));
        });
    }

    private static StoreUnavailable away(Path folder, String what) {
        return new StoreUnavailable("The folder of the copies %s. Mount its disk; to begin anew on another one, make the folders %s".formatted(what, folder.resolve("incoming")),
                new NoSuchFileException(folder.toString()));
    }

    public boolean configured() {
        return opening != null;
    }

    /// @return null when none is configured
    /// @throws StoreUnavailable when it is away
    public @Nullable BlobStore open() throws IOException {
        return opening == null ? null : opening.open();
    }
}
