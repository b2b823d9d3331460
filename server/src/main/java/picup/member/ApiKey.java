package picup.member;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.security.Scope;

/// An API key as its member sees it; the secret is nowhere but with the program.
///
/// @param hint       how the key begins
/// @param expiresAt  null when it does not
/// @param lastUsedAt to the hour; null when never
public record ApiKey(UUID id, String name, String hint, Set<Scope> scopes, Instant createdAt, @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
