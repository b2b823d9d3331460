package picup.member.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ActByKey;
import picup.member.ApiKey;
import picup.member.ListApiKeys;
import picup.member.MakeApiKey;
import picup.member.RevokeApiKey;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.Scope;
import picup.platform.security.SignedIn;

@RestController
@RequestMapping("/api/auth")
class ApiKeyController {
    private final MakeApiKey makeApiKey;
    private final ListApiKeys listApiKeys;
    private final RevokeApiKey revokeApiKey;
    private final ActByKey actByKey;

    ApiKeyController(MakeApiKey makeApiKey, ListApiKeys listApiKeys, RevokeApiKey revokeApiKey, ActByKey actByKey) {
        this.makeApiKey = makeApiKey;
        this.listApiKeys = listApiKeys;
        this.revokeApiKey = revokeApiKey;
        this.actByKey = actByKey;
    }

    /// @param scopes such as `pictures:read`
    /// @param days   how long it is good, without end when absent
    record NewApiKey(@Nullable String name, @Nullable List<String> scopes, @Nullable Integer days) {}

    /// @param hint       how the key begins
    /// @param lastUsedAt to the hour
    record ApiKeyJson(UUID id, String name, String hint, List<String> scopes, Instant createdAt, @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static ApiKeyJson of(ApiKey key) {
            return new ApiKeyJson(key.id(), key.name(), key.hint(), key.scopes().stream().map(Scope::text).sorted().toList(), key.createdAt(),
                    key.expiresAt(), key.lastUsedAt());
        }
    }

    /// @param secret told this once
    record ApiKeyMade(ApiKeyJson key, String secret) {
        @Override
        public String toString() {
            return "ApiKeyMade[" + key.id() + "]";
        }
    }

    record ApiKeyList(List<ApiKeyJson> keys) {}

    record KeyShown(@Nullable String apiKey) {
        @Override
        public String toString() {
            return "KeyShown[hidden]";
        }
    }

    record ScopedToken(String accessToken, Instant expiresAt) {
        @Override
        public String toString() {
            return "ScopedToken[until " + expiresAt + "]";
        }
    }

    @PostMapping("/api-keys")
    ResponseEntity<ApiKeyMade> make(SignedIn signedIn, @RequestBody NewApiKey wanted) {
        var made = makeApiKey.make(signedIn, Required.text("name", wanted.name()), scopes(wanted.scopes()), wanted.days());
        return ResponseEntity.created(URI.create("/api/auth/api-keys/" + made.key().id())).body(new ApiKeyMade(ApiKeyJson.of(made.key()), made.secret()));
    }

    @GetMapping("/api-keys")
    ApiKeyList keys(MemberId member) {
        return new ApiKeyList(listApiKeys.of(member).stream().map(ApiKeyJson::of).toList());
    }

    @DeleteMapping("/api-keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(MemberId member, @PathVariable UUID id) {
        revokeApiKey.revoke(member, id);
    }

    /// For programs that also speak to roles which do not know keys. The token does no more than the key, and ends with it.
    @PostMapping("/access-tokens")
    ResponseEntity<ScopedToken> exchange(@RequestBody KeyShown shown) {
        var token = actByKey.exchange(Required.text("apiKey", shown.apiKey()))
                .orElseThrow(() -> Problem.BAD_CREDENTIALS.because("There is no such API key, or not any more. Make another in the settings."));
        return ResponseEntity.status(HttpStatus.CREATED).body(new ScopedToken(token.text(), token.expiresAt()));
    }

    private static Set<Scope> scopes(@Nullable List<String> names) {
        if (names == null) {
            throw Problem.BAD_VALUE.because("\"scopes\" is missing.");
        }
        return names.stream()
                .map(name -> Scope.of(name).orElseThrow(() -> Problem.BAD_VALUE.because("There is no scope \"" + name + "\". There are "
                        + Scope.claim(Set.of(Scope.values())).replace(" ", ", ") + ".")))
                .collect(Collectors.toSet());
    }
}
