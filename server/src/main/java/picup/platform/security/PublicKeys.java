package picup.platform.security;

import java.security.interfaces.ECPublicKey;
import java.util.Map;

/// Where the keys come from that access tokens are verified with. Asked while somebody waits, so it never waits itself.
public interface PublicKeys {
    /// By key id, as they are known at the moment.
    Map<String, ECPublicKey> publicKeys();

    /// A token bears a key that is not known: a new one, or junk.
    default void unknown(String keyId) {}
}
