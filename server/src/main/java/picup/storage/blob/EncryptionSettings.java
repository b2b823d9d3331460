package picup.storage.blob;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Encryption of originals where they are stored.
///
/// @param keys `name:key` each, the key 32 bytes in Base64 (`openssl rand -base64 32`); the first is for new originals, the others still open
///             older ones. Without any, new originals are not encrypted. Whoever loses a key loses what was encrypted with it
public record EncryptionSettings(@DefaultValue List<String> keys) {
    public EncryptionSettings {
        keys = List.copyOf(keys);
        new EncryptionKeys(keys); // refuses at the start what it could not use
    }

    EncryptionKeys parsed() {
        return new EncryptionKeys(keys);
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "EncryptionSettings[" + keys.size() + " keys]";
    }
}
