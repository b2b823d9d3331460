package picup.member;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invitation as administrators see it; the secret is nowhere but with the invited person.
///
/// @param note      for whom it is
/// @param createdBy user name
/// @param usedBy    user name; null while unused, and when that account has gone
public record Invitation(UUID id, String note, String createdBy, Instant createdAt, Instant expiresAt, @Nullable Instant usedAt,
        @Nullable String usedBy) {}
