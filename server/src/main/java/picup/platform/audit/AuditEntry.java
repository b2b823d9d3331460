package picup.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A line of the audit log.
///
/// @param action    see [AuditAction]
/// @param actor     who did it; null for nobody who is signed in, such as the owner of the machine
/// @param subject   whom it concerns; null for nobody in particular
/// @param detail    such as a new quota; never a secret
/// @param network   of the address that asked: the first 24 bits of IPv4, 48 of IPv6
/// @param userAgent what the device called itself, shortened
public record AuditEntry(UUID id, Instant at, String action, @Nullable UUID actor, @Nullable UUID subject,
        @Nullable String detail, @Nullable String network, @Nullable String userAgent) {}
