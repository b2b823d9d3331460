package picup.member.administration;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A member as administrators see it.
///
/// @param lastSeenAt   when one of the sessions was last refreshed; null when there is none any more
/// @param suspendedAt  null while the account is open
/// @param secondFactor whether the password alone is not enough
public record ManagedMember(UUID id, String username, String displayName, boolean administrator, Instant createdAt,
        @Nullable Instant lastSeenAt, @Nullable Instant suspendedAt, boolean secondFactor) {}
