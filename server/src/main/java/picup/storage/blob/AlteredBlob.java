package picup.storage.blob;

import java.io.IOException;

/// The bytes that a store gave are not those that it was given.
public final class AlteredBlob extends IOException {
    public AlteredBlob(String message) {
        super(message);
    }

    public AlteredBlob(String message, Throwable cause) {
        super(message, cause);
    }
}
