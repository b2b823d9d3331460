package picup.storage.blob;

import picup.platform.Unavailable;

/// A blob store is away, hangs, or refuses for reasons of its own. Whether the bytes are there is unknown.
public final class StoreUnavailable extends Unavailable {
    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
