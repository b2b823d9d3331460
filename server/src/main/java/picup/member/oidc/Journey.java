package picup.member.oidc;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What must be remembered while somebody is at the provider.
///
/// @param nonce        must be in the ID token
/// @param verifier     of PKCE: proves to the provider that we are who asked
/// @param to           where the person wanted to be
/// @param member       who asked to link the account; null for a sign-in
/// @param session      in which they asked
/// @param invitation   the secret of one, for a newcomer
record Journey(String provider, String nonce, String verifier, String redirectUri, String to, @Nullable UUID member, @Nullable UUID session,
        @Nullable String invitation) {
    @Override
    public String toString() {
        return "Journey[" + provider + "]";
    }
}
