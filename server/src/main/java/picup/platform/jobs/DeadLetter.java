package picup.platform.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Work that gave up, as administrators see it: without its payload, which is nobody else's business.
///
/// @param member whose work it is, where the payload says
/// @param reason of the last attempt
public record DeadLetter(UUID id, String kind, @Nullable UUID member, int attempts, String reason, Instant failedAt) {}
