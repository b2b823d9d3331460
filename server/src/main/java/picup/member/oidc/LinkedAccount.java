package picup.member.oidc;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account elsewhere as its member sees it.
///
/// @param provider   name of the provider, or its address when it is configured no more and therefore opens nothing
/// @param name       what the member is called there
/// @param lastUsedAt null until it is first used
public record LinkedAccount(UUID id, String provider, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}
