package picup.member.passkey;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A passkey as its member sees it.
///
/// @param device     what added it, to be read by people; null when it did not say
/// @param lastUsedAt null until it is first used
public record Passkey(UUID id, String name, @Nullable String device, Instant createdAt, @Nullable Instant lastUsedAt) {}
