package picup.member.oidc;

import org.jspecify.annotations.Nullable;

/// Who somebody is, to a provider.
///
/// @param subject           never given to anybody else by this issuer; the only thing that counts
/// @param preferredUsername may belong to somebody else tomorrow
/// @param name              to be shown
record Identity(String issuer, String subject, @Nullable String preferredUsername, @Nullable String name) {
    /// What its owner will know it by.
    String shown() {
        return preferredUsername != null ? preferredUsername : name != null ? name : subject;
    }
}
