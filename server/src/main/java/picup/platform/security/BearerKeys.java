package picup.platform.security;

import java.util.Optional;

/// Verifies API keys where their table is: in the member role. Any other role has no such bean, and programs bring it
/// the access token that a key was exchanged for.
public interface BearerKeys {
    /// By which a key is told from an access token, and found by programs that look for secrets in the wrong place.
    String PREFIX = "picup_";

    /// Empty when there is no such key, or not any more.
    Optional<SignedIn> verify(String key);
}
