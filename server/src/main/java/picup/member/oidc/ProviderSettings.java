package picup.member.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// An OpenID provider: `picup.oidc.<id>.…`.
///
/// @param issuer           as the provider writes itself, to the letter; https, or http on this machine
/// @param clientId         what the provider calls this Picup
/// @param clientSecret     what proves that to the provider; none for a public client, which PKCE alone protects
/// @param clientSecretFile the same in a file, read each time, so that a new secret needs no restart
/// @param name             on the button; the id when absent
/// @param signUp           whether people whom nobody here knows may get an account, so far as the sign-up mode of the instance lets them
/// @param scopes           what is asked for; `profile` has the name that a newcomer gets
record ProviderSettings(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable Path clientSecretFile,
        @Nullable String name,
        @DefaultValue("false") boolean signUp,
        @DefaultValue({"openid", "profile"}) List<String> scopes) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    ProviderSettings {
        require(issuer != null && issuer.getHost() != null && issuer.getRawQuery() == null && issuer.getRawFragment() == null
                        && ("https".equals(issuer.getScheme()) || "http".equals(issuer.getScheme()) && THIS_MACHINE.contains(issuer.getHost())),
                "issuer must be an https address, but is " + issuer);
        require(clientId != null && !clientId.isBlank(), "client-id is missing");
        require(clientSecret == null || clientSecretFile == null, "client-secret and client-secret-file are both there; leave one");
        require(scopes.contains("openid"), "scopes must have openid, but are " + scopes);
        scopes = List.copyOf(scopes);
    }

    Optional<String> secret() {
        try {
            return clientSecretFile == null ? Optional.ofNullable(clientSecret) : Optional.of(Files.readString(clientSecretFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The file of the client's secret cannot be read: " + clientSecretFile, e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("picup.oidc.<id>." + otherwise);
        }
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + issuer + "]";
    }
}
