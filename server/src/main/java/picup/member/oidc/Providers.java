package picup.member.oidc;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The OpenID providers of the configuration.
public class Providers {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    private final TreeMap<String, ProviderSettings> settings;
    /// Made when somebody first signs in by it.
    private final Map<String, OpenIdProvider> used = new ConcurrentHashMap<>();

    /// @param id   in addresses and settings
    /// @param name to be read by people
    public record Provider(String id, String name) {}

    Providers(Map<String, ProviderSettings> settings) {
        settings.keySet().forEach(id -> {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("picup.oidc." + id + ": the id of a provider has 1 to 32 of a to z, 0 to 9 and -");
            }
        });
        this.settings = new TreeMap<>(settings);
    }

    /// In order of their ids.
    public List<Provider> all() {
        return settings.entrySet().stream().map(each -> provider(each.getKey(), each.getValue())).toList();
    }

    /// The one who calls itself so; empty when it is configured no more.
    Optional<Provider> byIssuer(String issuer) {
        return all().stream().filter(each -> issuerOf(each.id()).toString().equals(issuer)).findFirst();
    }

    @Nullable ProviderSettings settings(String id) {
        return settings.get(id);
    }

    /// @param id of one that is configured
    OpenIdProvider provider(String id) {
        return used.computeIfAbsent(id, _ -> new OpenIdProvider(settings.get(id)));
    }

    private URI issuerOf(String id) {
        return settings.get(id).issuer();
    }

    private static Provider provider(String id, ProviderSettings settings) {
        return new Provider(id, settings.name() == null ? id : settings.name());
    }
}
